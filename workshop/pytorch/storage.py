"""Models in files: the numbers and the settings, never code.

`torch.save(model)` would write a pickle of the whole object, and whoever loads one runs what its
author put in. Here a file holds the `state_dict` (name to tensor) and the settings from which the
model is made again: in PyTorch's own format, read with ``weights_only=True``, or, by the suffix
``.safetensors``, in one that can hold nothing but numbers and words.
"""

import json
import os
from pathlib import Path
from typing import Any

import torch
from torch import nn

from workshop.pytorch.models import MODELS

StrPath = str | os.PathLike[str]


def save(model: nn.Module, path: StrPath) -> Path:
    """Write a model to a file; a file that is there is replaced in one go.

    Parameters
    ----------
    model : a model of workshop.pytorch.models
    path : path
        ``.safetensors`` decides for that format; any other suffix, such as ``.pt``, for PyTorch's.

    Returns
    -------
    Path
        Of the file.

    Raises
    ------
    ValueError
        If it is another model: its settings are not known.
    OSError or RuntimeError or SafetensorError
        If the file cannot be written.
    """
    name = type(model).__name__
    if name not in MODELS:
        raise ValueError(
            f"save knows the models {', '.join(MODELS)}, got {name}. For a model of your own, save "
            "model.state_dict() with torch.save, and make the model anew before you load it."
        )
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.part")
    try:
        if path.suffix == ".safetensors":
            from safetensors.torch import save_file

            header = {"model": name, "settings": json.dumps(model.settings)}
            state = {key: value.contiguous() for key, value in model.state_dict().items()}
            save_file(state, unfinished, metadata=header)
        else:
            torch.save(
                {"model": name, "settings": model.settings, "state": model.state_dict()}, unfinished
            )
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return path


def load(path: StrPath) -> nn.Module:
    """Return the model that `save` wrote, on the CPU and ready for use.

    Parameters
    ----------
    path : path

    Returns
    -------
    nn.Module
        One of `workshop.pytorch.models`.

    Raises
    ------
    OSError
        If the file cannot be read.
    ValueError
        If it is not a file that `save` wrote.
    """
    path = Path(path)
    with path.open("rb"):  # tells a missing file apart from a damaged one
        pass
    try:
        name, settings, state = _content(path)
        model = MODELS[name](**settings)
        model.load_state_dict(state)
    except Exception as error:  # whatever a strange file makes of it
        raise _unusable(path, error) from error
    return model.eval()


def _content(path: Path) -> tuple[str, dict[str, Any], dict[str, torch.Tensor]]:
    if path.suffix == ".safetensors":
        from safetensors import SafetensorError, safe_open

        try:
            with safe_open(path, framework="pt") as file:
                header = file.metadata() or {}
                state = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118
        except SafetensorError as error:
            raise ValueError(str(error)) from error
        return header["model"], json.loads(header["settings"]), state
    content = torch.load(path, map_location="cpu", weights_only=True)
    return content["model"], content["settings"], content["state"]


def _unusable(path: Path, error: Exception) -> ValueError:
    first_line = (str(error).splitlines() or [""])[0]
    return ValueError(
        f"{path} is not a model that workshop.pytorch.storage.save wrote "
        f"({type(error).__name__}: {first_line}). Train it again and save it."
    )
