"""Checks of exercise 22: read MNIST's files."""

import re

import numpy as np

from workshop.exercises.checking import Answer, Reply, Wrong, explained, shown

HINTS = (
    "A byte of content is a number: content[3] is the number of axes. After how many bytes do the "
    "values begin, for 1 axis, for 3 axes, for n?",
    'int.from_bytes(content[4:8], "big") is the length of the first axis. The next one begins four '
    "bytes later.",
    "np.frombuffer(content, dtype=np.uint8, offset=start) are the values, one after the other. "
    "Compare how many there are with the product of the shape, math.prod(shape), then reshape.",
    "The shape: [int.from_bytes(content[i : i + 4], 'big') for i in range(4, start, 4)], where "
    "start is 4 + 4 * content[3].",
)
_HEAD = "\ndef read_idx(content):\n"
_REFUSE = """
    if len(values) != math.prod(shape):
        raise ValueError(f"expected {math.prod(shape)} values, got {len(values)}")
    return values.reshape(shape)
"""
WRONG = (
    Wrong(
        "the byte that counts most first",
        _HEAD
        + """
    start = 4 + 4 * content[3]
    shape = np.frombuffer(content[4:start], dtype="<u4")
    return np.frombuffer(content, dtype=np.uint8, offset=start).reshape(shape)
""",
    ),
    Wrong(
        "This file is whole",
        _HEAD
        + """
    start = 4 + 4 * content[3]
    shape = [int(n) for n in np.frombuffer(content[4:start], dtype="<u4")]
    values = np.frombuffer(content, dtype=np.uint8, offset=start)
"""
        + _REFUSE,
    ),
    Wrong(
        "does not always have three axes",
        _HEAD
        + """
    shape = [int.from_bytes(content[i : i + 4], "big") for i in (4, 8, 12)]
    values = np.frombuffer(content, dtype=np.uint8, offset=16)
"""
        + _REFUSE,
    ),
    Wrong(
        "above 127 have become negative",
        _HEAD
        + """
    start = 4 + 4 * content[3]
    shape = [int.from_bytes(content[i : i + 4], "big") for i in range(4, start, 4)]
    values = np.frombuffer(content, dtype=np.int8, offset=start)
"""
        + _REFUSE,
    ),
    Wrong(
        "have to stand in the shape",
        _HEAD
        + """
    return np.frombuffer(content, dtype=np.uint8, offset=4 + 4 * content[3])
""",
    ),
    Wrong(
        "only the last byte of each length",
        _HEAD
        + """
    start = 4 + 4 * content[3]
    shape = [content[i + 3] for i in range(4, start, 4)]
    values = np.frombuffer(content, dtype=np.uint8, offset=start)
"""
        + _REFUSE,
    ),
    Wrong(
        "too few values must be refused",
        _HEAD
        + """
    start = 4 + 4 * content[3]
    shape = [int.from_bytes(content[i : i + 4], "big") for i in range(4, start, 4)]
    values = np.zeros(math.prod(shape), dtype=np.uint8)
    got = np.frombuffer(content, dtype=np.uint8, offset=start)
    values[: len(got)] = got[: len(values)]
    return values.reshape(shape)
""",
    ),
    Wrong(
        "too many values must be refused",
        _HEAD
        + """
    start = 4 + 4 * content[3]
    shape = [int.from_bytes(content[i : i + 4], "big") for i in range(4, start, 4)]
    got = np.frombuffer(content, dtype=np.uint8, offset=start)
    if len(got) < math.prod(shape):
        raise ValueError(f"expected {math.prod(shape)} values, got {len(got)}")
    return got[: math.prod(shape)].reshape(shape)
""",
    ),
    Wrong(
        "says what is wrong with the file",
        _HEAD
        + """
    start = 4 + 4 * content[3]
    shape = [int.from_bytes(content[i : i + 4], "big") for i in range(4, start, 4)]
    values = np.frombuffer(content, dtype=np.uint8, offset=start)
    if len(values) != math.prod(shape):
        raise ValueError("wrong file")
    return values.reshape(shape)
""",
    ),
    Wrong(
        "no name of a file",
        _HEAD
        + """
    with open(content, "rb") as file:
        return np.frombuffer(file.read(), dtype=np.uint8, offset=16)
""",
    ),
)


