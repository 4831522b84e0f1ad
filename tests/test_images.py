"""From photos and drawings to images like MNIST's."""

import io
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from workshop import images
from workshop.images import (
    PictureError,
    find_ink,
    mnist_image,
    picture_as_text,
    read_picture,
    resample,
    shrink,
)
from workshop.strokes import draw_digit


@pytest.fixture
def ink():
    """A 5, its ink from 0 to 1, 120 pixels square."""
    return draw_digit(5, np.random.default_rng(4), size=120)


def agreement(image, other):
    """Return how alike two images are: 1 is the same, 0 has nothing in common."""
    a, b = image.ravel().astype(float), other.ravel().astype(float)
    return a @ b / np.sqrt((a @ a) * (b @ b))


# --- resample -----------------------------------------------------------------------------------


def test_resample_takes_the_mean_of_areas():
    values = np.arange(16.0).reshape(4, 4)
    np.testing.assert_allclose(resample(values, 2, 2), [[2.5, 4.5], [10.5, 12.5]])
    np.testing.assert_allclose(resample(values, 4, 4), values)
    np.testing.assert_allclose(resample(values, 1, 4), values.mean(axis=0, keepdims=True))
    np.testing.assert_allclose(resample(np.array([[0.0, 3.0, 6.0]]), 1, 2), [[1, 5]])
    np.testing.assert_allclose(resample(np.array([[0.0, 6.0]]), 1, 4), [[0, 0, 6, 6]])


@given(
    st.tuples(*[st.integers(1, 40)] * 4),
    st.integers(0, 2**32 - 1),
)
def test_resample_keeps_the_mean_and_the_range(sizes, seed):
    old_height, old_width, height, width = sizes
    values = np.random.default_rng(seed).random((old_height, old_width))
    resampled = resample(values, height, width)
    assert resampled.shape == (height, width)
    assert resampled.mean() == pytest.approx(values.mean())
    assert values.min() - 1e-12 <= resampled.min()
    assert resampled.max() <= values.max() + 1e-12


def test_shrink_keeps_small_pictures_and_proportions():
    small = np.ones((30, 320))
    assert shrink(small) is small
    assert shrink(np.ones((3000, 1500))).shape == (320, 160)
    assert shrink(np.ones((5000, 1))).shape == (320, 1)


# --- mnist_image: pinned so that another language's version can be held to the same -------------


def test_mnist_image_of_a_line():
    ink = np.zeros((100, 100))
    ink[10:50, 60:64] = 1  # 40 high, 4 wide: becomes 20 high, 2 wide
    image = mnist_image(ink)
    expected = np.zeros((28, 28), np.uint8)
    expected[4:24, 13:15] = 255
    np.testing.assert_array_equal(image, expected)


def test_mnist_image_puts_the_centre_of_mass_into_the_middle():
    ink = np.zeros((40, 40))
    ink[0:20, 0] = ink[19, 0:10] = 1  # an L
    image = mnist_image(ink)
    assert (image > 0).any(axis=1).sum() == 20
    assert (image > 0).any(axis=0).sum() == 10
    rows, columns = np.nonzero(image)
    assert abs(np.average(rows) - 13.5) <= 0.5
    assert abs(np.average(columns) - 13.5) <= 0.5
    assert (rows.min(), columns.min()) == (1, 12)


def test_mnist_image_stays_the_same_pixel_for_pixel():
    """If this fails, what the browser's version computes has to change too."""
    y, x = np.mgrid[0:120, 0:100]
    distance = (x - 47) ** 2 + (y - 40) ** 2
    ink = ((distance > 500) & (distance < 900)) | ((x > 70) & (x < 79) & (y >= 40) & (y < 117))
    image = mnist_image(ink * (x + 101) / 200)  # a 9, fainter at its left
    assert zlib.crc32(image.tobytes()) == 0xAD1C1FE6
    assert image[14, 6:10].tolist() == [41, 178, 121, 4]


@given(st.integers(1, 60), st.integers(1, 60), st.integers(0, 2**32 - 1), st.floats(0.01, 1))
def test_mnist_image_of_any_drawing(height, width, seed, share):
    rng = np.random.default_rng(seed)
    ink = np.where(rng.random((height, width)) < share, rng.random((height, width)), 0)
    if not ink.any():
        return
    image = mnist_image(ink)
    assert image.shape == (28, 28)
    assert image.dtype == np.uint8
    assert image.max() == 255
    box = np.argwhere(image)
    assert np.ptp(box, axis=0).max() <= 19


