"""The ladder of the challenge."""

from matplotlib.axes import Axes

from workshop.exercises.ladder import ladder
from workshop.plotting import new_axes, plot_ladder

# results/step02_train_and_test.json, results/step03_improve_the_score.json,
# results/step07_network_from_scratch.json, results/step12_three_libraries.json and
# results/step13_convolutional_network.json: `ladder` reads them.


def challenge_ladder() -> Axes:
    """What others published, and what this book measured."""
    rungs = ladder()
    ax = new_axes(6.2, 0.34 * len(rungs) + 1)
    plot_ladder(
        ax,
        [rung.score for rung in rungs],
        [rung.name for rung in rungs],
        [rung.kind for rung in rungs],
    )
    ax.set_xticks([0.1, 0.05, 0.02, 0.01, 0.002])  # 99.5 % has no room on a telephone
    return ax


def challenge_sources() -> str:
    """Name who published what, as a Markdown table."""
    rows = [
        f"| {100 * rung.score:.2f} % | {rung.name} | {rung.source} |" for rung in reversed(ladder())
    ]
    return "\n".join(["| Score | By | Source |", "|---:|---|---|", *rows])