def _file(array: np.ndarray) -> bytes:
    """Return an array of bytes as an IDX file."""
    header = bytes([0, 0, 8, array.ndim])
    return header + np.array(array.shape, ">u4").tobytes() + array.astype(np.uint8).tobytes()


def _compare(answer: Answer, array: np.ndarray, likely: str = "") -> None:
    """Read a file that is whole."""
    order = (
        "This file is whole, and the header says its shape: each length is 4 bytes, the byte "
        'that counts most first ("big"), and the values begin after 4 bytes and 4 for each axis.'
    )
    opened = (
        "content is what the file holds, its bytes, and no name of a file. Nothing is to be "
        "opened: content[3] is the fourth byte, content[4:8] are the next four."
    )
    with explained({"embedded null": opened, "Error": likely or order}):
        answer.call("read_idx", _file(array)).gives(
            array,
            mistakes={
                "Values above 127 have become negative: a byte is read as a number with a sign. "
                "Their type is np.uint8.": array.astype(np.uint8).view(np.int8),
                "The values are right, and have to stand in the shape that the header says: "
                "reshape them.": array.ravel(),
                "The axes stand in the wrong order: the first length in the header is that of the "
                "first axis.": array.reshape(array.shape[::-1]),
                "The values are divided by 255. That is for a network; here they stay what the "
                "file holds.": array / 255,
                "The header is among the values: leave its bytes out.": np.frombuffer(
                    _file(array), np.uint8
                ),
            }
            | ({likely: lambda: None} if likely else {}),
            cause=likely,
        )


def check_images(answer: Answer) -> None:
    """images, in three axes"""
    rng = answer.rng(1)
    for shape in ((2, 2, 2), (3, 4, 5), (1, 28, 28)):
        _compare(answer, rng.integers(0, 256, shape))


def check_labels(answer: Answer) -> None:
    """labels, in one axis"""
    rng = answer.rng(2)
    for n in (1, 5, 12):
        _compare(
            answer,
            rng.integers(0, 10, n),
            "A file does not always have three axes. The fourth byte says how many, and "
            "the header is 4 bytes and 4 for each axis.",
        )


def check_example(answer: Answer) -> None:
    """the example of the statement, in two axes"""
    _compare(answer, np.array([[10, 20, 30], [40, 50, 255]]))


def check_long(answer: Answer) -> None:
    """lengths above 255"""
    rng = answer.rng(3)
    for n in (256, 300, 70_000):
        _compare(
            answer,
            rng.integers(0, 10, n),
            "It looks as if only the last byte of each length counts, or not all four in their "
            "order: each byte counts 256 times the one after it.",
        )


def check_faults(answer: Answer) -> None:
    """files that are too short or too long"""
    whole = _file(np.array([[1, 2, 3], [4, 5, 6]]))
    for content, held, words in ((whole[:-2], 4, "few"), (whole + b"\7\7\7", 9, "many")):
        error = answer.raises(
            ValueError,
            "read_idx",
            content,
            cause=f"A file with too {words} values must be refused: raise ValueError(...), with a "
            "message.",
        )
        numbers = set(re.findall(r"\d+", str(error)))
        if not {"6", str(held)} <= numbers:
            Reply(f"read_idx(content={shown(content)})", None).fail(
                f"a message with the numbers 6 and {held}",
                "The error must be one that says what is wrong with the file: how many values the "
                "header asks for, and how many there are. NumPy's own message does not say that "
                "it is the file.",
                f"ValueError: {error}",
            )