def test_mnist_image_does_not_depend_on_size_or_place():
    small = draw_digit(2, np.random.default_rng(1), size=60)
    large = np.zeros((400, 500))
    large[37 : 37 + 240, 201 : 201 + 240] = np.kron(small, np.ones((4, 4)))
    np.testing.assert_array_equal(mnist_image(large), mnist_image(small))


def test_mnist_image_of_another_size(ink):
    image = mnist_image(ink, side=8, box=8)
    assert image.shape == (8, 8)
    assert (image > 0).any(axis=1).all()


def test_mnist_image_refuses_an_empty_drawing():
    with pytest.raises(PictureError, match="it is empty"):
        mnist_image(np.zeros((28, 28)))


# --- find_ink -----------------------------------------------------------------------------------


def paper(size=120, *, tilt=0.0, bend=0.0, noise=0.0):
    """Return uneven paper, about 0.75 bright."""
    y, x = np.mgrid[-1 : 1 : size * 1j, -1 : 1 : size * 1j]
    rng = np.random.default_rng(0)
    return 0.75 + tilt * (x + 0.5 * y) - bend * (x * x + y * y) + rng.normal(0, noise, (size, size))


@pytest.mark.parametrize(
    "sheet",
    [
        paper(),
        paper(tilt=0.15),
        paper(bend=0.15),
        paper(noise=0.02),
        paper(120, tilt=0.1, noise=0.02),
    ],
    ids=["even", "tilted light", "dark corners", "grain", "tilted light and grain"],
)
@pytest.mark.parametrize("strength", [0.45, -0.2], ids=["dark on light", "light on dark"])
def test_find_ink_sees_the_same_digit(ink, sheet, strength):
    found = mnist_image(find_ink(sheet - strength * ink))
    assert agreement(found, mnist_image(ink)) > 0.95


def test_find_ink_drops_specks_and_what_comes_in_from_the_rim(ink):
    sheet = paper() - 0.45 * ink
    sheet[5:7, 100:102] = 0.2  # a speck
    sheet[:, :4] = 0.3  # the table's edge
    assert agreement(mnist_image(find_ink(sheet)), mnist_image(ink)) > 0.95


def test_find_ink_keeps_a_digit_that_reaches_the_rim(ink):
    rows, columns = np.nonzero(ink)
    cut = ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    assert agreement(mnist_image(find_ink(1 - cut)), mnist_image(ink)) > 0.95


def test_find_ink_keeps_both_parts_of_a_digit_in_two_strokes(ink):
    broken = ink.copy()
    broken[38:44] = 0
    assert broken[:38].any()
    found = find_ink(1 - broken)
    assert found[:38].any()
    assert found[44:].any()


@pytest.mark.parametrize(
    "sheet",
    [paper(), paper(tilt=0.2, bend=0.1, noise=0.02), np.ones((1, 1)), np.zeros((50, 3))],
    ids=["even", "uneven", "one pixel", "black"],
)
def test_find_ink_refuses_empty_paper(sheet):
    with pytest.raises(PictureError, match="no ink stands out"):
        find_ink(sheet)


# --- read_picture -------------------------------------------------------------------------------


def save(tmp_path, image, name="picture.png", **options):
    image.save(tmp_path / name, **options)
    return tmp_path / name


def seen(path):
    return mnist_image(find_ink(read_picture(path)))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_reads_png_of_every_kind(tmp_path, ink, mode):
    grey = Image.fromarray(np.uint8(255 * (1 - ink)))
    if mode == "I;16":
        image = Image.fromarray(np.uint16(65535 * (1 - ink)))
    else:
        image = grey.convert("RGB").convert(mode) if mode == "P" else grey.convert(mode)
    path = save(tmp_path, image)
    with Image.open(path) as saved:
        assert saved.mode == mode
    brightness = read_picture(path)
    assert brightness.shape == ink.shape
    assert 0 <= brightness.min() < brightness.max() <= 1
    assert agreement(seen(path), mnist_image(ink)) > 0.95


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_reads_jpeg_of_every_kind(tmp_path, ink, mode):
    path = save(tmp_path, Image.fromarray(np.uint8(230 - 200 * ink)).convert(mode), "a.jpg")
    assert agreement(seen(path), mnist_image(ink)) > 0.95


