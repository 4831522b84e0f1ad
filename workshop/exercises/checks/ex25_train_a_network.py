"""Checks of exercise 25: train a network."""

import importlib.util
from pathlib import Path
from typing import Any

import numpy as np

from workshop.exercises.checking import Answer, Reply, Wrong, as_array, changed, explained
from workshop.functions import one_hot

SETTINGS = {"n_hidden": 32, "learning_rate": 0.1, "batch_size": 20, "epochs": 20}
SPLITS = 3
LEAST = 0.93  # measured: means from 0.949 to 0.964 in 25 runs; unshuffled 0.75
HINTS = (
    "Write down in words what happens in one epoch, a line for each thing, before you write any "
    "code. Which of the lines happen once in all, which once an epoch, which once a batch?",
    "The beginning: rng.normal(0, np.sqrt(2 / n_inputs), (n_inputs, n_hidden)) and np.zeros"
    "(n_hidden), then the same from n_hidden to 10. And targets = one_hot(y, 10), once.",
    "An epoch: order = rng.permutation(len(X)), then for start in range(0, len(X), batch_size): "
    "batch = order[start : start + batch_size]. X[batch] and targets[batch] belong together.",
    "A step: slopes = gradients(X[batch], targets[batch], W1, b1, W2, b2), and then W1 = W1 - "
    "learning_rate * slopes[0], and so on for all four. For the accuracy, argmax(axis=1) of the "
    "probabilities are the answers.",
)
_TRAIN = """
def train(X, y, n_hidden, learning_rate, batch_size, epochs, rng):
    targets = one_hot(y, 10)
    W1 = rng.normal(0, np.sqrt(2 / X.shape[1]), (X.shape[1], n_hidden))
    W2 = rng.normal(0, np.sqrt(2 / n_hidden), (n_hidden, 10))
    b1, b2 = np.zeros(n_hidden), np.zeros(10)
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            d1, e1, d2, e2 = gradients(X[batch], targets[batch], W1, b1, W2, b2)
            W1, b1 = W1 - learning_rate * d1, b1 - learning_rate * e1
            W2, b2 = W2 - learning_rate * d2, b2 - learning_rate * e2
    return W1, b1, W2, b2
"""
_SHUFFLE = "        order = rng.permutation(len(X))\n"
_ACCURACY = """
def accuracy(X, y, W1, b1, W2, b2):
    return np.mean(forward(X, W1, b1, W2, b2)[1].argmax(axis=1) == y)
"""
WRONG = (
    Wrong("stay twins", changed(_TRAIN, "rng.normal(0, np.sqrt(2 / X.shape[1]), (", "np.zeros((")),
    Wrong(
        "rng.random draws no negative",
        changed(_TRAIN, "rng.normal(0, np.sqrt(2 / n_hidden), (", "rng.random(("),
    ),
    Wrong("The spread of W1", changed(_TRAIN, "np.sqrt(2 / X.shape[1])", "2 / X.shape[1]")),
    Wrong(
        "The biases begin at 0", changed(_TRAIN, "np.zeros(n_hidden)", "rng.normal(size=n_hidden)")
    ),
    Wrong("up the hill", changed(_TRAIN, "- learning_rate", "+ learning_rate")),
    Wrong("W2 has not changed", changed(_TRAIN, "W2, b2 = W2", "w2, b2 = W2")),
    Wrong(
        "are where they began",
        changed(_TRAIN, "W1, b1 = W1", "w1, c1 = W1", "W2, b2 = W2", "w2, c2 = W2"),
    ),
    Wrong(
        "The last batch of an epoch is left out",
        changed(
            _TRAIN, "range(0, len(X), batch_size)", "range(0, len(X) - batch_size + 1, batch_size)"
        ),
    ),
    Wrong(
        "The samples are not shuffled",
        changed(_TRAIN, "rng.permutation(len(X))", "np.arange(len(X))"),
    ),
    Wrong(
        "the same order in each epoch",
        changed(_TRAIN, _SHUFFLE, "", "    for _ in", f"{_SHUFFLE[4:]}    for _ in"),
    ),
    Wrong(
        "no longer belong together",
        changed(_TRAIN, "targets[batch]", "targets[start : start + batch_size]"),
    ),
    Wrong("Only one epoch", changed(_TRAIN, "    return W1", "        return W1")),
    Wrong(
        "All samples at once",
        changed(_TRAIN, "batch = order[start : start + batch_size]", "batch = order"),
    ),
    Wrong("is a count", changed(_ACCURACY, "np.mean", "np.sum")),
    Wrong("Each image is a row", changed(_ACCURACY, "axis=1", "axis=0")),
)
NAMES = ("W1", "b1", "W2", "b2")


