"""The IDX format: how MNIST's images and labels lie in their files.

A file starts with two zero bytes, one byte for the type of a value and one for the number of
dimensions; then comes the size of each dimension as a 32-bit big-endian integer, then the values.

References
----------
Y. LeCun, C. Cortes, C. J. C. Burges: The MNIST database of handwritten digits, "File formats".
"""

import math
import zlib

import numpy as np

_TYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
_MOST_DIMENSIONS = 32  # NumPy allows at least this many


class DatasetError(RuntimeError):
    """A dataset cannot be had: the message says what was expected, what came and what to do."""


def gunzip(packed: bytes, size: int, name: str = "the file") -> bytearray:
    """
    Unpack gzip data whose unpacked size is known, without ever holding more than that.

    Parameters
    ----------
    packed : bytes
        A whole gzip file.
    size : int
        Expected size after unpacking, in bytes.
    name : str
        What to call the file in an error.

    Returns
    -------
    bytearray
        Exactly `size` bytes.

    Raises
    ------
    DatasetError
        If it is not gzip, is damaged, or unpacks to another size.
    """
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)  # | 16: expect a gzip header
    try:
        content = bytearray(unpacker.decompress(packed, size + 1))
    except zlib.error as error:
        raise DatasetError(f"{name} should be a gzip file, but cannot be unpacked: {error}.") from (
            error
        )
    if len(content) > size:
        raise DatasetError(f"{name} should unpack to {size:,} bytes, but holds more.")
    if not unpacker.eof:
        raise DatasetError(
            f"{name} should unpack to {size:,} bytes, but ends after {len(content):,}: "
            "it is truncated."
        )
    if len(content) < size:
        raise DatasetError(f"{name} should unpack to {size:,} bytes, but holds {len(content):,}.")
    if unpacker.unused_data:
        raise DatasetError(
            f"{name} has {len(unpacker.unused_data):,} trailing bytes after its gzip data."
        )
    return content


def decode_idx(
    content: bytes | bytearray | memoryview,
    shape: tuple[int, ...] | None = None,
    name: str = "the file",
) -> np.ndarray:
    """
    Decode the content of an IDX file, without copying it where possible.

    Parameters
    ----------
    content : bytes, bytearray or memoryview
        The whole file, unpacked.
    shape : tuple of int, optional
        The shape that the array must have. Without it, any shape is accepted.
    name : str
        What to call the file in an error.

    Returns
    -------
    np.ndarray
        The values in the machine's byte order, in the shape that the file names. One-byte values
        share memory with `content`, and are writable if `content` is.

    Raises
    ------
    DatasetError
        If the magic number is wrong, the shape is not the expected one, values are missing, or
        bytes are left over.
    """
    view = memoryview(content)
    n_dimensions = view[3] if len(view) >= 4 else 0
    if bytes(view[:2]) != b"\0\0" or len(view) < 4 or view[2] not in _TYPES:
        raise DatasetError(
            f"{name} should start with an IDX magic number, such as 00 00 08 03, "
            f"got {bytes(view[:4]).hex(' ') or 'an empty file'}."
        )
    if not 1 <= n_dimensions <= _MOST_DIMENSIONS:
        raise DatasetError(
            f"{name} should have 1 to {_MOST_DIMENSIONS} dimensions, "
            f"but its magic number says {n_dimensions}."
        )
    start = 4 + 4 * n_dimensions
    if len(view) < start:
        raise DatasetError(
            f"{name} should have a header of {start} bytes, but ends after {len(view)}: "
            "it is truncated."
        )
    found = tuple(int(n) for n in np.frombuffer(view[4:start], dtype=">u4"))
    if shape is not None and found != shape:
        raise DatasetError(
            f"{name} should hold an array of shape {shape}, its header says {found}."
        )
    if 0 in found:
        raise DatasetError(f"{name} should hold values, but its header says shape {found}.")
    dtype = np.dtype(_TYPES[view[2]])
    expected = start + math.prod(found) * dtype.itemsize
    if len(view) != expected:
        fault = "it is truncated" if len(view) < expected else "the rest are trailing bytes"
        raise DatasetError(
            f"{name} should have {expected:,} bytes for shape {found}, got {len(view):,}: {fault}."
        )
    values = np.frombuffer(content, dtype=dtype, offset=start).reshape(found)
    return values.astype(dtype.newbyteorder("="), copy=False)
