"""The figures of overfitting. Each public function draws one of them."""

import numpy as np
from matplotlib.axes import Axes

from workshop.plotting import new_axes, plot_points


def _noisy_wave(n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Make points along one wave, with noise."""
    rng = np.random.default_rng(seed)
    x = (2 * np.arange(n) + 1) / n - 1 + rng.uniform(-0.5, 0.5, n) / n
    return x, np.sin(3 * x) + rng.normal(0, 0.25, n)


def too_bendy() -> Axes:
    """Three polynomials through twelve points: too stiff, about right, too bendy."""
    x, y = _noisy_wave(12, seed=16)
    # --8<-- [start:polynomials]
    fit = np.polynomial.Polynomial.fit
    curves = {degree: fit(x, y, degree) for degree in (1, 3, 11)}
    # --8<-- [end:polynomials]
    across = np.linspace(x[0], x[-1], 400)
    ax = new_axes(6.4, 3.8)
    for (degree, curve), style in zip(curves.items(), (":", "-", "--"), strict=True):
        ax.plot(across, curve(across), style, label=f"degree {degree}")
    plot_points(ax, x, y)
    ax.set(ylim=(-2.2, 2.2), xlabel="x", ylabel="y")
    ax.legend(loc="lower center")
    return ax


def _errors(seed: int, degrees: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the mean squared errors on twelve points, and on new ones, for each degree."""
    x, y = _noisy_wave(12, seed=seed)
    x_new, y_new = _noisy_wave(400, seed=seed + 100)
    inside = (x_new > x[0]) & (x_new < x[-1])
    x_new, y_new = x_new[inside], y_new[inside]
    curves = [np.polynomial.Polynomial.fit(x, y, degree) for degree in degrees]
    known = [np.mean((curve(x) - y) ** 2) for curve in curves]
    new = [np.mean((curve(x_new) - y_new) ** 2) for curve in curves]
    return np.array(known), np.array(new)


def errors_by_degree() -> Axes:
    """The error on the twelve points, and on new ones, by the degree of the polynomial."""
    degrees = np.arange(1, 11)
    known, new = _errors(16, degrees)
    ax = new_axes(6.4, 3.6)
    ax.semilogy(degrees, known, "o-", label="on the twelve points")
    ax.semilogy(degrees, new, "s--", label="on new points")
    ax.set(xlabel="degree of the polynomial", ylabel="mean squared error", xticks=degrees)
    ax.legend()
    return ax


def other_twelve_points() -> str:
    """Say how often the curves part as they do in the figure, with other points."""
    degrees = np.arange(1, 11)
    new = np.array([_errors(seed, degrees)[1] for seed in range(1000, 1100)])
    best = new.argmin(axis=1)
    third = (best == 2).sum()
    worse = (new[:, -1] > 2 * new.min(axis=1)).sum()
    return (
        f"Of 100 other sets of twelve, made in the same way, degree 3 is the best on new points in "
        f"{third}, and a higher one in {(best > 2).sum()}; in {worse} of them, the error of degree "
        f"10 is more than twice that of the best."
    )


def three_sets() -> Axes:
    """One data set, cut into three."""
    ax = new_axes(6.2, 1.7)
    for start, share, name, use, colour in (
        (0, 60, "training", "learn from it", "C0"),
        (60, 20, "validation", "choose by it", "C1"),
        (80, 20, "test", "report, once", "C2"),
    ):
        ax.barh(0, share, left=start, height=0.5, fill=False, edgecolor=colour, linewidth=3)
        ax.text(start + share / 2, 0, name, ha="center", va="center", fontweight="bold")
        ax.text(start + share / 2, -0.4, use, ha="center", va="top")
    ax.set(xlim=(-1, 101), ylim=(-0.75, 0.4))
    ax.axis("off")
    return ax
