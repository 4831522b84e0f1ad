"""Gradients against finite differences and PyTorch, and how a network keeps its parameters."""

import copy
import pickle

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from workshop.functions import one_hot
from workshop.network import ACTIVATIONS, LOSSES, Network

SHAPES = st.tuples(
    st.integers(1, 6),  # inputs
    st.lists(st.integers(1, 6), max_size=3),  # hidden layers
    st.integers(2, 5),  # classes
).map(lambda shape: (shape[0], *shape[1], shape[2]))


def random_problem(
    sizes: tuple[int, ...], activation: str, loss: str, seed: int
) -> tuple[Network, np.ndarray, np.ndarray]:
    """Return a float64 network with random biases (zero ones sit on ReLU's kink) and data."""
    rng = np.random.default_rng(seed)
    network = Network(sizes, activation=activation, loss=loss, seed=seed, dtype=np.float64)
    for biases in network.biases:
        biases[:] = rng.normal(size=biases.shape)
    X = rng.normal(size=(int(rng.integers(1, 9)), sizes[0]))
    targets = rng.dirichlet(np.ones(sizes[-1]), size=len(X))  # soft, as label smoothing makes them
    if seed % 2:
        targets = one_hot(targets.argmax(axis=1), sizes[-1], dtype=np.float64)
    return network, X, targets


def finite_differences(
    network: Network, X: np.ndarray, targets: np.ndarray, h: float = 1e-6
) -> np.ndarray:
    gradient = np.empty_like(network.parameters)
    for i in range(len(gradient)):
        value = network.parameters[i]
        network.parameters[i] = value + h
        above, _ = network.backpropagate(X, targets)
        network.parameters[i] = value - h
        below, _ = network.backpropagate(X, targets)
        network.parameters[i] = value
        gradient[i] = (above - below) / (2 * h)
    return gradient


def torch_loss_and_gradient(
    network: Network, X: np.ndarray, targets: np.ndarray
) -> tuple[float, np.ndarray]:
    activate = {"relu": torch.relu, "sigmoid": torch.sigmoid}[network.activation]
    tensors = [
        torch.tensor(values, requires_grad=True)
        for pair in zip(network.weights, network.biases, strict=True)
        for values in pair
    ]
    signal, expected = torch.tensor(X), torch.tensor(targets)
    for i in range(0, len(tensors), 2):
        signal = signal @ tensors[i] + tensors[i + 1]
        if i + 2 < len(tensors):
            signal = activate(signal)
    if network.loss == "cross_entropy":
        loss = torch.nn.functional.cross_entropy(signal, expected)
    else:
        loss = ((torch.softmax(signal, dim=1) - expected) ** 2).sum(dim=1).mean()
    loss.backward()
    return loss.item(), np.concatenate([tensor.grad.numpy().ravel() for tensor in tensors])


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
@given(sizes=SHAPES, seed=st.integers(0, 2**32 - 1))
def test_gradients_agree_with_finite_differences_and_torch(activation, loss, sizes, seed):
    network, X, targets = random_problem(sizes, activation, loss, seed)
    ours, gradient = network.backpropagate(X, targets)
    theirs, torch_gradient = torch_loss_and_gradient(network, X, targets)
    assert ours == pytest.approx(theirs, abs=1e-12)
    assert gradient.dtype == np.float64
    np.testing.assert_allclose(gradient, torch_gradient, rtol=0, atol=1e-12)
    np.testing.assert_allclose(gradient, finite_differences(network, X, targets), rtol=0, atol=1e-6)


def test_a_wrong_gradient_would_be_seen(monkeypatch):
    """The check above must fail on the classic mistake: the derivative of the wrong function."""
    relu, _ = ACTIVATIONS["relu"]
    monkeypatch.setitem(ACTIVATIONS, "relu", (relu, lambda output: output * (1 - output)))
    network, X, targets = random_problem((4, 5, 3), "relu", "cross_entropy", 1)
    _, gradient = network.backpropagate(X, targets)
    assert abs(gradient - finite_differences(network, X, targets)).max() > 1e-3


