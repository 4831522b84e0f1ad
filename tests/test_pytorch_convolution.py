"""The convolutional network, its augmentation and its recipe."""

import numpy as np
import pytest
import torch
from torch import nn

from workshop.convolution import convolve_layer, max_pool
from workshop.datasets import load_digits
from workshop.pytorch import storage
from workshop.pytorch.convolution import ConvolutionalNetwork, shifts
from workshop.pytorch.devices import seed_everything
from workshop.pytorch.models import count_parameters
from workshop.pytorch.presets import WIDTHS_IN_SECONDS, recipe
from workshop.pytorch.training import accuracy, evaluate, predict, train


def network(widths=(2, 3, 4), seed=0, **settings):
    seed_everything(seed)
    return ConvolutionalNetwork(widths, **settings)


def parameters(model):
    return torch.cat([parameter.detach().flatten() for parameter in model.parameters()])


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


# -- the network ---------------------------------------------------------------------------


@pytest.mark.parametrize(("side", "stride"), [(28, 2), (28, 1), (8, 1), (9, 2)])
def test_takes_images_of_each_size_flat_or_not(side, stride):
    model = network(side=side, stride=stride, n_classes=7)
    images = torch.rand(5, side, side)
    logits = predict(model, images)
    assert logits.shape == (5, 7)
    torch.testing.assert_close(predict(model, images.reshape(5, -1)), logits)


@pytest.mark.parametrize(("side", "stride", "left"), [(28, 2, 2), (28, 1, 5), (16, 1, 2)])
def test_without_padding_only_whole_neighbourhoods_count(side, stride, left):
    model = network((2, 3, 4), side=side, stride=stride, padding=0)
    assert model.feature_maps(torch.rand(1, side, side))[2].shape == (1, 4, left, left)
    assert model(torch.rand(5, side * side)).shape == (5, 10)


def test_images_of_which_nothing_would_be_left_are_refused():
    with pytest.raises(ValueError, match=r"8 x 8 pixels are too small.*Try stride=1, padding=1"):
        network(side=8, stride=1, padding=0)


def test_the_first_layer_is_what_numpy_computes():
    model = network()
    images = torch.rand(3, 28, 28)
    convolution, _, relu, _, pooling, *_ = model.layers
    kernels = convolution.weight.detach()
    ours = convolve_layer(images.numpy()[:, None], kernels.numpy(), stride=2, padding=2)
    theirs = convolution(images[:, None]).detach()
    np.testing.assert_allclose(theirs, ours, atol=1e-5)
    pooled = pooling(relu(theirs))
    np.testing.assert_allclose(pooled, max_pool(np.maximum(ours, 0)), atol=1e-5)


def test_feature_maps_are_those_of_a_network_in_use():
    model = network()
    images = torch.rand(4, 784)
    first, second, third = model.feature_maps(images)
    assert [maps.shape for maps in (first, second, third)] == [
        (4, 2, 14, 14),
        (4, 3, 7, 7),
        (4, 4, 3, 3),
    ]
    assert model.training, "as it was"
    assert not first.requires_grad
    rest = model.layers[-2:]  # flattening, the dense layer
    torch.testing.assert_close(rest(third.clone()).detach(), predict(model, images))


@pytest.mark.parametrize("suffix", [".pt", ".safetensors"])
def test_comes_back_from_a_file(tmp_path, suffix):
    model = network((2, 3, 4), side=8, stride=1, n_classes=3)
    fit(model, epochs=1)  # so that the running means are not those of the beginning
    again = storage.load(storage.save(model, tmp_path / f"model{suffix}"))
    assert again.settings == {
        "widths": [2, 3, 4],
        "side": 8,
        "stride": 1,
        "padding": 1,
        "n_classes": 3,
    }
    images = torch.rand(5, 64)
    assert torch.equal(predict(again, images), predict(model, images))


def test_the_presets_have_the_sizes_that_the_page_names():
    sizes = {s: count_parameters(ConvolutionalNetwork(w)) for s, w in WIDTHS_IN_SECONDS.items()}
    assert sizes == {10: 17_758, 30: 29_434, 60: 61_426}


# -- augmentation --------------------------------------------------------------------------


def test_shifts_move_each_image_on_its_own():
    images = torch.zeros(500, 5, 5)
    images[:, 2, 2] = 1
    moved = shifts(5)(images.reshape(500, 25), rng()).reshape(500, 5, 5)
    places, counts = moved.nonzero()[:, 1:].unique(dim=0, return_counts=True)
    assert places.tolist() == [[row, column] for row in (1, 2, 3) for column in (1, 2, 3)]
    assert counts.sum() == 500
    assert counts.min() > 500 / 9 / 2, "all nine are about as likely"
    assert images[:, 2, 2].all(), "the images that went in are as they were"


def test_shifts_move_a_whole_image_and_let_in_nothing():
    image = torch.arange(1.0, 10).reshape(1, 9)
    possible = []
    padded = np.pad(image.reshape(3, 3).numpy(), 1)
    for down in range(3):
        for right in range(3):
            possible.append(padded[down : down + 3, right : right + 3].ravel().tolist())
    for seed in range(20):
        assert shifts(3)(image, rng(seed))[0].tolist() in possible


def test_shifts_may_be_larger_and_keep_the_shape():
    images = torch.rand(4, 6, 6)
    assert shifts(6, pixels=2)(images, rng()).shape == (4, 6, 6)
    assert shifts(6, pixels=2)(images.reshape(4, 36), rng()).shape == (4, 36)
    assert torch.equal(shifts(6, pixels=0)(images, rng()), images)


def test_the_generator_decides_the_shifts():
    images = torch.rand(50, 64)
    augment = shifts(8)
    assert torch.equal(augment(images, rng(1)), augment(images, rng(1)))
    assert not torch.equal(augment(images, rng(1)), augment(images, rng(2)))


# -- learning ------------------------------------------------------------------------------


def fit(model, **settings):
    X, y, *_ = load_digits()
    return train(model, X / np.float32(255), y.astype(np.int64) % model.settings["n_classes"],
                 **recipe(model) | {"device": "cpu", **settings})  # fmt: skip


def test_learns_the_small_digits():
    model = network((8, 16, 32), side=8, stride=1)
    history = fit(model, epochs=4)
    _, _, X_test, y_test = load_digits()
    _, score = evaluate(
        model, X_test / np.float32(255), y_test, loss=nn.CrossEntropyLoss(), score=accuracy
    )
    assert history.losses[-1] < history.losses[0] / 2
    assert score > 0.95


def test_a_seed_decides_everything():
    def trained(seed):
        model = network(seed=seed, side=8, stride=1)
        fit(model, epochs=1, seed=seed)
        return parameters(model)

    assert torch.equal(trained(1), trained(1))
    assert not torch.equal(trained(1), trained(2))


@pytest.mark.cuda
def test_learns_on_a_graphics_card():
    model = network((8, 16, 32), side=8, stride=1)
    history = fit(model, epochs=4, device="cuda")
    assert parameters(model).device.type == "cuda"
    assert history.losses[-1] < history.losses[0] / 2
