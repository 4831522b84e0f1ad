"""Checks of exercise 13: mini-batches."""

import numpy as np

from workshop.exercises.checking import Answer, Fault, Reply, Wrong, shown

HINTS = (
    "Do not move the samples themselves. Make a random order of their numbers first, 0 to "
    "n_samples - 1, and then cut that order into pieces.",
    "rng.permutation(len(X)) is such an order, and range(0, len(X), batch_size) counts the places "
    "where the pieces begin.",
    "A piece is order[start : start + batch_size]. Python does not mind if that goes beyond the "
    "end: the last piece is just shorter.",
    "With chosen = order[start : start + batch_size], the pair is (X[chosen], y[chosen]): the same "
    "rows of both.",
)
WRONG = (
    Wrong(
        "The last, smaller batch is missing",
        """
def mini_batches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    batches = []
    for i in range(len(X) // batch_size):
        chosen = order[i * batch_size : (i + 1) * batch_size]
        batches.append((X[chosen], y[chosen]))
    return batches
""",
    ),
    Wrong(
        "is empty",
        """
def mini_batches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    batches = []
    for i in range(len(X) // batch_size + 1):
        chosen = order[i * batch_size : (i + 1) * batch_size]
        batches.append((X[chosen], y[chosen]))
    return batches
""",
    ),
    Wrong(
        "no longer belong together",
        """
def mini_batches(X, y, batch_size, rng):
    X, y = rng.permutation(X), rng.permutation(y)
    starts = range(0, len(X), batch_size)
    return [(X[i : i + batch_size], y[i : i + batch_size]) for i in starts]
""",
    ),
    Wrong(
        "drawn anew for each batch",
        """
def mini_batches(X, y, batch_size, rng):
    batches = []
    for start in range(0, len(X), batch_size):
        chosen = rng.choice(len(X), min(batch_size, len(X) - start), replace=False)
        batches.append((X[chosen], y[chosen]))
    return batches
""",
    ),
    Wrong(
        "in the order of X",
        """
def mini_batches(X, y, batch_size, rng):
    starts = range(0, len(X), batch_size)
    return [(X[i : i + batch_size], y[i : i + batch_size]) for i in starts]
""",
    ),
    Wrong(
        "the same order in each epoch",
        """
def mini_batches(X, y, batch_size, rng):
    order = np.random.default_rng(0).permutation(len(X))
    starts = range(0, len(X), batch_size)
    pieces = [order[i : i + batch_size] for i in starts]
    return [(X[piece], y[piece]) for piece in pieces]
""",
    ),
    Wrong(
        "does not come from rng",
        """
def mini_batches(X, y, batch_size, rng):
    order = np.random.default_rng().permutation(len(X))
    starts = range(0, len(X), batch_size)
    pieces = [order[i : i + batch_size] for i in starts]
    return [(X[piece], y[piece]) for piece in pieces]
""",
    ),
    Wrong(
        "changes X",
        """
def mini_batches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    X[:], y[:] = X[order], y[order]
    starts = range(0, len(X), batch_size)
    return [(X[i : i + batch_size], y[i : i + batch_size]) for i in starts]
""",
    ),
    Wrong(
        "each holds neighbours",
        """
def mini_batches(X, y, batch_size, rng):
    starts = np.arange(0, len(X) - batch_size, batch_size)
    rng.shuffle(starts)
    starts = [*starts, len(starts) * batch_size]
    return [(X[start : start + batch_size], y[start : start + batch_size]) for start in starts]
""",
    ),
    Wrong(
        "wants the number of pieces",
        """
def mini_batches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    pieces = np.array_split(order, math.ceil(len(X) / batch_size))
    return [(X[piece], y[piece]) for piece in pieces]

import math
""",
    ),
    Wrong(
        "list of pairs",
        """
def mini_batches(X, y, batch_size, rng):
    chosen = rng.permutation(len(X))[:batch_size]
    return X[chosen], y[chosen]
""",
    ),
)


