"""The small random changes of images: what they move, and what they leave alone."""

import numpy as np
import pytest

from workshop.augmentation import AUGMENTATIONS, affine, shifts


@pytest.fixture
def images():
    """Noise in the middle of 8 x 8 pixels, with an empty rim of two."""
    X = np.zeros((300, 8, 8), np.float32)
    X[:, 2:6, 2:6] = np.random.default_rng(0).uniform(0.1, 1, (300, 4, 4))
    return X.reshape(300, 64)


def test_shifts_move_by_one_pixel_in_every_direction_and_nothing_else(images):
    changed = shifts(8)(images, np.random.default_rng(0)).reshape(-1, 8, 8)
    seen = set()
    for before, after in zip(images.reshape(-1, 8, 8), changed, strict=True):
        matches = [
            (down, right)
            for down in (-1, 0, 1)
            for right in (-1, 0, 1)
            if np.array_equal(after, np.roll(before, (down, right), (0, 1)))
        ]
        assert len(matches) == 1
        seen.update(matches)
    assert len(seen) == 9, "each image has its own shift, and all nine occur"


def test_the_edge_goes_on_where_an_image_was_moved_away():
    rows = np.repeat(np.arange(4.0), 4)[None]  # row r is full of r
    results = {
        tuple(shifts(4)(rows, np.random.default_rng(seed)).reshape(4, 4)[:, 0])
        for seed in range(50)
    }
    assert results == {(0, 1, 2, 3), (0, 0, 1, 2), (1, 2, 3, 3)}


def test_larger_shifts():
    image = np.zeros((1, 49))
    image[0, 24] = 1  # the middle of 7 x 7
    places = {
        divmod(int(shifts(7, pixels=2)(image, np.random.default_rng(seed)).argmax()), 7)
        for seed in range(500)
    }
    assert places == {(row, column) for row in range(1, 6) for column in range(1, 6)}


@pytest.mark.parametrize("name", AUGMENTATIONS)
def test_shape_dtype_and_range_are_kept_and_the_batch_is_new(name, images):
    before = images.copy()
    changed = AUGMENTATIONS[name](8)(images, np.random.default_rng(0))
    assert changed.shape == images.shape
    assert changed.dtype == images.dtype
    assert set(np.unique(changed)) <= set(np.unique(images)), "pixels move, they are not invented"
    np.testing.assert_array_equal(images, before)


@pytest.mark.parametrize("name", AUGMENTATIONS)
def test_one_generator_state_is_one_result(name, images):
    augment = AUGMENTATIONS[name](8)
    first, again, other = (augment(images, np.random.default_rng(seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize("name", AUGMENTATIONS)
def test_images_do_not_mix(name):
    """Image i holds nothing but the number i, wherever its pixels come from."""
    X = np.repeat(np.arange(100.0)[:, None], 25, axis=1)
    np.testing.assert_array_equal(AUGMENTATIONS[name](5)(X, np.random.default_rng(0)), X)


def test_affine_draws_a_change_for_each_image():
    image = np.random.default_rng(0).random(64)
    changed = affine(8)(np.tile(image, (100, 1)), np.random.default_rng(0))
    assert len(np.unique(changed, axis=0)) > 50


def test_affine_without_any_change_is_the_image_itself(images):
    nothing = affine(8, degrees=0, shear=0, scale=0, pixels=0, tables=4)
    np.testing.assert_array_equal(nothing(images, np.random.default_rng(0)), images)


def test_affine_moves_only_a_little():
    """The centre of mass of a digit stays within a few of 28 pixels, and usually within three."""
    X = np.zeros((256, 28, 28), np.float32)
    X[:, 8:20, 10:18] = 1
    changed = affine(28)(X.reshape(256, 784), np.random.default_rng(0)).reshape(256, 28, 28)
    rows = (changed.sum(axis=2) @ np.arange(28)) / changed.sum(axis=(1, 2))
    assert np.median(abs(rows - 13.5)) < 2
    assert abs(rows - 13.5).max() < 8
    assert rows.std() > 0.5


def test_the_bank_of_changes_follows_its_seed(images):
    results = [affine(8, seed=seed)(images, np.random.default_rng(0)) for seed in (0, 0, 1)]
    np.testing.assert_array_equal(results[0], results[1])
    assert not np.array_equal(results[0], results[2])


@pytest.mark.parametrize("shape", [(3, 64), (3, 784), (3, 7, 7)])
def test_images_of_another_size_are_refused(shape):
    with pytest.raises(ValueError, match=r"for images of 7 x 7 = 49 pixels, got a batch of shape"):
        shifts(7)(np.zeros(shape), np.random.default_rng(0))
