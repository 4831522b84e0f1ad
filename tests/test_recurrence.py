"""The recurrent layer in NumPy: PyTorch is the oracle."""

import itertools

import numpy as np
import pytest
import torch

from workshop.recurrence import RecurrentLayer, lamp_layer, random_layer
from workshop.sequences import make_lamps


@pytest.fixture
def case():
    rng = np.random.default_rng(0)
    layer = RecurrentLayer(
        rng.normal(size=(3, 4)), rng.normal(size=(4, 4)) / 2, rng.normal(size=4) / 2
    )
    return layer, rng.normal(size=(5, 7, 3)), rng.normal(size=(5, 4))


def torch_layer(layer):
    n_inputs, n_hidden = layer.input_weights.shape
    theirs = torch.nn.RNN(n_inputs, n_hidden, batch_first=True, dtype=torch.float64)
    with torch.no_grad():
        theirs.weight_ih_l0.copy_(torch.as_tensor(layer.input_weights.T))
        theirs.weight_hh_l0.copy_(torch.as_tensor(layer.recurrent_weights.T))
        theirs.bias_ih_l0.copy_(torch.as_tensor(layer.biases))
        theirs.bias_hh_l0.zero_()
    return theirs


def test_reads_a_sequence_as_pytorch_does(case):
    layer, X, _ = case
    states = layer.read(X)
    assert states.shape == (5, 8, 4)
    assert not states[:, 0].any()
    answers, _ = torch_layer(layer)(torch.as_tensor(X))
    np.testing.assert_allclose(states[:, 1:], answers.detach(), atol=1e-12)


def test_gradients_are_those_of_pytorch(case):
    layer, X, slopes_at_end = case
    gradients, _ = layer.backpropagate(X, layer.read(X), slopes_at_end)
    theirs = torch_layer(layer)
    answers, _ = theirs(torch.as_tensor(X))
    (answers[:, -1] * torch.as_tensor(slopes_at_end)).sum().backward()
    np.testing.assert_allclose(gradients.input_weights, theirs.weight_ih_l0.grad.T, atol=1e-10)
    np.testing.assert_allclose(gradients.recurrent_weights, theirs.weight_hh_l0.grad.T, atol=1e-10)
    np.testing.assert_allclose(gradients.biases, theirs.bias_ih_l0.grad, atol=1e-10)


def test_slopes_of_states_are_finite_differences(case):
    layer, X, slopes_at_end = case
    states = layer.read(X)
    _, slopes = layer.backpropagate(X, states, slopes_at_end)
    np.testing.assert_array_equal(slopes[:, -1], slopes_at_end)

    def loss_from(t, state):
        for inputs in X[:, t:].swapaxes(0, 1):
            state = layer.step(inputs, state)
        return np.sum(state * slopes_at_end)

    for t, neuron in itertools.product(range(8), range(4)):
        push = np.zeros((5, 4))
        push[2, neuron] = 1e-6
        up, down = (loss_from(t, states[:, t] + sign * push) for sign in (1, -1))
        assert slopes[2, t, neuron] == pytest.approx((up - down) / 2e-6, abs=1e-7)


def test_two_neurons_made_by_hand_know_whether_the_lamp_is_on():
    X, y = make_lamps(300, (1000, 1000))
    last = lamp_layer().read(X[..., None])[:, -1]
    lamp = (last[:, 0] - last[:, 1]) / 2
    np.testing.assert_allclose(lamp, y, atol=1e-3)


def test_the_lamp_moment_by_moment():
    """The table of the page."""
    # --8<-- [start:lamp]
    presses = np.array([1, 0, 1, 1])
    states = lamp_layer().read(presses[None, :, None])[0]
    assert states.round().tolist() == [
        [0, 0],  # at the start
        [1, -1],  # pressed: on
        [1, -1],  # a wait: still on
        [1, 1],  # pressed: off
        [1, -1],  # pressed: on
    ]
    lamp = (states[:, 0] - states[:, 1]) / 2
    assert lamp.round().tolist() == [0, 1, 1, 0, 1]
    # --8<-- [end:lamp]
    waiting = lamp_layer().step(np.zeros((1, 1)), states[3:4])
    assert waiting.round().tolist() == [[-1, -1]], "off: neither of them"


@pytest.mark.parametrize("scale", [0.5, 1.0, 1.5])
def test_random_layers_make_states_longer_by_the_factor(scale):
    weights = random_layer(1, 6, scale=scale).recurrent_weights
    np.testing.assert_allclose(weights @ weights.T, scale**2 * np.eye(6), atol=1e-12)
    state = np.random.default_rng(1).normal(size=6)
    assert np.linalg.norm(state @ weights) == pytest.approx(scale * np.linalg.norm(state))
