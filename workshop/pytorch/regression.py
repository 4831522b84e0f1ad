"""A network that answers with a number, in three libraries: the same arguments for each.

Read `workshop.pytorch.three_libraries` first. What changes from a classifier is the end: one number
comes out, and the loss compares numbers. PyTorch and Keras lower the mean absolute error itself;
scikit-learn's network knows no such loss and lowers the mean squared error.
"""

import warnings
from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import nn

from workshop.pytorch.dense import DenseNetwork
from workshop.pytorch.devices import choose_device, seed_everything
from workshop.pytorch.three_libraries import Fitted, Samples, import_keras
from workshop.pytorch.training import predict, train

NOISE_FLOOR = float(np.sqrt(2 / np.pi))  # mean absolute value of the noise of `make_friedman`


def make_friedman(n_samples: int = 2800, seed: int = 0) -> Samples:
    """
    Make numbers that depend on others in a curved way, with noise.

    y is 10 sin(pi x0 x1) + 20 (x2 - 1/2)^2 + 10 x3 + 5 x4 and normal noise of standard deviation 1;
    x5 to x9 have nothing to do with it. So nobody can foretell y better than to `NOISE_FLOOR` on
    average, about 0.80.

    Parameters
    ----------
    n_samples : int
    seed : int

    Returns
    -------
    X : np.ndarray of float32, shape (n_samples, 10)
        Between 0 and 1.
    y : np.ndarray of float32, shape (n_samples,)

    References
    ----------
    J. H. Friedman: Multivariate Adaptive Regression Splines. Annals of Statistics 19, 1991.
    """
    from sklearn.datasets import make_friedman1

    X, y = make_friedman1(n_samples, n_features=10, noise=1.0, random_state=seed)
    return X.astype(np.float32), y.astype(np.float32)


def fit_scikit_learn(
    training: Samples,
    validation: Samples,
    *,
    hidden_sizes: Sequence[int],
    batch_size: int = 64,
    max_epochs: int = 100,
    patience: int = 10,
    seed: int = 0,
    device: str | None = None,  # noqa: ARG001
) -> Fitted:
    """Train a regression with scikit-learn.

    Parameters
    ----------
    training, validation : (X, y)
        Arrays of float32, shape (n_samples, n_features) and (n_samples,).
    hidden_sizes, batch_size, max_epochs, patience, seed, device
        As in `three_libraries.fit_scikit_learn`.

    Returns
    -------
    Fitted
    """
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPRegressor

    X, y = map(np.concatenate, zip(training, validation, strict=True))
    # --8<-- [start:scikit_learn]
    network = MLPRegressor(
        hidden_layer_sizes=hidden_sizes,
        loss="squared_error",  # it has no absolute one
        batch_size=batch_size,
        alpha=0,
        early_stopping=True,
        validation_fraction=len(validation[0]) / len(X),
        n_iter_no_change=patience - 1,
        max_iter=max_epochs,
        random_state=seed,
    )
    # --8<-- [end:scikit_learn]
    with warnings.catch_warnings(action="ignore", category=ConvergenceWarning):
        network.fit(X, y)
    return Fitted(network.predict, network.n_iter_)


def fit_pytorch(
    training: Samples,
    validation: Samples,
    *,
    hidden_sizes: Sequence[int],
    batch_size: int = 64,
    max_epochs: int = 100,
    patience: int = 10,
    seed: int = 0,
    device: str | None = None,
) -> Fitted:
    """Train a regression with PyTorch; parameters and result are those of `fit_scikit_learn`.

    The loss is the mean absolute error.
    """
    X = training[0]
    seed_everything(seed)
    # --8<-- [start:pytorch]
    network = DenseNetwork((X.shape[1], *hidden_sizes, 1))
    history = train(
        network,
        X,
        training[1][:, None],  # a column, as the output is
        loss=nn.L1Loss(),  # the mean absolute error
        # --8<-- [end:pytorch]
        optimizer=torch.optim.Adam(network.parameters(), lr=0.001),
        batch_size=batch_size,
        epochs=max_epochs,
        validation=(validation[0], validation[1][:, None]),
        patience=patience,
        device=device,
        seed=seed,
    )
    return Fitted(lambda X: predict(network, X).numpy()[:, 0], len(history.losses))


def fit_keras(
    training: Samples,
    validation: Samples,
    *,
    hidden_sizes: Sequence[int],
    batch_size: int = 64,
    max_epochs: int = 100,
    patience: int = 10,
    seed: int = 0,
    device: str | None = None,
) -> Fitted:
    """Train a regression with Keras; parameters and result are those of `fit_scikit_learn`.

    The loss is the mean absolute error.

    Raises
    ------
    MissingLibraryError
        If Keras is not installed.
    """
    keras = import_keras()
    (X, y), place = training, str(choose_device(device))
    with keras.device(place):
        keras.utils.set_random_seed(seed)
        # --8<-- [start:keras]
        network = keras.Sequential(
            [
                keras.Input((X.shape[1],)),
                *(keras.layers.Dense(size, activation="relu") for size in hidden_sizes),
                keras.layers.Dense(1),
            ]
        )
        network.compile(
            optimizer=keras.optimizers.Adam(learning_rate=0.001),
            loss="mean_absolute_error",
        )
        # --8<-- [end:keras]
        history = network.fit(
            X,
            y,
            batch_size=batch_size,
            epochs=max_epochs,
            validation_data=validation,
            callbacks=[keras.callbacks.EarlyStopping(patience=patience, restore_best_weights=True)],
            verbose=0,
        )

    def numbers(X: np.ndarray) -> np.ndarray:
        with keras.device(place):
            return network.predict(X, batch_size=1000, verbose=0)[:, 0]

    return Fitted(numbers, len(history.epoch))


LIBRARIES: dict[str, Callable[..., Fitted]] = {
    "scikit-learn": fit_scikit_learn,
    "PyTorch": fit_pytorch,
    "Keras": fit_keras,
}