def test_the_network_by_hand():
    """Two inputs, two hidden neurons, two classes: every number can be checked on paper."""
    network = Network((2, 2, 2), activation="relu", dtype=np.float64)
    network.weights[0][:] = [[1, -1], [2, 1]]
    network.biases[0][:] = [0.5, 0.5]
    network.weights[1][:] = [[1, 0], [0, 1]]
    network.biases[1][:] = [0, 0]
    _, hidden, probabilities = network.feedforward(np.array([[1.0, 1.0], [3.0, -1.0]]))
    np.testing.assert_allclose(hidden, [[3.5, 0.5], [1.5, 0.0]])
    np.testing.assert_allclose(probabilities[0, 0] / probabilities[0, 1], np.exp(3.0))
    np.testing.assert_allclose(probabilities[1, 0] / probabilities[1, 1], np.exp(1.5))


def test_outputs_have_the_shapes_of_the_layers_and_rows_that_add_up_to_one():
    network = Network((7, 5, 4, 3), seed=0)
    X = np.random.default_rng(0).normal(size=(6, 7)).astype(np.float32)
    outputs = network.feedforward(X)
    assert [output.shape for output in outputs] == [(6, 7), (6, 5), (6, 4), (6, 3)]
    np.testing.assert_allclose(outputs[-1].sum(axis=1), 1, rtol=1e-6)


def test_float32_stays_float32():
    """One float64 among them would cost half the speed without a word."""
    network = Network((7, 5, 3), activation="sigmoid", loss="squared_error", seed=0)
    X = np.ones((4, 7), np.float32)
    assert {output.dtype for output in network.feedforward(X)} == {np.dtype(np.float32)}
    _, gradient = network.backpropagate(X, one_hot(np.array([0, 1, 2, 0]), 3))
    assert gradient.dtype == np.float32


@pytest.mark.parametrize("n_samples", [0, 1, 4095, 4096, 4097, 9000])
def test_prediction_in_pieces_is_prediction_in_one(n_samples):
    network = Network((3, 4, 2), seed=0, dtype=np.float64)
    X = np.random.default_rng(0).normal(size=(n_samples, 3))
    result = network.predict_proba(X)
    assert result.shape == (n_samples, 2)
    np.testing.assert_allclose(result, network.feedforward(X)[-1], rtol=1e-12)


def test_weights_and_biases_are_views_of_the_parameters():
    network = Network((3, 4, 2), seed=0)
    assert network.parameters.shape == (3 * 4 + 4 + 4 * 2 + 2,)
    network.parameters[:] = np.arange(len(network.parameters))
    assert network.weights[0][0, 1] == 1
    assert network.biases[1].tolist() == [24, 25]
    network.weights[1][3, 1] = -7
    assert network.parameters[23] == -7


@pytest.mark.parametrize(
    "duplicate", [copy.deepcopy, lambda network: pickle.loads(pickle.dumps(network))]
)
def test_a_copy_is_complete_and_independent(duplicate):
    network = Network((3, 4, 2), seed=0)
    twin = duplicate(network)
    X = np.ones((2, 3), np.float32)
    np.testing.assert_array_equal(twin.predict_proba(X), network.predict_proba(X))
    twin.parameters[:] = 0
    assert not twin.weights[0].any()
    assert network.weights[0].any()
    assert twin.rng.random() == network.rng.random()


def test_one_seed_is_one_network():
    assert (Network((5, 4, 3), seed=1).parameters == Network((5, 4, 3), seed=1).parameters).all()
    assert (Network((5, 4, 3), seed=1).parameters != Network((5, 4, 3), seed=2).parameters).any()


@pytest.mark.parametrize(("activation", "variance"), [("relu", 2 / 300), ("sigmoid", 2 / 500)])
def test_first_weights_have_the_variance_of_the_literature_and_first_biases_are_zero(
    activation, variance
):
    network = Network((300, 200, 10), activation=activation, seed=0)
    assert network.weights[0].var() == pytest.approx(variance, rel=0.02)
    assert abs(network.weights[0].mean()) < 1e-3
    assert not any(biases.any() for biases in network.biases)


def test_the_global_random_generator_is_left_alone():
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    Network((5, 4, 3), seed=None)
    np.testing.assert_array_equal(np.random.get_state()[1], before)  # noqa: NPY002


@pytest.mark.parametrize(
    "wrong", [{"sizes": (4,)}, {"activation": "step"}, {"loss": "hinge"}], ids=str
)
def test_settings_that_do_not_exist_are_refused(wrong):
    with pytest.raises(ValueError, match="Network needs"):
        Network(**{"sizes": (4, 3), **wrong})
