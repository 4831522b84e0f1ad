"""How numbers change during the training."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator


def plot_loss_curve(
    ax: Axes, losses: Sequence[float] | np.ndarray, *, label: str = "", style: str = "o-"
) -> None:
    """Draw the loss, or cost, after each epoch, or step.

    Parameters
    ----------
    ax : Axes
    losses : sequence of float
    label : str
        For the legend.
    style : str
        In matplotlib's short form.
    """
    ax.plot(np.arange(1, len(losses) + 1), losses, style, markersize=5, label=label)
    ax.set(xlabel="epoch", ylabel="loss")
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