def _samples(answer: Answer, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Return small images and digits; the first pixel is the number of the sample, over n."""
    rng = answer.rng(1)
    X = rng.random((n, 4))
    X[:, 0] = np.arange(n) / n
    return X, rng.integers(0, 10, n)


def _train(answer: Answer, X: np.ndarray, y: np.ndarray, **settings: Any) -> tuple[Reply, list]:
    """Return what train gives, as four arrays."""
    settings = {"n_hidden": 3, "learning_rate": 0.1, **settings}
    one_hot_rows = "gradients wants a row of ten targets for each image: one_hot(y, 10)."
    with explained({",10) (": one_hot_rows}):
        reply = answer.call("train", X, y, **settings, rng=answer.rng(2))
    hidden = settings["n_hidden"]
    shapes = (X.shape[1], hidden), (hidden,), (hidden, 10), (10,)
    if not isinstance(reply.value, tuple | list) or len(reply.value) != 4:
        reply.gives(tuple(np.zeros(shape) for shape in shapes))
    came = [np.shape(part) for part in reply.value]
    if came != list(shapes) and sorted(came) == sorted(shapes):
        reply.fail("W1, b1, W2, b2", "The four arrays come in another order.", f"shapes {came}")
    neurons = "hidden neurons"
    axes = ("inputs", neurons), (neurons,), (neurons, "digits"), ("digits",)
    parts = [
        Reply(f"{name} of {reply.call}", part)
        for name, part in zip(NAMES, reply.value, strict=True)
    ]
    return reply, [part.has_shape(*each) for part, *each in zip(parts, shapes, axes, strict=True)]


def check_start(answer: Answer) -> None:
    """weights and biases to begin with, after 0 epochs"""
    X, y = _samples(answer, 12)
    expected = "He's weights, and biases of 0"
    start = answer.call("train", X, y, 500, 0.1, 4, 0, answer.rng(2))
    if start.value is None:
        cause = "Does return stand within the loop over the epochs? Only one epoch, or none, would "
        start.fail(expected, f"{cause}ever be done. It belongs behind the loop.")
    reply, (W1, b1, W2, b2) = _train(answer, X, y, n_hidden=500, batch_size=4, epochs=0)
    for name, weights in (("W1", W1), ("W2", W2)):
        he, mean, spread = np.sqrt(2 / len(weights)), weights.mean(), weights.std()
        gave = f"{name} around {mean:.4f}, with a spread of {spread:.4f}"
        if spread < 1e-9:
            reply.fail(expected, f"{name} has equal weights, so the neurons stay twins.", gave)
        if abs(mean) > 0.3 * spread:
            cause = (
                f"{name} must lie around 0. rng.random draws no negative numbers, rng.normal does."
            )
            reply.fail(expected, cause, gave)
        if abs(spread / he - 1) > 0.15:
            cause = (
                f"The spread of {name} should be {he:.4f}: the square root of 2 over the number of "
                f"its inputs, {len(weights)}."
            )
            reply.fail(expected, cause, gave)
    if np.any(b1) or np.any(b2):
        reply.fail(expected, "The biases begin at 0: np.zeros. The weights are different enough.")


def check_batches(answer: Answer) -> None:
    """every sample once an epoch, in batches, in an order that changes"""
    n, size, epochs = 10, 4, 3
    X, y = _samples(answer, n)
    original, seen = getattr(answer.module, "gradients", None), []
    if not callable(original):
        return

    def recorded(X: Any, targets: Any, *parameters: Any) -> Any:
        seen.append((np.array(X), np.array(targets)))
        return original(X, targets, *parameters)

    answer.module.gradients = recorded  # type: ignore[attr-defined]
    try:
        reply, _ = _train(answer, X, y, batch_size=size, epochs=epochs)
    finally:
        answer.module.gradients = original  # type: ignore[attr-defined]
    if not seen:  # it has its own way to the gradients, which the next checks judge
        return
    said = _fault_of_batches([x for x, _ in seen], [t for _, t in seen], y, n, size, epochs)
    if said:
        sizes = ", ".join(str(len(x)) for x, _ in seen)
        expected = f"batches of {size}, {size} and {n % size} of the {n} samples, {epochs} times"
        reply.fail(expected, said, f"batches of {sizes} samples")


def _fault_of_batches(
    batches: list, targets: list, y: np.ndarray, n: int, size: int, epochs: int
) -> str:
    """Say what is wrong with the batches that were used."""
    ids = [np.rint(batch[..., 0] * n).astype(int).ravel() for batch in batches]
    everything = np.concatenate(ids)
    if max(map(len, ids)) > size:
        return (
            "All samples at once, or more than batch_size of them, are in a batch. A batch is "
            "order[start : start + batch_size]."
        )
    if len(everything) == epochs * (n - n % size):
        return (
            "The last batch of an epoch is left out. It is smaller, but its samples count: let "
            "start run up to len(X)."
        )
    if len(everything) != epochs * n:
        only = "Only one epoch was done. Where does the function return? " * (len(everything) <= n)
        return (
            f"{only}{len(everything)} samples went by, and {epochs} epochs have {epochs * n}. "
            "Call gradients once for each batch."
        )
    orders = everything.reshape(epochs, n)
    if np.any(np.sort(orders) != np.arange(n)):
        return "In an epoch, some samples come twice and others never. Shuffle: rng.permutation."
    together = np.concatenate(targets)
    if together.shape == (epochs * n, 10) and np.any(together != one_hot(y[everything], 10)):
        return (
            "Images and targets no longer belong together. Take both by the same indices: "
            "X[batch] and targets[batch]."
        )
    if np.any(np.all(orders == np.arange(n), axis=1)):
        return "The samples are not shuffled. Data that is sorted by digit teaches one digit only."
    if np.array_equal(orders[0], orders[1]):
        return "The samples come in the same order in each epoch. Shuffle anew in each."
    return ""


def check_one_step(answer: Answer) -> None:
    """a single step of descent, all samples in one batch"""
    X, y = _samples(answer, 12)
    for rate in (0.1, 0.7):
        _, before = _train(answer, X, y, learning_rate=rate, batch_size=12, epochs=0)
        reply, after = _train(answer, X, y, learning_rate=rate, batch_size=12, epochs=1)
        slopes = _slopes(X, one_hot(y, 10, dtype=np.float64), *before)
        right = [old - rate * slope for old, slope in zip(before, slopes, strict=True)]
        if all(np.array_equal(new, old) for new, old in zip(after, before, strict=True)):
            reply.fail(
                "weights and biases that have taken a step",
                "The weights and biases are where they began. W = W - ... gives the name W to a "
                "new array: is it the one that the next step uses, and that is returned?",
            )
        for name, new, old, wanted in zip(NAMES, after, before, right, strict=True):
            Reply(f"{name} of {reply.call}", new).gives(
                wanted,
                tolerance=1e-5,
                mistakes={
                    f"{name} has not changed. All four take a step.": old,
                    "It goes up the hill: descent subtracts the slopes.": 2 * old - wanted,
                },
                cause="With all samples in one batch, an epoch is one step: learning_rate times "
                "the slopes of that batch off, all four slopes from the same call of gradients.",
            )


def _slopes(X: np.ndarray, targets: np.ndarray, *parameters: np.ndarray) -> list[np.ndarray]:
    """Return the slopes of the loss, whatever the learner's file says they are."""
    W1, b1, W2, b2 = parameters
    hidden = np.maximum(X @ W1 + b1, 0)
    exponentials = np.exp(hidden @ W2 + b2)
    delta2 = (exponentials / exponentials.sum(axis=1, keepdims=True) - targets) / len(X)
    delta1 = (delta2 @ W2.T) * (hidden > 0)
    return [X.T @ delta1, delta1.sum(axis=0), hidden.T @ delta2, delta2.sum(axis=0)]


def check_accuracy(answer: Answer) -> None:
    """the accuracy of a network"""
    rng = answer.rng(3)
    for n in (20, 1, 64):
        X, y = rng.random((n, 4)), rng.integers(0, 10, n)
        parameters = [rng.normal(size=shape) for shape in ((4, 8), 8, (8, 10), 10)]
        hidden = np.maximum(X @ parameters[0] + parameters[1], 0)
        logits = hidden @ parameters[2] + parameters[3]
        y[: n // 2] = logits.argmax(axis=1)[: n // 2]
        right = np.mean(logits.argmax(axis=1) == y)
        row = "Each image is a row of the probabilities: the largest of each row is argmax(axis=1)."
        with explained({"broadcast": row, "Length": row}):
            answer.call("accuracy", X, y, *parameters).gives(
                right,
                mistakes={
                    "This is a count. The accuracy is a share: divide by the number of "
                    "images.": right * n,
                    "This is in percent. The share goes from 0 to 1.": right * 100,
                    "This is the share of mistakes: 1 minus it is the accuracy.": 1 - right,
                },
            )


def _digits() -> tuple[np.ndarray, np.ndarray]:
    """Return scikit-learn's digits, images from 0 to 1, without a second for its import."""
    found = importlib.util.find_spec("sklearn")
    table = Path(str(found and found.origin)).parent / "datasets" / "data" / "digits.csv.gz"
    numbers = np.loadtxt(table, delimiter=",", dtype=np.uint8)
    return numbers[:, :-1] / 16, numbers[:, -1].astype(int)


def check_digits(answer: Answer) -> None:
    """a network that reads the bundled digits"""
    scores = []
    all_images, all_digits = _digits()
    for seed in range(SPLITS):
        order = answer.rng(seed).permutation(len(all_images))
        X_test, y_test = all_images[order[:450]], all_digits[order[:450]]
        order = np.sort(order[450:])
        order = order[np.argsort(all_digits[order], kind="stable")]  # zeros first, as data may come
        reply, parameters = _train(answer, all_images[order], all_digits[order], **SETTINGS)
        scores.append(float(as_array(answer.get("accuracy")(X_test, y_test, *parameters))))
    if not np.mean(scores) >= LEAST:
        said = ", ".join(f"{score:.3f}" for score in scores)
        guesses = bool(np.mean(scores) < 0.2)
        reply.fail(
            f"{LEAST} or more, as the mean over {SPLITS} splits of the digits",
            "That is hardly more than guessing." * guesses
            or "It learns, but too little. Is every batch's step taken, in every epoch?",
            f"accuracy {said} on the test digits",
        )
