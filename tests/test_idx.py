"""The IDX reader: valid files come back as they were, and nothing but DatasetError gets out."""

import functools
import gzip
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tests.conftest import idx_bytes
from workshop.idx import DatasetError, decode_idx, gunzip

valid_arrays = st.sampled_from(["u1", "i1", "i2", "i4", "f4", "f8"]).flatmap(
    lambda dtype: arrays.arrays(dtype, arrays.array_shapes(max_dims=4, max_side=4))
)
pack = functools.partial(gzip.compress, mtime=0)
IMAGES = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)


@given(valid_arrays)
def test_valid_files_round_trip(values):
    decoded = decode_idx(idx_bytes(values), values.shape)

    assert decoded.dtype == values.dtype
    assert decoded.dtype.isnative
    np.testing.assert_array_equal(decoded, values)


@given(st.binary(max_size=200))
@example(b"")
@example(bytes([0, 0, 8, 65]) + bytes([0, 0, 0, 1]) * 65 + b"x")  # more dimensions than NumPy has
@example(bytes([0, 0, 8, 3]) + bytes([0xFF] * 12))  # 10 ** 29 values
@example(bytes([0, 0, 8, 3]) + bytes(4) + bytes([0xFF] * 8))  # no values in an overlong shape
def test_arbitrary_bytes_raise_nothing_but_dataset_error(content):
    with suppress(DatasetError):
        assert idx_bytes(decode_idx(content)) == content


@given(valid_arrays, st.data())
def test_damaged_files_raise_nothing_but_dataset_error(values, data):
    content = bytearray(idx_bytes(values))
    position = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        content[position] ^= data.draw(st.integers(1, 255))
    else:
        content.insert(position, data.draw(st.integers(0, 255)))
    with suppress(DatasetError):
        assert idx_bytes(decode_idx(content)) == content


@given(valid_arrays, st.data())
def test_a_cut_file_is_always_noticed(values, data):
    content = idx_bytes(values)
    with pytest.raises(DatasetError):
        decode_idx(content[: data.draw(st.integers(0, len(content) - 1))])


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "magic number, such as 00 00 08 03, got an empty file"),
        (b"\0\0\x08", "got 00 00 08"),
        (b"PK\x03\x04rest", "got 50 4b 03 04"),
        (b"\0\0\x07\x01\0\0\0\x01x", "got 00 00 07 01"),
        (b"\0\0\x08\0", "1 to 32 dimensions, but its magic number says 0"),
        (b"\0\0\x08\x03\0\0\0\x01", "header of 16 bytes, but ends after 8: it is truncated"),
        (idx_bytes(IMAGES)[:-1], r"40 bytes for shape \(2, 3, 4\), got 39: it is truncated"),
        (idx_bytes(IMAGES) + b"!", "got 41: the rest are trailing bytes"),
        (idx_bytes(IMAGES.reshape(3, 2, 4)), r"shape \(2, 3, 4\), its header says \(3, 2, 4\)"),
        (idx_bytes(IMAGES.ravel()), r"shape \(2, 3, 4\), its header says \(24,\)"),
    ],
)
def test_each_fault_is_named(content, says):
    with pytest.raises(DatasetError, match=f"^images should .*{says}"):
        decode_idx(content, (2, 3, 4), "images")


def test_no_values_are_no_array():
    with pytest.raises(DatasetError, match=r"should hold values, but its header says shape \(0,\)"):
        decode_idx(b"\0\0\x08\x01\0\0\0\0")


def test_bytes_are_not_copied_and_a_bytearray_is_writable():
    content = bytearray(idx_bytes(IMAGES))

    values = decode_idx(content)
    values[0, 0, 0] = 99

    assert content[16] == 99


@given(st.binary(max_size=300), st.integers(0, 100))
def test_gzip_round_trips_or_says_why_not(content, wrong_by):
    packed = pack(content)

    assert gunzip(packed, len(content)) == content
    if wrong_by:
        with pytest.raises(DatasetError, match="should unpack to"):
            gunzip(packed, len(content) + wrong_by)


@given(st.binary(max_size=100), st.data())
def test_damaged_gzip_raises_nothing_but_dataset_error(content, data):
    packed = bytearray(pack(content))
    position = data.draw(st.integers(0, len(packed) - 1))
    packed[position] ^= data.draw(st.integers(1, 255))
    with suppress(DatasetError):
        assert gunzip(packed, len(content)) == content  # some header bytes do not matter


GZIP_FAULTS = {
    "empty": (b"", "should unpack to 5 bytes, but ends after 0: it is truncated"),
    "a web page": (b"<html>", "should be a gzip file, but cannot be unpacked"),
    "truncated": (pack(b"hello")[:-1], "but ends after 5: it is truncated"),
    "trailing bytes": (pack(b"hello") + b"..", "has 2 trailing bytes after its gzip data"),
    "too long": (pack(b"hello!"), "should unpack to 5 bytes, but holds more"),
    "too short": (pack(b"hell"), "should unpack to 5 bytes, but holds 4"),
    "a bomb": (pack(bytes(10**8)), "should unpack to 5 bytes, but holds more"),
}


@pytest.mark.parametrize(("packed", "says"), GZIP_FAULTS.values(), ids=GZIP_FAULTS)
def test_each_gzip_fault_is_named(packed, says):
    with pytest.raises(DatasetError, match=says):
        gunzip(packed, 5)
