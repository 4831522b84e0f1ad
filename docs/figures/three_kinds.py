"""The figures of the three kinds of learning. Each public function draws one of them."""

import numpy as np
from matplotlib.axes import Axes

from workshop.classifier import NetworkClassifier
from workshop.datasets import make_blobs, make_moons
from workshop.plotting import new_axes


def _learn_from_labels() -> tuple[NetworkClassifier, np.ndarray, np.ndarray, np.ndarray]:
    """Return a network, the points and the labels that it learned from, and a new point."""
    # --8<-- [start:labels]
    # 200 points, and to each its label: 0, a circle, or 1, a triangle
    points, labels = make_moons(200, noise=0.15, seed=3)
    network = NetworkClassifier(
        hidden_sizes=(16, 16),
        learning_rate=0.05,
        batch_size=32,
        epochs=60,
        random_state=0,
    )
    network.fit(points, labels)  # learn from examples and answers

    question = np.array([[0.55, 0.75]], dtype=np.float32)
    network.predict(question)  # answer for a point without a label
    # --8<-- [end:labels]
    return network, points, labels, question


def answer_to_the_question_mark() -> str:
    """Say what the network takes the new point for."""
    network, _, _, question = _learn_from_labels()
    return ("a circle", "a triangle")[network.predict(question)[0]]


def labelled_points() -> Axes:
    """Points of two kinds, the border that a network learned from them, and a new point."""
    network, points, labels, question = _learn_from_labels()
    across, up = np.meshgrid(np.linspace(-1.7, 2.7, 89), np.linspace(-1.2, 1.7, 59))
    grid = np.column_stack([across.ravel(), up.ravel()]).astype(np.float32)
    ax = new_axes(6.2, 3.6)
    for kind, marker, name in ((0, "o", "circles"), (1, "^", "triangles")):
        ax.plot(*points[labels == kind].T, marker, color=f"C{kind}", label=name, mec="white")
    sure = network.predict_proba(grid)[:, 1].reshape(across.shape)
    ax.contour(across, up, sure, [0.5], colors="black", linewidths=2)
    (place,) = question
    ax.plot(*place, "s", color="white", markersize=17, markeredgecolor="black", markeredgewidth=2)
    ax.text(*place, "?", ha="center", va="center", fontweight="bold")
    ax.set(xlim=(-1.7, 2.7), ylim=(-1.2, 1.7), xlabel="first number", ylabel="second number")
    ax.legend(loc="lower left")
    return ax


# --8<-- [start:k_means]
def _k_means(points: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """Return the number of the group that each point belongs to."""
    for _ in range(10):
        distances = np.linalg.norm(points[:, None] - centres, axis=2)
        groups = distances.argmin(axis=1)
        members = [points[groups == k] for k in range(len(centres))]
        centres = np.array([group.mean(axis=0) for group in members])
    return groups


# --8<-- [end:k_means]


def groups_found() -> Axes:
    """Points that nobody labelled, and the three groups that k-means found in them."""
    points, _ = make_blobs(180, centres=3, std=1.5, seed=3)
    groups = _k_means(points, points[:3])
    ax = new_axes(6.2, 3.6)
    for group, marker in enumerate("o^s"):
        members = points[groups == group]
        ax.plot(*members.T, marker, color=f"C{group}", markeredgecolor="white")
        ax.plot(*members.mean(axis=0), "x", color="black", markersize=13, markeredgewidth=3)
    ax.set(xlabel="first number", ylabel="second number")
    return ax


def act_and_reward() -> Axes:
    """The circle of reinforcement learning: act, and see what comes of it."""
    ax = new_axes(6.2, 2.3)
    for x, words in ((0.2, "learner"), (0.8, "world")):
        ax.text(x, 0.5, words, ha="center", va="center", fontsize=14, fontweight="bold",
                bbox={"boxstyle": "round,pad=0.9", "fc": "none", "ec": "C0", "lw": 2})  # fmt: skip
    for start, end, bend, words, height in (
        ((0.24, 0.68), (0.76, 0.68), -0.25, "action: what it does", 0.97),
        ((0.76, 0.32), (0.24, 0.32), -0.25, "what it sees now, and a reward", 0.03),
    ):
        ax.annotate("", end, start, arrowprops={
            "arrowstyle": "-|>", "lw": 2, "color": "C1", "mutation_scale": 18,
            "connectionstyle": f"arc3,rad={bend}"})  # fmt: skip
        ax.text(0.5, height, words, ha="center", va="center")
    ax.set(xlim=(0, 1), ylim=(-0.05, 1.05))
    ax.axis("off")
    return ax


# --8<-- [start:walk]
def _learn_to_walk(seed: int, explore: float = 0.1) -> list[int]:
    """Return how many moves each try took from first cell to last."""
    rng, cells = np.random.default_rng(seed), 10
    worth = np.zeros((cells, 2))  # of going left (0) and right (1)
    moves = []
    for _ in range(40):
        cell, count = 0, 0
        while cell < cells - 1:
            action = worth[cell].argmax()
            tied = worth[cell, 0] == worth[cell, 1]
            if tied or rng.random() < explore:
                action = rng.integers(2)
            reached = max(cell - 1, 0) if action == 0 else cell + 1
            reward = 1.0 if reached == cells - 1 else 0.0
            target = reward + 0.9 * worth[reached].max()
            worth[cell, action] += 0.5 * (target - worth[cell, action])
            cell, count = reached, count + 1
        moves.append(count)
    return moves


# --8<-- [end:walk]


def walk_right() -> Axes:
    """How many moves a learner needs to the reward, attempt after attempt."""
    learners = np.array([_learn_to_walk(seed) for seed in range(100)])
    attempts = range(1, learners.shape[1] + 1)
    ax = new_axes(6.2, 3.3)
    ax.plot(attempts, learners[0], "o", color="C1", markersize=5, label="one learner")
    ax.plot(attempts, learners.mean(axis=0), label="average of a hundred")
    ax.axhline(9, color="C5", linestyle="--", linewidth=1.4)
    ax.text(len(attempts), 6, "the shortest way: 9 moves", ha="right", va="top")
    ax.legend()
    ax.set(xlabel="attempt", ylabel="moves to the reward", ylim=(0, None))
    return ax


def cost_of_exploring() -> str:
    """Say how many moves learners take in the end who explore never, now and then, or often."""
    never, rarely, often = (
        np.mean([_learn_to_walk(seed, explore)[-10:] for seed in range(40)])
        for explore in (0, 0.1, 0.5)
    )
    return (
        f"On the average of forty learners, the last ten attempts take {never:.1f} moves with 0, "
        f"{rarely:.1f} with 0.1 and {often:.1f} with 0.5."
    )
