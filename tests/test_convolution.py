"""Convolution and pooling in NumPy, with SciPy and PyTorch as judges."""

import numpy as np
import pytest
import torch
from scipy import signal
from torch.nn import functional

from workshop.convolution import convolve2d, convolve_layer, max_pool, output_size

SETTINGS = [(1, 0), (1, 1), (2, 0), (2, 2), (3, 1)]  # stride, padding


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def test_a_place_is_a_weighted_sum():
    image = np.arange(12.0).reshape(3, 4)
    kernel = np.array([[1, 0], [0, -1]])
    np.testing.assert_array_equal(convolve2d(image, kernel), [[-5, -5, -5], [-5, -5, -5]])


@pytest.mark.parametrize(("stride", "padding"), SETTINGS)
@pytest.mark.parametrize("sides", [(3, 3), (5, 2), (1, 1)])
def test_by_hand_is_what_pytorch_does(rng, stride, padding, sides):
    image, kernel = rng.normal(size=(9, 7)), rng.normal(size=sides)
    expected = functional.conv2d(
        torch.tensor(image)[None, None], torch.tensor(kernel)[None, None], None, stride, padding
    )
    ours = convolve2d(image, kernel, stride=stride, padding=padding)
    np.testing.assert_allclose(ours, expected[0, 0], atol=1e-12)


def test_it_is_cross_correlation_and_convolution_turns_the_kernel(rng):
    image, kernel = rng.normal(size=(6, 5)), rng.normal(size=(3, 3))
    ours = convolve2d(image, kernel)
    np.testing.assert_allclose(ours, signal.correlate2d(image, kernel, "valid"))
    turned = convolve2d(image, kernel[::-1, ::-1])
    np.testing.assert_allclose(turned, signal.convolve2d(image, kernel, "valid"))
    assert not np.allclose(ours, turned)


@pytest.mark.parametrize(("stride", "padding"), SETTINGS)
def test_a_layer_is_what_pytorch_does(rng, stride, padding):
    images, kernels = rng.normal(size=(2, 3, 9, 7)), rng.normal(size=(4, 3, 3, 2))
    biases = rng.normal(size=4)
    expected = functional.conv2d(*map(torch.tensor, (images, kernels, biases)), stride, padding)
    ours = convolve_layer(images, kernels, biases, stride=stride, padding=padding)
    np.testing.assert_allclose(ours, expected, atol=1e-12)
    without = convolve_layer(images, kernels, stride=stride, padding=padding)
    np.testing.assert_allclose(without + biases[:, None, None], ours)


def test_a_layer_adds_up_its_channels_by_hand(rng):
    images, kernels = rng.normal(size=(1, 3, 6, 6)), rng.normal(size=(2, 3, 3, 3))
    maps = convolve_layer(images, kernels)
    for kernel, its_map in zip(kernels, maps[0], strict=True):
        by_hand = sum(convolve2d(*pair) for pair in zip(images[0], kernel, strict=True))
        np.testing.assert_allclose(its_map, by_hand)


def test_what_goes_in_stays_as_it_was(rng):
    images, kernels = rng.normal(size=(1, 1, 6, 6)), rng.normal(size=(2, 1, 3, 3))
    before = images.copy(), kernels.copy()
    convolve_layer(images, kernels)[:] = 0
    convolve2d(images[0, 0], kernels[0, 0])[:] = 0
    max_pool(images)[:] = 0
    for array, copy in zip((images, kernels), before, strict=True):
        np.testing.assert_array_equal(array, copy)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_pooling_is_what_pytorch_does(rng, size):
    images = rng.normal(size=(2, 3, 7, 6))
    expected = functional.max_pool2d(torch.tensor(images), size)
    np.testing.assert_array_equal(max_pool(images, size), expected)
    np.testing.assert_array_equal(max_pool(images[0, 0], size), expected[0, 0])


@pytest.mark.parametrize(("stride", "padding"), SETTINGS)
def test_the_size_of_what_comes_out_is_known_before(rng, stride, padding):
    result = convolve2d(rng.normal(size=(9, 7)), np.ones((3, 2)), stride=stride, padding=padding)
    assert result.shape == (
        output_size(9, 3, stride=stride, padding=padding),
        output_size(7, 2, stride=stride, padding=padding),
    )


def test_says_what_is_wrong():
    with pytest.raises(ValueError, match=r"a kernel of 3 x 3 for 2 x 9 pixels .* pad more"):
        convolve2d(np.ones((2, 9)), np.ones((3, 3)))
    with pytest.raises(ValueError, match=r"got shapes \(1, 5, 5\) and \(2, 3, 3\)"):
        convolve_layer(np.ones((1, 1, 5, 5)), np.ones((4, 2, 3, 3)))
