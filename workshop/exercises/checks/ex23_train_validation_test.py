"""Checks of exercise 23: three sets."""

from collections.abc import Callable

import numpy as np

from workshop.exercises.checking import Answer, Reply, Wrong, as_array, explained

HINTS = (
    "For split: imagine a pack of cards. You shuffle it once, and deal three piles. For scale: "
    "which of the three parts may you look at before the training?",
    "rng.permutation(n_samples) is the shuffled pack, and order[a:b] is a pile. Beware of "
    "order[-n_test:]: for n_test = 0 it is the whole pack.",
    "X_train.mean(axis=0) has one mean for each feature, and std its spread. Use the same two for "
    "all three parts. np.where(spread == 0, 1, spread) puts 1 where there is none.",
)
_SPLIT = "\ndef split(n_samples, n_validation, n_test, rng):\n"
_SCALE = "\ndef scale(X_train, X_validation, X_test):\n"
WRONG = (
    Wrong(
        "in more than one part",
        _SPLIT
        + """
    n_train = n_samples - n_validation - n_test
    return [rng.permutation(n_samples)[:n] for n in (n_train, n_validation, n_test)]
""",
    ),
    Wrong(
        "chance decides nothing",
        _SPLIT
        + """
    end = n_samples - n_test
    start = end - n_validation
    order = np.arange(n_samples)
    return order[:start], order[start:end], order[end:]
""",
    ),
    Wrong(
        "order[-0:]",
        _SPLIT
        + """
    order = rng.permutation(n_samples)
    end = n_samples - n_test
    return order[: end - n_validation], order[end - n_validation : end], order[-n_test:]
""",
    ),
    Wrong(
        "comes twice in the same part",
        _SPLIT
        + """
    order = rng.integers(0, n_samples, n_samples)
    end = n_validation + n_test
    return order[end:], order[:n_validation], order[n_validation:end]
""",
    ),
    Wrong(
        "other sizes than asked for",
        _SPLIT
        + """
    order = rng.permutation(n_samples)
    return order[: n_samples // 2], order[n_samples // 2 : -n_test], order[-n_test:]
""",
    ),
    Wrong(
        "Each part is scaled by its own",
        _SCALE
        + """
    parts = (X_train, X_validation, X_test)
    spreads = [X.std(axis=0) for X in parts]
    return [(X - X.mean(axis=0)) / np.where(s == 0, 1, s) for X, s in zip(parts, spreads)]
""",
    ),
    Wrong(
        "of all the data together",
        _SCALE
        + """
    X = np.concatenate([X_train, X_validation, X_test])
    spread = X.std(axis=0)
    spread = np.where(spread == 0, 1, spread)
    return [(part - X.mean(axis=0)) / spread for part in (X_train, X_validation, X_test)]
""",
    ),
    Wrong(
        "one mean and one spread for all features",
        _SCALE
        + """
    spread = X_train.std() or 1
    return [(X - X_train.mean()) / spread for X in (X_train, X_validation, X_test)]
""",
    ),
    Wrong(
        "spread is 0",
        _SCALE
        + """
    mean, spread = X_train.mean(axis=0), X_train.std(axis=0)
    return [(X - mean) / spread for X in (X_train, X_validation, X_test)]
""",
    ),
    Wrong(
        "divided by their range",
        _SCALE
        + """
    spread = X_train.max(axis=0) - X_train.min(axis=0)
    spread = np.where(spread == 0, 1, spread)
    return [(X - X_train.mean(axis=0)) / spread for X in (X_train, X_validation, X_test)]
""",
    ),
)


def _parts(answer: Answer, *arguments: int, seed: int) -> tuple[Reply, list[np.ndarray]]:
    """Return what split gives, as three arrays of indices."""
    reply = answer.call("split", *arguments, answer.rng(seed))
    if not isinstance(reply.value, tuple | list) or len(reply.value) != 3:
        reply.gives((np.zeros(1), np.zeros(1), np.zeros(1)))
    parts = [np.atleast_1d(as_array(part)) for part in reply.value]
    if any(part.size and part.dtype.kind not in "iu" for part in parts):
        reply.fail("three arrays of indices", "The indices must be whole numbers.")
    return reply, parts


def check_split(answer: Answer) -> None:
    """each sample in exactly one of three parts"""
    for n_samples, n_validation, n_test in ((24, 6, 5), (10, 2, 3), (7, 3, 3), (6, 2, 0)):
        sizes = [n_samples - n_validation - n_test, n_validation, n_test]
        reply, parts = _parts(answer, n_samples, n_validation, n_test, seed=1)
        together = np.concatenate(parts).astype(int)
        expected = f"parts of {sizes[0]}, {sizes[1]} and {sizes[2]} samples, each once"
        found = np.array([len(np.unique(part)) for part in parts])
        missing = set(range(n_samples)) - set(together.tolist())
        said = ""
        if n_test == 0 and len(parts[2]) == n_samples:
            said = "order[-0:] is the whole array, not its empty end. Count from the front."
        elif [len(part) for part in parts] != sizes and sorted(map(len, parts)) == sorted(sizes):
            said = "The parts come in another order: training, validation, test."
        elif [len(part) for part in parts] != sizes:
            said = "The parts have other sizes than asked for: training gets what is left."
        elif found.sum() < len(together):
            said = "A sample comes twice in the same part. Shuffle, do not draw again and again."
        elif len(np.unique(together)) < len(together):
            said = (
                "There are samples in more than one part, so the test leaks into what is learned. "
                "Shuffle once, and cut that one order into three."
            )
        elif missing or len(together) != n_samples or together.min() < 0:
            said = f"Some samples are in no part: {sorted(missing)[:5]}. Count from 0."
        if said:
            reply.fail(expected, said)