@pytest.mark.parametrize("colour", [0, 255], ids=["black ink", "white ink"])
def test_what_is_transparent_is_paper(tmp_path, ink, colour):
    rgba = np.zeros((*ink.shape, 4), np.uint8)
    rgba[..., :3], rgba[..., 3] = colour, np.uint8(255 * ink)
    assert agreement(seen(save(tmp_path, Image.fromarray(rgba))), mnist_image(ink)) > 0.97


def test_obeys_the_camera_s_rotation_mark(tmp_path, ink):
    lying = Image.fromarray(np.uint8(255 * (1 - ink))).transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it by 270 degrees to see it upright
    path = save(tmp_path, lying, "photo.jpg", exif=exif, quality=95)
    assert agreement(seen(path), mnist_image(ink)) > 0.97


def test_makes_large_photos_small(tmp_path, ink):
    large = Image.fromarray(np.uint8(255 * (1 - ink))).resize((4000, 3000))
    brightness = read_picture(save(tmp_path, large, "photo.jpg"))
    assert brightness.shape == (240, 320)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.png", b""),
        ("letter.png", b"Dear all"),
        ("page.jpg", b"<!doctype html><title>Log in</title>"),
        ("sound.gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"),
    ],
)
def test_refuses_what_is_no_picture(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(PictureError, match=r"must be a PNG or JPEG picture(.|\n)*save it as PNG"):
        read_picture(tmp_path / name)


@given(cut=st.floats(0, 0.98), flips=st.lists(st.tuples(st.floats(0, 1), st.integers(1, 255))))
@pytest.mark.parametrize("kind", ["png", "jpeg"])
@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's, of damaged EXIF and the like
def test_a_damaged_picture_is_read_or_refused(tmp_path_factory, kind, cut, flips):
    stream = io.BytesIO()
    Image.fromarray(np.uint8(np.arange(900).reshape(30, 30) % 256)).save(stream, kind)
    content = bytearray(stream.getvalue())
    for where, what in flips:
        content[int(where * (len(content) - 1))] ^= what
    path = tmp_path_factory.getbasetemp() / f"damaged.{kind}"
    path.write_bytes(content[: int(len(content) * (1 - cut))])
    try:
        brightness = read_picture(path)
    except PictureError:
        return
    assert np.isfinite(brightness).all()


def png_of_size(width, height):
    """Return the beginning of a PNG file that claims a size; the pixels are missing."""
    header = b"IHDR" + width.to_bytes(4) + height.to_bytes(4) + bytes([8, 0, 0, 0, 0])
    crc = zlib.crc32(header).to_bytes(4)
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0d" + header + crc + b"\x00\x00\x00\x1eIDAT"


@pytest.mark.parametrize(("width", "height"), [(10_001, 10_000), (20_000, 20_000)])
def test_refuses_a_picture_that_would_fill_the_memory(tmp_path, width, height):
    (tmp_path / "bomb.png").write_bytes(png_of_size(width, height) + b"\x00" * 30)
    with pytest.raises(PictureError, match=r"at most 100,000,000 pixels.*cut out the digit"):
        read_picture(tmp_path / "bomb.png")


def test_a_missing_file_is_missing(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_picture(tmp_path / "none.png")


# --- picture_as_text ----------------------------------------------------------------------------


def test_picture_as_text():
    image = np.array([[0, 255, 0], [128, 26, 0]], np.uint8)
    assert picture_as_text(image) == "  @@\n++.."


def test_picture_as_text_uses_every_shade():
    drawn = picture_as_text(np.arange(256, dtype=np.uint8).reshape(1, 256))
    assert "".join(dict.fromkeys(drawn)) == images.SHADES


@pytest.mark.parametrize("mode", ["1", "P", "I;16"])
def test_makes_large_pictures_of_every_kind_small(tmp_path, mode):
    grey = np.full((1700, 1500), 255, np.uint8)
    grey[400:1300, 700:800] = 0
    picture = Image.fromarray(grey)
    if mode == "I;16":
        picture = Image.fromarray(grey.astype(np.uint16) * 257)
    else:
        picture = picture.convert(mode)
    picture.save(tmp_path / "large.png")
    brightness = read_picture(tmp_path / "large.png")
    assert max(brightness.shape) <= images.READ_SIZE
    assert brightness.min() < 0.05
    assert brightness.max() > 0.95