class Epoch:
    """The batches of one call. Sample i is the row ``[i, -i]`` of X, and its y is 100 + i.

    Attributes
    ----------
    reply : Reply
        The call, and a list of pairs.
    samples : list of array
        The numbers of the samples in each batch, by X.
    """

    def __init__(
        self, answer: Answer, n_samples: int, batch_size: int, rng: np.random.Generator
    ) -> None:
        numbers = np.arange(n_samples)
        X, y = np.stack([numbers, -numbers], axis=1), 100 + numbers
        self.right_sizes = [
            min(batch_size, n_samples - start) for start in range(0, n_samples, batch_size)
        ]
        call = f"mini_batches(X, y, batch_size={batch_size}, rng) with {n_samples} samples"
        function = answer.get("mini_batches")
        given_X, given_y = X.copy(), y.copy()
        value = answer.ask(call, lambda: function(given_X, given_y, batch_size, rng))
        if not hasattr(value, "__iter__"):
            cause = "Append a pair (X[chosen], y[chosen]) to a list for each batch, and return it."
            if value is None:
                cause = "The function returns nothing. Does it end in a line with return?"
            raise Fault(call, shown(value), "a list of pairs (X_batch, y_batch)", cause)
        batches = answer.ask(call, lambda: list(value))  # of a generator, too
        self.reply = Reply(call, batches)
        for name, given, before in (("X", given_X, X), ("y", given_y, y)):
            if not np.array_equal(given, before):
                self.reply.fail(
                    f"{name} as it was",
                    f"The function changes {name}, which its caller still needs. Take rows out of "
                    f"it by their numbers, {name}[chosen], and leave it as it is.",
                    f"{name} in another order after the call",
                )
        self.samples = []
        for pair in batches:
            if not (isinstance(pair, tuple | list) and len(pair) == 2 and np.ndim(pair[0]) == 2):
                if isinstance(pair, tuple | list) and [np.ndim(each) for each in pair] == [1, 2]:
                    self.reply.fail(
                        "pairs (X_batch, y_batch)",
                        "The pairs are the wrong way round: X_batch comes first, then y_batch.",
                        f"a list that begins with {shown(pair)}",
                    )
                self.reply.fail(
                    "a list of pairs (X_batch, y_batch)",
                    "What comes back is not a list of pairs. Append (X[chosen], y[chosen]) to a "
                    "list for each batch of the epoch, and return the list.",
                    f"a list that begins with {shown(pair)}",
                )
            self.samples.append(np.asarray(pair[0])[:, 0].astype(int))

    def compare_sizes(self) -> None:
        """Ask for full batches and a smaller last one."""
        sizes = [len(samples) for samples in self.samples]
        if sizes == self.right_sizes:
            return
        if not sizes:
            cause = "No batch came. Append a pair to the list for each, in the loop."
        elif sizes == self.right_sizes[:-1]:
            cause = "The last, smaller batch is missing. Its samples count as well: keep it."
        elif sizes == [*self.right_sizes, 0]:
            cause = (
                "The last batch is empty, because the samples come out even. Let range count the "
                "starts: range(0, n_samples, batch_size)."
            )
        elif sizes == self.right_sizes[:1]:
            cause = (
                "Only the first batch came. Is the return indented, so that it stands in the loop?"
            )
        elif sizes[0] == self.right_sizes[0] and not any(sizes[1:]):
            cause = (
                "All batches but the first are empty: a piece must end batch_size after its own "
                "start, at start + batch_size."
            )
        elif len(sizes) == sum(self.right_sizes):
            cause = (
                "A batch begins at every sample, so they overlap. Let the starts be batch_size "
                "apart: range(0, n_samples, batch_size)."
            )
        elif sorted(sizes) == sorted(self.right_sizes):
            cause = (
                "The smaller batch is not the last. Are the batches shuffled? Shuffle the samples, "
                "and then cut."
            )
        elif len(sizes) == len(self.right_sizes) and sizes[0] == self.right_sizes[0] - 1:
            cause = (
                "Samples are lost between the batches. order[start : stop] ends before stop, so "
                "stop is start + batch_size."
            )
        elif len(sizes) == len(self.right_sizes) and sum(sizes) == sum(self.right_sizes):
            cause = (
                "The batches have nearly equal sizes: np.array_split wants the number of pieces. "
                "Cut pieces of batch_size, so that only the last is smaller."
            )
        else:
            cause = (
                "Cut the order at 0, batch_size, 2 * batch_size and so on, up to the number of "
                "samples."
            )
        self.reply.fail(f"batches of {self.right_sizes} samples", cause, f"batches of {sizes}")

    def compare_samples(self) -> None:
        """Ask for each sample exactly once, with its own y."""
        seen = np.concatenate(self.samples)
        counts = np.bincount(seen, minlength=sum(self.right_sizes))
        if (counts != 1).any():
            missing, twice = int((counts == 0).sum()), int((counts > 1).sum())
            self.reply.fail(
                "each sample in exactly one batch",
                "Samples are drawn anew for each batch, or may come twice, so chance leaves some "
                "out. Make one random order for the whole epoch, and cut it into pieces.",
                f"{missing} samples in no batch, {twice} in more than one",
            )
        for pair, samples in zip(self.reply.value, self.samples, strict=True):
            if not np.array_equal(np.asarray(pair[1]), 100 + samples):
                self.reply.fail(
                    f"y_batch {shown(100 + samples)}",
                    "The rows of X and the numbers of y no longer belong together. Shuffle once, "
                    "and take the same rows from both.",
                    f"X_batch with samples {shown(samples)}, and y_batch {shown(pair[1])}",
                )


