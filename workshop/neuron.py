"""One neuron without an activation function, a(x) = b + w x, and how it learns.

Notation: w is ``weight``, b is ``bias``, and the learning rate is the μ of the
source workshop's slides (η in most books).
"""

from typing import NamedTuple

import numpy as np


class Descent(NamedTuple):
    """The path that gradient descent took; entry 0 is the start.

    Attributes
    ----------
    weights : ndarray of shape (steps + 1,), float64
        The neuron's weight.
    biases : ndarray of shape (steps + 1,), float64
        Its bias.
    costs : ndarray of shape (steps + 1,), float64
        The cost at that weight and bias.
    """

    weights: np.ndarray
    biases: np.ndarray
    costs: np.ndarray


def output(x: np.ndarray, weight: float, bias: float) -> np.ndarray:
    """Return the neuron's output, ``bias + weight * x``.

    Parameters
    ----------
    x : ndarray, any shape
        What goes in.
    weight, bias : float
        The neuron's two parameters.

    Returns
    -------
    ndarray, shape of x
    """
    return bias + weight * x


def cost(x: np.ndarray, y: np.ndarray, weight: float, bias: float) -> float:
    """Return the sum of the squared errors over all points.

    Parameters
    ----------
    x : ndarray of shape (n_points,)
        What goes in.
    y : ndarray of shape (n_points,)
        What should come out.
    weight, bias : float
        The neuron's two parameters.

    Returns
    -------
    float
        In the unit of `y`, squared; 0 if the line goes through every point.
    """
    return float(np.sum((output(x, weight, bias) - y) ** 2))


def gradients(x: np.ndarray, y: np.ndarray, weight: float, bias: float) -> tuple[float, float]:
    """Return the partial derivatives of `cost`: by the weight, and by the bias.

    Parameters
    ----------
    x : ndarray of shape (n_points,)
        What goes in.
    y : ndarray of shape (n_points,)
        What should come out.
    weight, bias : float
        Where to take the derivatives.

    Returns
    -------
    by_weight : float
        How fast the cost grows with the weight.
    by_bias : float
        How fast it grows with the bias.
    """
    # --8<-- [start:gradients]
    error = output(x, weight, bias) - y
    return float(np.sum(2 * x * error)), float(np.sum(2 * error))
    # --8<-- [end:gradients]


def descend(
    x: np.ndarray,
    y: np.ndarray,
    *,
    weight: float = 1.0,
    bias: float = 1.0,
    learning_rate: float,
    steps: int,
) -> Descent:
    """Walk downhill on the cost, `steps` times, and keep the whole path.

    A learning rate above `largest_stable_rate` makes the path explode; it is
    returned all the same, up to ``inf`` and ``nan``, because it is worth seeing.

    Parameters
    ----------
    x, y : ndarray of shape (n_points,)
        The points to fit a line to.
    weight, bias : float
        Where to start.
    learning_rate : float
        How far to go against the gradient in one step.
    steps : int
        How many steps to take, 0 or more.

    Returns
    -------
    Descent
        Arrays ``weights``, ``biases`` and ``costs`` of length ``steps + 1``.

    Raises
    ------
    ValueError
        If `x` and `y` are not two lists of numbers of the same length, or
        `steps` is negative.
    """
    x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if x.ndim != 1 or x.shape != y.shape or x.size == 0:
        raise ValueError(
            "x and y must be two lists of numbers of the same length, "
            f"got shapes {x.shape} and {y.shape}. One x goes with one y."
        )
    if steps < 0:
        raise ValueError(f"steps must be 0 or more, got {steps}.")

    path = np.empty((steps + 1, 3))
    with np.errstate(over="ignore", invalid="ignore"):
        path[0] = weight, bias, cost(x, y, weight, bias)
        for step in range(1, steps + 1):
            # --8<-- [start:step]
            by_weight, by_bias = gradients(x, y, weight, bias)
            weight -= learning_rate * by_weight
            bias -= learning_rate * by_bias
            # --8<-- [end:step]
            path[step] = weight, bias, cost(x, y, weight, bias)
    return Descent(*path.T.copy())


def least_squares(x: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """Return the weight and bias of the regression line, without descending.

    One neuron is simple enough for a formula; a network is not.

    Parameters
    ----------
    x, y : ndarray of shape (n_points,)
        The points to fit a line to. Two of the x must differ, or there is no such line.

    Returns
    -------
    weight : float
    bias : float
        The two at which `cost` is least.
    """
    bias, weight = np.polynomial.polynomial.polyfit(x, y, deg=1)
    return float(weight), float(bias)


def largest_stable_rate(x: np.ndarray) -> float:
    """Return the learning rate above which `descend` explodes: 2 / λ_max.

    The cost is a bowl whose curvature is its matrix of second derivatives,
    the Hessian ``2 [[Σx², Σx], [Σx, n]]``. A step of rate μ multiplies the
    distance to the minimum, along the steepest direction, by ``1 - μ λ_max``;
    beyond 2 / λ_max that factor is below -1 and each step overshoots further.

    Parameters
    ----------
    x : ndarray of shape (n_points,)
        The inputs; the limit does not depend on the outputs.

    Returns
    -------
    float

    References
    ----------
    Y. LeCun, L. Bottou, G. Orr, K.-R. Müller: Efficient BackProp. 1998.
    """
    hessian = 2 * np.array([[np.sum(x * x), np.sum(x)], [np.sum(x), len(x)]])
    return float(2 / np.linalg.eigvalsh(hessian).max())
