"""Settings and arrays in one ``.npz`` file, never a pickle."""

import json
import os
from pathlib import Path
from typing import Any

import numpy as np

FORMAT = "first-neuron network 1"

StrPath = str | os.PathLike[str]


def save(path: StrPath, settings: dict[str, Any], arrays: dict[str, np.ndarray]) -> None:
    """Write settings and arrays to a file.

    Parameters
    ----------
    path : path
        Written as it stands; a file that is there is replaced in one go.
    settings : dict
        What JSON can hold; NumPy numbers too.
    arrays : dict
        Numbers or strings.

    Raises
    ------
    ValueError
        If something in it is an object that only pickle could write.
    OSError
        If the file cannot be written.
    """
    for name, array in arrays.items():
        if array.dtype == object:
            raise ValueError(f"save needs {name} that are numbers or strings, got other objects.")
    try:
        header = json.dumps({"format": FORMAT, "settings": settings}, default=_plain)
    except TypeError as error:
        raise ValueError(
            f"save needs settings that JSON can hold ({error}). Give random_state as an int."
        ) from error
    temporary = Path(f"{os.fspath(path)}.part")
    try:
        with temporary.open("wb") as file:
            np.savez(file, allow_pickle=False, header=np.array(header), **arrays)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def load(path: StrPath) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Return the settings and arrays that `save` wrote to `path`.

    Parameters
    ----------
    path : path

    Returns
    -------
    settings : dict
    arrays : dict of ndarray

    Raises
    ------
    OSError
        If the file cannot be read.
    ValueError
        If the file is not one that `save` wrote.
    """
    try:
        # Given a path, np.load would leave a damaged file open.
        with Path(path).open("rb") as file, np.load(file, allow_pickle=False) as content:
            arrays = {name: content[name] for name in content.files}
        header = json.loads(str(arrays.pop("header")))
        if header["format"] != FORMAT:
            raise ValueError(f"its format is {header['format']!r}")
        return dict(header["settings"]), arrays
    except (FileNotFoundError, IsADirectoryError, PermissionError):
        raise
    except Exception as error:
        raise unusable(path, error) from error


def unusable(path: StrPath, error: Exception) -> ValueError:
    """Return the error to raise for a file that holds something else than it should.

    Parameters
    ----------
    path : path
    error : Exception
        What went wrong in reading it.

    Returns
    -------
    ValueError
    """
    return ValueError(
        f"{os.fspath(path)} is not a network saved by NetworkClassifier.save "
        f"({type(error).__name__}: {error}). Train it again and save it."
    )


def _plain(value: object) -> object:
    """Turn a NumPy number or array into what JSON can hold."""
    if isinstance(value, np.generic | np.ndarray):
        return value.tolist()
    raise TypeError(f"{type(value).__name__} is not a number, a string or a list")
