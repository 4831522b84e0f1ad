"""The figures of the section on PyTorch."""

from matplotlib.axes import Axes

from workshop.plotting import new_axes


def pytorch_loop() -> Axes:
    """One turn of the training loop: forwards to the loss, back with the slopes, a step."""
    ax = new_axes(6.2, 3.3)
    for x, y, words, boxed in (
        (0.08, 0.76, "batch", False),
        (0.34, 0.76, "model", True),
        (0.6, 0.76, "outputs", False),
        (0.86, 0.76, "loss", True),
        (0.86, 1.06, "targets", False),
        (0.34, 0.3, "slopes", False),
    ):
        frame = {"boxstyle": "round,pad=0.6", "fc": "none", "ec": "C0" if boxed else "none"}
        ax.text(x, y, words, ha="center", va="center", bbox=frame | {"lw": 2},
                fontweight="bold" if boxed else "normal")  # fmt: skip
    for start, end in (
        ((0.15, 0.76), (0.25, 0.76)),
        ((0.43, 0.76), (0.51, 0.76)),
        ((0.69, 0.76), (0.78, 0.76)),
        ((0.86, 1.01), (0.86, 0.87)),
    ):
        _arrow(ax, start, end, "black")
    _arrow(ax, (0.86, 0.65), (0.42, 0.3), "C1", linestyle="--", connectionstyle="arc3,rad=-0.35")
    _arrow(ax, (0.34, 0.37), (0.34, 0.64), "C2")
    for x, y, words, side in (
        (0.47, 0.98, "2  loss(model(batch), targets)", "center"),
        (0.74, 0.27, "3  backward()", "left"),
        (0.31, 0.5, "4  step()", "right"),
        (0.34, 0.15, "1  zero_grad(): forget the old ones", "center"),
    ):
        ax.text(x, y, words, ha=side, va="center")
    ax.set(xlim=(0, 1.02), ylim=(0.07, 1.1))
    ax.axis("off")
    return ax


def _arrow(
    ax: Axes, start: tuple[float, float], end: tuple[float, float], colour: str, **style: str
) -> None:
    ax.annotate(
        "",
        end,
        start,
        arrowprops={"arrowstyle": "-|>", "lw": 2, "color": colour, "mutation_scale": 16} | style,
    )
