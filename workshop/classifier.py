"""`Network` as a scikit-learn estimator."""

import math
import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from numbers import Integral, Real
from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.model_selection import train_test_split
from sklearn.utils import check_random_state
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data

from workshop import storage
from workshop.augmentation import AUGMENTATIONS, Augment
from workshop.functions import one_hot
from workshop.network import ACTIVATIONS, LOSSES, Network, count_parameters
from workshop.optimizers import OPTIMIZERS, SCHEDULES, Momentum, Optimizer
from workshop.training import train


class NetworkClassifier(ClassifierMixin, BaseEstimator):
    """A multi-layer network that classifies, with scikit-learn's interface.

    Parameters
    ----------
    hidden_sizes : tuple of int
        Neurons in each hidden layer, first to last. ``()`` leaves no hidden layer.
    activation : {"relu", "sigmoid"}
        Of the hidden layers.
    loss : {"cross_entropy", "squared_error"}
        What training makes small.
    optimizer : {"momentum", "sgd", "rmsprop", "adam"}
        How a gradient becomes a step.
    learning_rate : float
        How far a step goes; the peak, if there is a schedule. The default is
        careful; with scaled inputs ten times as much often learns better.
    schedule : {"constant", "one_cycle"}
        How the learning rate changes during the training.
    momentum : float, 0 to 1
        For ``optimizer="momentum"``: the share of velocity that is kept.
    batch_size : int
        Samples per update.
    epochs : int
        How many times to go through the training samples.
    time_limit : float or None, seconds
        Stop training then, at the latest; a schedule ends then, too.
        Makes the result depend on the machine's speed.
    weight_decay : float
        An update takes this share, times the learning rate, off every weight.
    label_smoothing : float, 0 to 1
        This share of each target is spread over all classes, so that the
        network need not be infinitely sure.
    augmentation : {None, "shifts", "affine"}
        Change square images a little each time they are seen.
    early_stopping : bool
        Set samples aside, stop when the score on them has not improved for
        `patience` epochs, and keep the best epoch's parameters.
    validation_fraction : float, 0 to 1
        Share of samples set aside for early stopping.
    patience : int, epochs
        How long to wait for a better score.
    random_state : int, RandomState or None
        For weights, order of samples, augmentation and the validation split.
    verbose : bool
        Show a progress bar.

    Attributes
    ----------
    classes_ : ndarray of shape (n_classes,)
    n_features_in_ : int
    network_ : Network
    weights_ : list of ndarray
        Those of `network_`.
    biases_ : list of ndarray
        Those of `network_`.
    loss_curve_ : list of float
        Mean loss of each epoch.
    validation_scores_ : list of float
        Accuracy after each epoch on the samples set aside; empty without early stopping.
    n_iter_ : int
        Epochs that were run.

    References
    ----------
    Early stopping: L. Prechelt: Early Stopping, But When? 1998. Label smoothing: C. Szegedy and
    others: Rethinking the Inception Architecture for Computer Vision. CVPR, 2016. The sources of
    the rest stand in `network`, `optimizers`, `training` and `augmentation`.

    Examples
    --------
    >>> from workshop.classifier import NetworkClassifier
    >>> from workshop.datasets import load_digits
    >>> X_train, y_train, X_test, y_test = load_digits()
    >>> classifier = NetworkClassifier(random_state=0).fit(X_train / 255, y_train)
    >>> classifier.score(X_test / 255, y_test) > 0.9
    True
    """

    def __init__(
        self,
        hidden_sizes: tuple[int, ...] = (128,),
        activation: str = "relu",
        loss: str = "cross_entropy",
        optimizer: str = "momentum",
        learning_rate: float = 0.01,
        schedule: str = "constant",
        momentum: float = 0.9,
        batch_size: int = 64,
        epochs: int = 10,
        time_limit: float | None = None,
        weight_decay: float = 0.0,
        label_smoothing: float = 0.0,
        augmentation: str | None = None,
        early_stopping: bool = False,
        validation_fraction: float = 0.1,
        patience: int = 5,
        random_state: Any = None,
        verbose: bool = False,
    ) -> None:
        self.hidden_sizes = hidden_sizes
        self.activation = activation
        self.loss = loss
        self.optimizer = optimizer
        self.learning_rate = learning_rate
        self.schedule = schedule
        self.momentum = momentum
        self.batch_size = batch_size
        self.epochs = epochs
        self.time_limit = time_limit
        self.weight_decay = weight_decay
        self.label_smoothing = label_smoothing
        self.augmentation = augmentation
        self.early_stopping = early_stopping
        self.validation_fraction = validation_fraction
        self.patience = patience
        self.random_state = random_state
        self.verbose = verbose

    def fit(self, X: np.ndarray, y: np.ndarray) -> Self:
        """Train a new network.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Small numbers: pixels divided by 255, or standardised columns.
        y : array-like of shape (n_samples,)
            The label of each sample, numbers or strings.

        Returns
        -------
        self

        Raises
        ------
        ValueError
            If a setting or the data is not as described.
        FloatingPointError
            If the loss becomes infinite: the learning rate is too large.
        """
        self._check_settings()
        X, y = validate_data(self, X, y, dtype=np.float32, order="C")
        check_classification_targets(y)
        self.classes_, labels = np.unique(y, return_inverse=True)
        augment = self._augment()
        seed = check_random_state(self.random_state).randint(2**31 - 1)

        X_held_out, labels_held_out = X[:0], labels[:0]
        if self.early_stopping:
            X, X_held_out, labels, labels_held_out = train_test_split(
                X, labels, test_size=self.validation_fraction, stratify=labels, random_state=seed
            )
        n_classes = len(self.classes_)
        targets = one_hot(labels, n_classes)
        targets *= 1 - self.label_smoothing
        targets += self.label_smoothing / n_classes

        sizes = (X.shape[1], *self.hidden_sizes, n_classes)
        self.network_ = Network(sizes, activation=self.activation, loss=self.loss, seed=seed)
        self.validation_scores_: list[float] = []
        best_parameters = self.network_.parameters
        bar = _progress_bar(None if self.time_limit else self.epochs, shown=self.verbose)

        def after_epoch(loss: float) -> bool:
            nonlocal best_parameters
            bar.update()
            shown = {"loss": f"{loss:.4f}"}
            if self.early_stopping:
                predicted = self.network_.predict_proba(X_held_out).argmax(axis=1)
                score = float(np.mean(predicted == labels_held_out))
                if score > max(self.validation_scores_, default=-1.0):
                    best_parameters = self.network_.parameters.copy()
                self.validation_scores_.append(score)
                shown["validation"] = f"{score:.4f}"
            bar.set_postfix(shown)
            scores = self.validation_scores_
            return self.early_stopping and len(scores) - scores.index(max(scores)) > self.patience

        with bar, self._forget_on_failure():
            self.loss_curve_ = train(
                self.network_,
                X,
                targets,
                optimizer=self._optimizer(),
                learning_rate=self.learning_rate,
                batch_size=self.batch_size,
                epochs=self.epochs,
                weight_decay=self.weight_decay,
                schedule=SCHEDULES[self.schedule],
                time_limit=self.time_limit,
                augment=augment,
                after_epoch=after_epoch,
            )
        self.network_.parameters[:] = best_parameters
        self.n_iter_ = len(self.loss_curve_)
        return self

    def predict_proba(self, X: np.ndarray) -> np.ndarray:
        """Return the probability of each class, in the order of `classes_`.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)

        Returns
        -------
        ndarray of float32, shape (n_samples, n_classes)

        Raises
        ------
        NotFittedError
            If the network was not trained.
        ValueError
            If `X` has another number of features than in training, or holds NaN.
        """
        check_is_fitted(self, "network_")
        X = validate_data(self, X, dtype=np.float32, order="C", reset=False)
        return self.network_.predict_proba(X)

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Return the most probable label of each sample.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples,)

        Raises
        ------
        NotFittedError or ValueError
            As for `predict_proba`.
        """
        most_probable = self.predict_proba(X).argmax(axis=1)
        return self.classes_[most_probable]

    @property
    def weights_(self) -> list[np.ndarray]:
        """The weights of each layer, shape (inputs, outputs)."""
        return self.network_.weights

    @property
    def biases_(self) -> list[np.ndarray]:
        """The biases of each layer, shape (outputs,)."""
        return self.network_.biases

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write settings and parameters to an ``.npz`` file that holds no pickle.

        Parameters
        ----------
        path : path
            Written as it stands; a file that is there is replaced in one go.

        Raises
        ------
        NotFittedError
            If the network was not trained.
        ValueError
            If the labels or settings are objects that only pickle could write.
        OSError
            If the file cannot be written.
        """
        check_is_fitted(self, "network_")
        labels = self.classes_
        if labels.dtype == object and all(isinstance(label, str) for label in labels):
            labels = labels.astype(str)
        arrays = {
            "classes": labels,
            "sizes": np.array(self.network_.sizes),
            "parameters": self.network_.parameters,
            "loss_curve": np.array(self.loss_curve_),
            "validation_scores": np.array(self.validation_scores_),
        }
        if hasattr(self, "feature_names_in_"):  # a DataFrame's columns
            arrays["feature_names"] = self.feature_names_in_.astype(str)
        storage.save(path, self.get_params(), arrays)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """Return the classifier that `save` wrote to `path`.

        Parameters
        ----------
        path : path

        Returns
        -------
        NetworkClassifier

        Raises
        ------
        OSError
            If the file cannot be read.
        ValueError
            If the file is not one that `save` wrote.
        """
        settings, arrays = storage.load(path)
        try:
            settings["hidden_sizes"] = tuple(settings["hidden_sizes"])
            classifier = cls(**settings)
            classifier._check_settings()
            sizes = tuple(int(size) for size in arrays["sizes"])
            if sizes[1:] != (*classifier.hidden_sizes, len(arrays["classes"])):
                raise ValueError(f"its layers {sizes} do not fit its settings and classes")
            parameters = arrays["parameters"]
            if parameters.shape != (count_parameters(sizes),):
                raise ValueError(f"{parameters.size} parameters do not fit its layers {sizes}")
            if not np.isfinite(parameters).all():
                raise ValueError("some of its parameters are not finite numbers")
            network = Network(sizes, activation=classifier.activation, loss=classifier.loss)
            network.parameters[:] = parameters
            classifier.network_, classifier.n_features_in_ = network, sizes[0]
            classifier.classes_ = arrays["classes"]
            classifier.loss_curve_ = arrays["loss_curve"].tolist()
            classifier.validation_scores_ = arrays["validation_scores"].tolist()
            classifier.n_iter_ = len(classifier.loss_curve_)
            if "feature_names" in arrays:
                classifier.feature_names_in_ = arrays["feature_names"].astype(object)
        except (KeyError, TypeError, ValueError) as error:
            raise storage.unusable(path, error) from error
        return classifier

    @contextmanager
    def _forget_on_failure(self) -> Iterator[None]:
        """Leave no half-trained network behind that would answer as if it had learned."""
        try:
            yield
        except BaseException:
            del self.network_
            raise

    def _check_settings(self) -> None:
        choices: dict[str, Collection] = {
            "activation": ACTIVATIONS,
            "loss": LOSSES,
            "optimizer": OPTIMIZERS,
            "schedule": SCHEDULES,
            "augmentation": [None, *AUGMENTATIONS],
        }
        for name, allowed in choices.items():
            if getattr(self, name) not in list(allowed):
                _refuse(name, "one of " + ", ".join(map(repr, allowed)), getattr(self, name))
        for name in ("batch_size", "epochs", "patience"):
            value = getattr(self, name)
            if not isinstance(value, Integral) or value < 1:
                _refuse(name, "a whole number, 1 or more", value)
        sizes = self.hidden_sizes
        if not np.iterable(sizes) or any(not isinstance(s, Integral) or s < 1 for s in sizes):
            _refuse("hidden_sizes", "a tuple of whole numbers, such as (128,)", sizes)
        ranges: dict[str, tuple[str, Callable[[Any], bool]]] = {
            "learning_rate": ("a number above 0", lambda value: 0 < value < math.inf),
            "weight_decay": ("a number, 0 or more", lambda value: 0 <= value < math.inf),
            "momentum": ("a number, at least 0 and below 1", lambda value: 0 <= value < 1),
            "label_smoothing": ("a number, at least 0 and below 1", lambda value: 0 <= value < 1),
            "validation_fraction": ("a number between 0 and 1", lambda value: 0 < value < 1),
        }
        if self.time_limit is not None:
            ranges["time_limit"] = ranges["learning_rate"]
        for name, (expected, holds) in ranges.items():
            value = getattr(self, name)
            if not isinstance(value, Real) or not holds(value):
                _refuse(name, expected, value)

    def _augment(self) -> Augment | None:
        if self.augmentation is None:
            return None
        side = math.isqrt(self.n_features_in_)
        if side * side != self.n_features_in_:
            raise ValueError(
                f"augmentation={self.augmentation!r} needs square images, 28 x 28 = 784 "
                f"pixels say; X has {self.n_features_in_} features, which is no square."
            )
        return AUGMENTATIONS[self.augmentation](side)

    def _optimizer(self) -> Optimizer:
        if self.optimizer == "momentum":
            return Momentum(self.momentum)
        return OPTIMIZERS[self.optimizer]()


def _refuse(name: str, expected: str, got: object) -> None:
    raise ValueError(f"{name} must be {expected}, got {got!r}.")


def _progress_bar(epochs: int | None, *, shown: bool) -> Any:
    from tqdm import tqdm  # tqdm.auto would warn in a notebook without ipywidgets

    return tqdm(total=epochs, unit="epoch", disable=not shown)