def check_chance(answer: Answer) -> None:
    """chance decides which sample goes where"""
    reply, (training, validation, test) = _parts(answer, 200, 50, 50, seed=2)
    means = np.array([training.mean(), validation.mean(), test.mean()])
    if np.abs(means - 99.5).max() > 30:
        reply.fail(
            "indices from all over the data in each part",
            "In which part a sample is, chance decides nothing about it, or not enough. If the "
            "data is sorted by class, there are classes that the network never sees: shuffle.",
        )
    _, repeated = _parts(answer, 200, 50, 50, seed=2)
    if not np.array_equal(repeated[2], test):
        reply.fail(
            "the same parts again, from a generator with the same seed",
            "The parts do not come from the generator that the function gets, so nobody can repeat "
            "your training. Shuffle with rng.permutation, not with np.random.",
        )
    _, again = _parts(answer, 200, 50, 50, seed=3)
    if np.array_equal(np.sort(again[2]), np.sort(test)):
        reply.fail(
            "other samples, from a generator with another seed",
            "The parts are always the same. Shuffle with the rng that the function gets.",
        )


def _scaled(
    parts: tuple[np.ndarray, ...], numbers: Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]
) -> tuple[np.ndarray, ...]:
    mean, spread = numbers(parts[0])
    return tuple((part - mean) / np.where(spread == 0, 1, spread) for part in parts)


def _compare(answer: Answer, parts: tuple[np.ndarray, ...]) -> None:
    everything = np.concatenate(parts)
    mean, spread = parts[0].mean(axis=0), parts[0].std(axis=0)
    axis = (
        "Each feature has a mean and a spread of its own, taken over the training samples: axis=0."
    )
    with np.errstate(all="ignore"), explained({"broadcast": axis}):
        reply = answer.call("scale", *parts)
        bare = tuple((part - mean) / spread for part in parts)
    reply.gives(
        _scaled(parts, lambda X: (X.mean(axis=0), X.std(axis=0))),
        tolerance=1e-6,
        axes=("samples", "features"),
        mistakes={
            "Each part is scaled by its own mean and spread, so the same number means another "
            "thing in each. Use those of the training part for all three.": tuple(
                _scaled((part,), lambda X: (X.mean(axis=0), X.std(axis=0)))[0] for part in parts
            ),
            "The mean and the spread are those of all the data together, so the test has leaked "
            "into the training. Compute them on X_train alone.": _scaled(
                parts, lambda _: (everything.mean(axis=0), everything.std(axis=0))
            ),
            "There is one mean and one spread for all features. Each feature needs its own: "
            "axis=0.": _scaled(parts, lambda X: (X.mean(), X.std())),
            "A feature's spread is 0, and you divided by it. Put 1 there.": bare,
            "You added a tiny number to the spread. Where it is 0, a sample that differs becomes a "
            "giant number then: put 1 there instead.": _scaled(
                parts, lambda X: (X.mean(axis=0), X.std(axis=0) + 1e-8)
            ),
            "The spread is that of a sample, divided by n - 1. Take std as it is, without "
            "ddof.": lambda: _scaled(parts, lambda X: (X.mean(axis=0), X.std(axis=0, ddof=1))),
            "The numbers are scaled to lie between 0 and 1. Here, take the mean off and divide by "
            "the standard deviation.": _scaled(parts, lambda X: (X.min(axis=0), np.ptp(X, axis=0))),
            "The numbers are divided by their range, the largest minus the smallest. The spread is "
            "the standard deviation: std.": (
                _scaled(parts, lambda X: (X.mean(axis=0), np.ptp(X, axis=0)))
            ),
            "The mean is not taken off.": _scaled(parts, lambda X: (0 * mean, X.std(axis=0))),
            "The numbers are not divided by the spread.": _scaled(
                parts, lambda X: (X.mean(axis=0), np.ones_like(mean))
            ),
            "The numbers are divided by the variance. The spread is its square root: std.": _scaled(
                parts, lambda X: (X.mean(axis=0), X.var(axis=0))
            ),
            "The training part alone is scaled. The other two need the same mean and spread: those "
            "of X_train as it came, not of the scaled one.": (
                _scaled(parts, lambda _: (mean, spread))[0],
                *parts[1:],
            ),
        },
        cause=axis,
    )


def check_scale(answer: Answer) -> None:
    """all three parts scaled by the training part's numbers"""
    rng = answer.rng(4)
    for n_features in (3, 1):
        sizes = np.array([6, 4, 5])
        parts = tuple(rng.normal(rng.normal(), 2, (n, n_features)) for n in sizes)
        _compare(answer, parts)


def check_empty_pixels(answer: Answer) -> None:
    """a feature that is the same in all training samples"""
    rng = answer.rng(5)
    parts = [rng.normal(3, 2, (n, 2)) for n in (4, 3, 2)]
    parts[0][:, 1] = 0
    _compare(answer, tuple(parts))
