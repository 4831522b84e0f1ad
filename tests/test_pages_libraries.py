"""What step 12's page says about three libraries, their defaults, and two softmaxes."""

import inspect

import numpy as np
import pytest
import torch
from sklearn.neural_network import MLPClassifier, MLPRegressor
from torch import nn

from docs.figures import step12_three_libraries as figures
from workshop.pytorch.dense import DenseNetwork
from workshop.pytorch.models import count_parameters
from workshop.pytorch.three_libraries import import_keras


@pytest.fixture
def keras(monkeypatch, tmp_path):
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.setenv("KERAS_BACKEND", "torch")
    return import_keras()


def defaults(callable_, *names):
    parameters = inspect.signature(callable_).parameters
    return tuple(parameters[name].default for name in names)


# -- the tables ----------------------------------------------------------------------------


def test_the_network_has_as_many_parameters_as_the_page_says(keras):
    sizes = (784, 512, 512, 10)
    network = keras.Sequential(
        [keras.Input((sizes[0],)), *(keras.layers.Dense(size) for size in sizes[1:])]
    )
    assert count_parameters(DenseNetwork(sizes)) == network.count_params() == 669_706
    assert isinstance(network, nn.Module), "Keras on PyTorch builds PyTorch modules"


def test_defaults_of_scikit_learn():
    names = ("learning_rate_init", "batch_size", "max_iter", "alpha", "solver", "early_stopping")
    assert defaults(MLPClassifier, *names) == (0.001, "auto", 200, 0.0001, "adam", False)
    assert defaults(MLPClassifier, "momentum", "nesterovs_momentum") == (0.9, True)
    with pytest.raises(ValueError, match="loss"):  # no mean absolute error
        MLPRegressor(loss="absolute_error").fit([[0.0], [1.0]], [0.0, 1.0])


def test_defaults_of_pytorch():
    assert defaults(torch.optim.Adam, "lr", "weight_decay", "eps") == (0.001, 0, 1e-8)
    assert defaults(torch.optim.SGD, "lr", "momentum") == (0.001, 0)
    weight = nn.Linear(400, 50).weight
    assert float(weight.detach().abs().max()) == pytest.approx(1 / 20, rel=0.01)


@pytest.mark.filterwarnings("ignore:Stochastic Optimizer:Warning")
def test_first_weights_of_scikit_learn_and_keras_are_those_of_the_formula(keras):
    X, y = np.zeros((20, 300)), np.arange(20) % 2
    limit = np.sqrt(6 / (300 + 100))
    network = MLPClassifier(100, learning_rate_init=1e-12, max_iter=1, alpha=0, random_state=0)
    weights = np.abs(network.fit(X, y).coefs_[0])
    assert limit * 0.99 < weights.max() <= limit
    assert np.abs(network.intercepts_[0]).max() > 0.5 * limit, "first biases are random, too"
    layer = keras.layers.Dense(100)
    layer.build((None, 300))
    kernel = np.abs(layer.kernel.value.detach().cpu().numpy())
    assert limit * 0.99 < kernel.max() <= limit * 1.0001


def test_defaults_of_keras(keras):
    assert defaults(keras.optimizers.Adam, "learning_rate", "epsilon") == (0.001, 1e-7)
    assert defaults(keras.optimizers.SGD, "learning_rate", "momentum") == (0.01, 0.0)
    assert defaults(keras.Model.fit, "epochs", "batch_size") == (1, None)
    assert defaults(keras.losses.SparseCategoricalCrossentropy, "from_logits") == (False,)
    stopping = defaults(keras.callbacks.EarlyStopping, "monitor", "restore_best_weights")
    assert stopping == ("val_loss", False)
    assert defaults(keras.layers.Dense, "kernel_initializer") == ("glorot_uniform",)
    assert defaults(keras.layers.Dense, "bias_initializer") == ("zeros",)


def test_keras_takes_32_samples_at_a_time_and_weights_as_inputs_by_outputs(keras):
    network = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
    network.compile(loss="mean_absolute_error")
    batches = []
    count = keras.callbacks.LambdaCallback(
        on_train_batch_end=lambda batch, logs=None: batches.append(batch)
    )
    network.fit(np.zeros((65, 3)), np.zeros((65, 2)), callbacks=[count], verbose=0)
    assert len(batches) == 3
    assert network.layers[0].kernel.shape == (3, 2)
    assert nn.Linear(3, 2).weight.shape == (2, 3)
    assert keras.config.image_data_format() == "channels_last"


# -- softmax twice -------------------------------------------------------------------------


def test_the_pushes_are_those_that_pytorch_finds():
    margins = np.array([-8.0, -1.0, 0.0, 2.5, 12.0])
    once, twice = figures._slopes(margins)
    logits = torch.zeros(len(margins), 10, dtype=torch.float64)
    logits[:, 0] = torch.as_tensor(margins)
    for expected, softmaxes in ((once, 0), (twice, 1)):
        given = logits.clone().requires_grad_()
        outputs = nn.Softmax(dim=1)(given) if softmaxes else given
        targets = torch.zeros(len(margins), dtype=torch.int64)
        nn.CrossEntropyLoss(reduction="sum")(outputs, targets).backward()
        np.testing.assert_allclose(-given.grad[:, 0], expected, atol=1e-12)


def test_the_loss_of_two_softmaxes_cannot_fall_below_the_pages_number():
    certain = torch.zeros(1, 10)
    certain[0, 3] = 1  # what the first softmax can give at best
    least = float(nn.CrossEntropyLoss()(certain, torch.tensor([3])))
    assert least == pytest.approx(figures.LEAST_LOSS)
    assert f"{least:.2f}" == "1.46"
    share = float(torch.softmax(certain, dim=1)[0, 3])
    assert share == pytest.approx(0.232, abs=0.0005)


def test_two_softmaxes_hardly_push_an_answer_that_is_sure_and_wrong():
    once, twice = figures._slopes(np.array([-8.0]))
    assert once[0] > 0.999
    assert twice[0] < 0.0001
