"""
MNIST lies in four files in the format IDX. Whoever can read such a file knows what is in it: a
header, then the values. The header is

- two bytes 0;
- one byte for the type of the values: 8 means whole numbers from 0 to 255, a byte each;
- one byte for the number of axes: 3 for images, 1 for labels;
- for each axis its length, as a whole number of 4 bytes, the byte that counts most first
  (big-endian): the bytes 0, 0, 1, 44 mean 256 + 44 = 300.

Write `read_idx`:

- content: bytes, a whole file of type 8.

It returns an array of the values, in the shape that the header says, such as (60000, 28, 28).
If the number of values is not the one that the shape asks for, it raises a ValueError whose message
has both numbers, as in "the header asks for 6 values, the file holds 5". A file that was cut off on
its way to you must not pass for a data set.

>>> header = bytes([0, 0, 8, 2]) + bytes([0, 0, 0, 2]) + bytes([0, 0, 0, 3])
>>> print(read_idx(header + bytes([10, 20, 30, 40, 50, 255])))
[[ 10  20  30]
 [ 40  50 255]]
"""

import math

import numpy as np


def read_idx(content):
    """Return the array that an IDX file holds."""
    # [solution: read the number of axes, the shape, the values; refuse a wrong number of values]
    n_axes = content[3]
    start = 4 + 4 * n_axes
    shape = [int.from_bytes(content[i : i + 4], "big") for i in range(4, start, 4)]
    values = np.frombuffer(content, dtype=np.uint8, offset=start)
    if len(values) != math.prod(shape):
        raise ValueError(
            f"the header asks for {math.prod(shape)} values, the file holds {len(values)}"
        )
    return values.reshape(shape)
    # [end]
