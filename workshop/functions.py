"""The mathematics of a network as pure functions: activations, softmax, losses.

A derivative here takes the function's *output*, not its input, because that is
what a network still holds when it goes backwards: σ'(z) = a (1 - a) with a = σ(z).
"""

import numpy as np


def sigmoid(z: np.ndarray) -> np.ndarray:
    """Squash any number into 0 to 1: ``1 / (1 + exp(-z))``.

    Computed by way of tanh, which is the same function stretched, because
    ``exp(-z)`` overflows for a large negative `z` (-89 is enough in float32).

    Parameters
    ----------
    z : ndarray, any shape

    Returns
    -------
    ndarray, shape of z
    """
    return 0.5 * np.tanh(0.5 * z) + 0.5


def sigmoid_derivative(output: np.ndarray) -> np.ndarray:
    """Return the slope of `sigmoid` where its output is `output`.

    Parameters
    ----------
    output : ndarray, any shape
        What `sigmoid` returned.

    Returns
    -------
    ndarray, shape of output
        From 0 to 0.25.
    """
    return output * (1 - output)


def relu(z: np.ndarray) -> np.ndarray:
    """Replace every negative number by zero.

    Parameters
    ----------
    z : ndarray, any shape

    Returns
    -------
    ndarray, shape of z

    References
    ----------
    V. Nair, G. Hinton: Rectified Linear Units Improve Restricted Boltzmann Machines. ICML, 2010.
    """
    return np.maximum(z, 0)


def relu_derivative(output: np.ndarray) -> np.ndarray:
    """Return the slope of `relu` where its output is `output`.

    Parameters
    ----------
    output : ndarray, any shape
        What `relu` returned.

    Returns
    -------
    ndarray of bool, shape of output
        True, which counts as 1, where the output is above 0.
    """
    return output > 0


def softmax(logits: np.ndarray) -> np.ndarray:
    """Turn each row of numbers into probabilities that add up to 1.

    Subtracting a row's maximum changes nothing in the result and keeps
    ``exp`` from overflowing.

    Parameters
    ----------
    logits : ndarray of shape (n_samples, n_classes)
        Any real numbers.

    Returns
    -------
    ndarray of shape (n_samples, n_classes)
        From 0 to 1; each row adds up to 1.

    References
    ----------
    J. Bridle: Probabilistic Interpretation of Feedforward Classification Network Outputs. 1990.
    I. Goodfellow, Y. Bengio, A. Courville: Deep Learning, section 4.1, 2016, on the overflow.
    """
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    exponentials /= exponentials.sum(axis=1, keepdims=True)
    return exponentials


def one_hot(labels: np.ndarray, n_classes: int, *, dtype: type = np.float32) -> np.ndarray:
    """Write each label as a row of zeros with a one in the label's place.

    Parameters
    ----------
    labels : ndarray of int, shape (n_samples,)
        From 0 to ``n_classes - 1``.
    n_classes : int
        How long a row is.
    dtype : dtype
        Of the result.

    Returns
    -------
    ndarray of dtype, shape (n_samples, n_classes)

    Raises
    ------
    ValueError
        If a label is not a whole number from 0 to ``n_classes - 1``.
    """
    labels = np.asarray(labels)
    if labels.dtype.kind not in "iu":  # booleans would silently choose rows instead
        raise ValueError(
            f"labels must be whole numbers, got an array of {labels.dtype}. "
            "np.unique(labels, return_inverse=True)[1] numbers any labels."
        )
    if labels.size and not (labels.min() >= 0 and labels.max() < n_classes):
        raise ValueError(
            f"labels must lie between 0 and {n_classes - 1}, "
            f"got {labels.min()} to {labels.max()}. Is n_classes right?"
        )
    return np.eye(n_classes, dtype=dtype)[labels]


def cross_entropy(probabilities: np.ndarray, targets: np.ndarray) -> float:
    """Return ``-sum(targets * log(probabilities))``, the mean over the samples.

    Parameters
    ----------
    probabilities : ndarray of float, shape (n_samples, n_classes)
        What the network says; rows add up to 1.
    targets : ndarray of float, shape (n_samples, n_classes)
        What is true, see `one_hot`; rows add up to 1.

    Returns
    -------
    float
        In nats, the unit of the natural logarithm: log(n_classes) if all classes seem as likely.
    """
    smallest = np.finfo(probabilities.dtype).tiny  # log(0) would be -inf
    logarithms = np.log(np.maximum(probabilities, smallest))
    return -float(np.vdot(targets, logarithms)) / len(targets)


def cross_entropy_delta(probabilities: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Return the derivative of `cross_entropy` by the logits before the softmax.

    Of all the algebra only a difference remains.

    Parameters
    ----------
    probabilities : ndarray of float, shape (n_samples, n_classes)
        What `softmax` returned.
    targets : ndarray of float, shape (n_samples, n_classes)
        As for `cross_entropy`.

    Returns
    -------
    ndarray of shape (n_samples, n_classes)
    """
    return (probabilities - targets) / len(targets)


def squared_error(probabilities: np.ndarray, targets: np.ndarray) -> float:
    """Return the squared error of each sample, the mean over the samples.

    Parameters
    ----------
    probabilities : ndarray of float, shape (n_samples, n_classes)
        What the network says.
    targets : ndarray of float, shape (n_samples, n_classes)
        What is true.

    Returns
    -------
    float
        From 0 to 2: the classes of a sample are added up, not averaged.
    """
    return float(np.sum((probabilities - targets) ** 2)) / len(targets)


def squared_error_delta(probabilities: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Return the derivative of `squared_error` by the logits before the softmax.

    Softmax ties the outputs of a row together (if one grows, the others
    shrink), hence the second term.

    Parameters
    ----------
    probabilities : ndarray of float, shape (n_samples, n_classes)
        What `softmax` returned.
    targets : ndarray of float, shape (n_samples, n_classes)
        As for `squared_error`.

    Returns
    -------
    ndarray of shape (n_samples, n_classes)
    """
    slope = (2 / len(targets)) * (probabilities - targets)
    return probabilities * (slope - np.sum(slope * probabilities, axis=1, keepdims=True))
