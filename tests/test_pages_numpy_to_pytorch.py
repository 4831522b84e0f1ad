"""What the slides "From NumPy to PyTorch" show in code, and what they say of it."""

import numpy as np
import pytest
import torch
from torch import nn

from workshop import neuron
from workshop.datasets import load_ten_points, make_counting_ones
from workshop.functions import one_hot
from workshop.network import Network
from workshop.pytorch.dense import DenseNetwork
from workshop.pytorch.devices import choose_device


def test_a_tensor_is_an_array():
    # --8<-- [start:tensor]
    array = np.ones((2, 3), dtype=np.float32)
    tensor = torch.from_numpy(array)
    tensor[0, 0] = 5
    assert array[0, 0] == 5  # the same memory

    assert (tensor @ tensor.T).shape == (2, 2)
    assert tensor.sum(dim=0).shape == (3,)  # NumPy: axis=0
    assert torch.tensor([0.5]).dtype == torch.float32  # NumPy: float64
    assert str(tensor.device) == "cpu"
    # --8<-- [end:tensor]


def test_pytorch_finds_the_slopes_that_we_wrote_down():
    points = load_ten_points()
    x, y = map(torch.as_tensor, points)
    # --8<-- [start:autograd]
    w = torch.tensor(1.0, requires_grad=True)
    b = torch.tensor(1.0, requires_grad=True)

    cost = ((b + w * x - y) ** 2).sum()
    cost.backward()

    slopes = w.grad.item(), b.grad.item()
    assert slopes == pytest.approx(neuron.gradients(*points, 1, 1))
    # --8<-- [end:autograd]


def test_slopes_add_up():
    # --8<-- [start:adds_up]
    w = torch.tensor(3.0, requires_grad=True)

    (w**2).backward()
    assert w.grad == 6  # the slope of w squared is 2 w

    (w**2).backward()
    assert w.grad == 12  # not 6

    w.grad = None  # what optimizer.zero_grad() does
    (w**2).backward()
    assert w.grad == 6
    # --8<-- [end:adds_up]


def test_the_numbers_are_saved_and_not_the_object(tmp_path):
    neuron, path = DenseNetwork([10, 1]), tmp_path / "counting.pt"
    # --8<-- [start:save]
    torch.save(neuron.state_dict(), path)

    # in another program: make the network anew, and fill the numbers in
    again = DenseNetwork([10, 1])
    again.load_state_dict(torch.load(path, weights_only=True))
    again.eval()
    # --8<-- [end:save]
    X = torch.ones(1, 10)
    assert torch.equal(again(X), neuron(X))


def test_a_model_and_its_data_lie_on_one_device():
    model, X = DenseNetwork([10, 1]), torch.zeros(3, 10)
    # --8<-- [start:device]
    device = choose_device()  # "cuda", "mps" or "cpu": the first that is there
    outputs = model.to(device)(X.to(device))
    # --8<-- [end:device]
    assert outputs.device.type == device.type


def test_both_networks_answer_alike_and_have_the_same_slopes():
    rng = np.random.default_rng(0)
    X, labels = rng.normal(size=(32, 20)), rng.integers(0, 10, 32)
    ours = Network((20, 16, 10), seed=0, dtype=np.float64)
    ours.parameters += rng.normal(scale=0.1, size=ours.parameters.shape)  # biases, too
    theirs = DenseNetwork((20, 16, 10)).double()
    linear = [layer for layer in theirs.layers if isinstance(layer, nn.Linear)]
    for layer, weights, biases in zip(linear, ours.weights, ours.biases, strict=True):
        layer.weight.data = torch.tensor(weights.T.copy())
        layer.bias.data = torch.tensor(biases)

    loss, gradient = ours.backpropagate(X, one_hot(labels, 10, dtype=np.float64))
    their_loss = nn.CrossEntropyLoss()(theirs(torch.tensor(X)), torch.tensor(labels))
    their_loss.backward()

    assert loss == pytest.approx(their_loss.item(), abs=1e-12)
    slopes = [t for layer in linear for t in (layer.weight.grad.T, layer.bias.grad)]
    flat = np.concatenate([t.numpy().ravel() for t in slopes])
    np.testing.assert_allclose(gradient, flat, atol=1e-12)


def test_targets_in_a_row_are_compared_with_each_answer():
    X, y = map(torch.as_tensor, make_counting_ones(100))
    answers = X.sum(dim=1, keepdim=True)  # each of them right
    with pytest.warns(UserWarning, match="target size"):
        in_a_row = nn.MSELoss()(answers, y[:, 0])
    assert in_a_row > 1  # and yet the loss is high