def check_sizes(answer: Answer) -> None:
    """seven samples in batches of three: the last one is smaller"""
    Epoch(answer, 7, 3, answer.rng(1)).compare_sizes()


def check_samples(answer: Answer) -> None:
    """each sample is in exactly one batch, together with its y"""
    for n_samples, batch_size in ((7, 3), (100, 32)):
        Epoch(answer, n_samples, batch_size, answer.rng(2)).compare_samples()


def check_other_sizes(answer: Answer) -> None:
    """samples that come out even, batches of one, one batch for all"""
    for n_samples, batch_size in ((6, 3), (4, 1), (5, 5), (3, 64)):
        epoch = Epoch(answer, n_samples, batch_size, answer.rng(3))
        epoch.compare_sizes()
        epoch.compare_samples()


def check_order(answer: Answer) -> None:
    """the order is random, decided by rng, and new in each epoch"""
    rng = answer.rng(4)
    epochs = [Epoch(answer, 50, 8, rng) for _ in range(2)]
    first, second = (np.concatenate(epoch.samples) for epoch in epochs)
    reply = epochs[0].reply
    begin = f"samples {shown(first[:8])} first"
    if np.array_equal(first, np.arange(50)):
        reply.fail(
            "another order",
            "The batches come in the order of X. Data is often sorted, so shuffle: cut a random "
            "order into pieces.",
            begin,
        )
    if all((np.diff(samples) == 1).all() for samples in epochs[0].samples):
        reply.fail(
            "neighbours in X in different batches",
            "Only the order of the batches is random, and each holds neighbours. Shuffle the "
            "samples, and then cut.",
            f"a batch of samples {shown(epochs[0].samples[0])}",
        )
    if np.array_equal(first, second):
        reply.fail(
            "another order in the next epoch",
            "It is the same order in each epoch. Draw it from the rng that is given, and do not "
            "make a generator with a seed of your own.",
            f"{begin}, in two epochs",
        )
    again = np.concatenate(Epoch(answer, 50, 8, answer.rng(4)).samples)
    if not np.array_equal(first, again):
        reply.fail(
            "the same order for a generator of the same seed",
            "The order does not come from rng. Draw it from the generator that is given, so that "
            "the same seed gives the same training.",
            f"{begin}, and then {shown(again[:8])} first",
        )


def check_all_batches(answer: Answer) -> None:
    """an epoch of 1347 digits in batches of 32 has 43 steps"""
    epoch = Epoch(answer, 1347, 32, answer.rng(5))
    epoch.compare_sizes()
    epoch.compare_samples()
