"""One network in three libraries: scikit-learn, PyTorch, and Keras 3 on top of PyTorch.

The functions of `LIBRARIES` take the same arguments and give the same kind of answer, so that a
program can swap one library for another. All use Adam with a learning rate of 0.001, stop early,
and keep the weights of the best epoch.
"""

import os
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import nn

from workshop.pytorch.dense import DenseNetwork
from workshop.pytorch.devices import choose_device, seed_everything
from workshop.pytorch.training import predict, train

Samples = tuple[np.ndarray, np.ndarray]


class MissingLibraryError(OSError):
    """A library that a step needs is not installed."""


@dataclass
class Fitted:
    """A trained network, whatever library it is from.

    Attributes
    ----------
    predict : function
        Takes X, shape (n_samples, n_features); returns a class, or a number, for each sample, shape
        (n_samples,).
    epochs : int
        How many epochs the training took.
    """

    predict: Callable[[np.ndarray], np.ndarray]
    epochs: int


def import_keras() -> Any:
    """Import Keras, with PyTorch doing its sums, and return it.

    Keras 3 needs another library for its sums: TensorFlow, JAX or PyTorch. Which one, it reads from
    the environment variable ``KERAS_BACKEND`` when it is imported, and takes TensorFlow where there
    is none. So the variable has to be set before, and setting it later does nothing. A backend that
    you have chosen yourself stays.

    Returns
    -------
    module

    Raises
    ------
    MissingLibraryError
        If Keras is not installed.
    """
    # --8<-- [start:backend]
    # Before the import: afterwards it is too late.
    os.environ.setdefault("KERAS_BACKEND", "torch")
    try:
        import keras
    except ModuleNotFoundError as error:
        raise MissingLibraryError(
            "This step needs Keras 3 and a library for its sums, "
            f"but {error.name} is not installed. "
            "Get both: python -m pip install keras torch"
        ) from error
    # --8<-- [end:backend]
    return keras


def fit_scikit_learn(
    training: Samples,
    validation: Samples,
    *,
    hidden_sizes: Sequence[int],
    batch_size: int = 256,
    max_epochs: int = 5,
    patience: int = 2,
    seed: int = 0,
    device: str | None = None,  # noqa: ARG001
) -> Fitted:
    """Train a classifier with scikit-learn.

    Parameters
    ----------
    training, validation : (X, y)
        Arrays of shape (n_samples, n_features), floating point, and (n_samples,), the class
        numbers from 0. scikit-learn takes both together and sets as many aside as there are
        validation samples, but others.
    hidden_sizes : sequence of int
        Neurons of each hidden layer.
    batch_size : int
        Samples per update.
    max_epochs : int
        Go through the training samples so often at most.
    patience : int, epochs
        Stop when the validation samples have not been read better for so long.
    seed : int
        Of the first weights and the order of the samples.
    device : ignored
        scikit-learn's networks know only the CPU.

    Returns
    -------
    Fitted
    """
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    # --8<-- [start:scikit_learn]
    X, y = map(np.concatenate, zip(training, validation, strict=True))
    network = MLPClassifier(
        hidden_layer_sizes=hidden_sizes,
        activation="relu",
        solver="adam",
        learning_rate_init=0.001,
        batch_size=batch_size,
        alpha=0,  # no weight decay
        early_stopping=True,
        validation_fraction=len(validation[0]) / len(X),
        n_iter_no_change=patience - 1,  # it stops after one more
        max_iter=max_epochs,
        random_state=seed,
    )
    with warnings.catch_warnings(action="ignore", category=ConvergenceWarning):
        network.fit(X, y)
    # --8<-- [end:scikit_learn]
    return Fitted(network.predict, network.n_iter_)


def fit_pytorch(
    training: Samples,
    validation: Samples,
    *,
    hidden_sizes: Sequence[int],
    batch_size: int = 256,
    max_epochs: int = 5,
    patience: int = 2,
    seed: int = 0,
    device: str | None = None,
) -> Fitted:
    """Train a classifier with PyTorch; parameters and result are those of `fit_scikit_learn`.

    The training stops when the validation loss has not fallen for `patience` epochs. For `device`,
    see `devices.choose_device`.
    """
    X, y = training[0], training[1].astype(np.int64)
    X_validation, y_validation = validation[0], validation[1].astype(np.int64)
    # --8<-- [start:pytorch]
    seed_everything(seed)
    network = DenseNetwork((X.shape[1], *hidden_sizes, n_classes(y)))
    history = train(
        network,
        X,
        y,
        loss=nn.CrossEntropyLoss(),  # has the softmax inside
        optimizer=torch.optim.Adam(network.parameters(), lr=0.001),
        batch_size=batch_size,
        epochs=max_epochs,
        validation=(X_validation, y_validation),
        patience=patience,
        device=device,
        seed=seed,
    )
    # --8<-- [end:pytorch]
    return Fitted(lambda X: predict(network, X).argmax(dim=1).numpy(), len(history.losses))


def fit_keras(
    training: Samples,
    validation: Samples,
    *,
    hidden_sizes: Sequence[int],
    batch_size: int = 256,
    max_epochs: int = 5,
    patience: int = 2,
    seed: int = 0,
    device: str | None = None,
) -> Fitted:
    """Train a classifier with Keras; parameters and result are those of `fit_pytorch`.

    Raises
    ------
    MissingLibraryError
        If Keras is not installed.
    """
    keras = import_keras()
    (X, y), place = training, str(choose_device(device))
    with keras.device(place):
        # --8<-- [start:keras]
        keras.utils.set_random_seed(seed)
        network = keras.Sequential(
            [
                keras.Input((X.shape[1],)),
                *(keras.layers.Dense(size, activation="relu") for size in hidden_sizes),
                keras.layers.Dense(n_classes(y)),
            ]
        )
        network.compile(
            optimizer=keras.optimizers.Adam(learning_rate=0.001),
            # has the softmax inside, if you say so
            loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        )
        stop = keras.callbacks.EarlyStopping(patience=patience, restore_best_weights=True)
        history = network.fit(
            X,
            y,
            batch_size=batch_size,
            epochs=max_epochs,
            validation_data=validation,
            callbacks=[stop],
            verbose=0,
        )
        # --8<-- [end:keras]

    def classes(X: np.ndarray) -> np.ndarray:
        with keras.device(place):
            return network.predict(X, batch_size=1000, verbose=0).argmax(axis=1)

    return Fitted(classes, len(history.epoch))


LIBRARIES: dict[str, Callable[..., Fitted]] = {
    "scikit-learn": fit_scikit_learn,
    "PyTorch": fit_pytorch,
    "Keras": fit_keras,
}


def n_classes(y: np.ndarray) -> int:
    """Return how many classes there are, if they are numbered from 0."""
    return int(y.max()) + 1
