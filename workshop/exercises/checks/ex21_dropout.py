"""Checks of exercise 21: dropout."""

import numpy as np

from workshop.exercises.checking import Answer, Reply, Wrong, explained

AXES = ("samples", "neurons")
HINTS = (
    "There are two cases, and one of them is a single line. Which one?",
    "rng.random(hidden.shape) draws a number from 0 to 1 for each answer. What share of them is "
    "below p? Compare, and you have an array of True and False.",
    "True counts as 1 and False as 0, so hidden * keep switches off. What do you divide by, so "
    "that the sums of the next layer are right on average?",
    "In training: keep = rng.random(hidden.shape) >= p, then return hidden * keep / (1 - p).",
)
_HEAD = "\ndef dropout(hidden, p, rng, training):\n"
WRONG = (
    Wrong(
        "are not divided by 1 - p",
        _HEAD
        + """
    return hidden * (rng.random(hidden.shape) >= p) if training else hidden
""",
    ),
    Wrong(
        "switched off in use, too",
        _HEAD
        + """
    return hidden * (rng.random(hidden.shape) >= p) / (1 - p)
""",
    ),
    Wrong(
        "nothing needs to be scaled in use",
        _HEAD
        + """
    if not training:
        return hidden * (1 - p)
    return hidden * (rng.random(hidden.shape) >= p) / (1 - p)
""",
    ),
    Wrong(
        "kept with probability p",
        _HEAD
        + """
    return hidden * (rng.random(hidden.shape) < p) / (1 - p) if training else hidden
""",
    ),
    Wrong(
        "All samples lose the same neurons",
        _HEAD
        + """
    return hidden * (rng.random(hidden.shape[1]) >= p) / (1 - p) if training else hidden
""",
    ),
    Wrong(
        "are divided by p",
        _HEAD
        + """
    return hidden * (rng.random(hidden.shape) >= p) / p if training else hidden
""",
    ),
    Wrong(
        "the other way round",
        _HEAD
        + """
    if training:
        return hidden
    return hidden * (rng.random(hidden.shape) >= p) / (1 - p)
""",
    ),
    Wrong(
        "changes its argument hidden",
        _HEAD
        + """
    if training:
        hidden[rng.random(hidden.shape) < p] = 0
        hidden /= 1 - p
    return hidden
""",
    ),
)


def check_in_use(answer: Answer) -> None:
    """in use, nothing is switched off"""
    rng = answer.rng(1)
    for shape, p in (((2, 3), 0.5), ((1, 4), 0.8), ((3, 1), 0.2)):
        hidden = rng.random(shape) + 0.5
        reply = answer.call("dropout", hidden, p, answer.rng(2), training=False)
        came = reply.value
        if isinstance(came, np.ndarray) and came.shape == shape and np.any(came == 0 * hidden):
            reply.fail(
                "the answers as they are",
                "Answers are switched off in use, too. That is the usual mistake with dropout: "
                "return hidden as it is where training is False. (Or is it the other way round?)",
            )
        reply.gives(
            hidden,
            axes=AXES,
            mistakes={
                "The answers were scaled already in training, so nothing needs to be scaled in "
                "use.": hidden * (1 - p),
                "The answers are scaled in use. Without a neuron switched off there is nothing to "
                "make up for: return hidden as it is.": hidden / (1 - p),
            },
        )


def _trained(answer: Answer, p: float, seed: int) -> tuple[np.ndarray, np.ndarray, Reply]:
    """Return many answers, none of them 0, and what dropout makes of them in training."""
    hidden = answer.rng(seed).random((200, 50)) + 0.5
    shape = "Draw a number for each answer: give rng.random the shape of hidden."
    with explained({"broadcast": shape}):
        reply = answer.call("dropout", hidden, p, answer.rng(seed + 1), training=True)
    gone = reply.has_shape(hidden.shape, AXES) == 0
    if gone.all() or not gone.any():
        said = (
            f"All answers are switched off or none. {shape}"
            if gone.all()
            else (
                "In training, no answer is switched off, at least not this time. Does one random "
                f"number decide about all? {shape}"
            )
        )
        reply.fail("some answers switched off, others not", said)
    return hidden, reply.has_shape(hidden.shape, AXES), reply


def check_scale(answer: Answer) -> None:
    """in training, an answer is 0, or divided by 1 - p"""
    for p in (0.2, 0.6):
        hidden, dropped, reply = _trained(answer, p, 3)
        kept = dropped != 0
        factors = dropped[kept] / hidden[kept]
        if np.allclose(factors, 1 / (1 - p), rtol=1e-5):
            continue
        causes = {
            1.0: "The answers that are kept are not divided by 1 - p. The sums of the next layer "
            "would be too small while the network learns.",
            1 - p: "The answers that are kept are multiplied by 1 - p. They must make up for those "
            "that are gone: divide.",
            1 / p: "The answers that are kept are divided by p, the share that is gone. Divide by "
            "the share that is left.",
        }
        fits = [cause for f, cause in causes.items() if np.allclose(factors, f, rtol=1e-5)]
        reply.fail(
            f"each answer 0, or divided by {1 - p:g}",
            fits[0] if fits else "All answers that are kept must be divided by 1 - p.",
            f"answers times {np.round(np.unique(factors.round(6))[:4], 4).tolist()} where not 0",
        )


def check_share(answer: Answer) -> None:
    """in training, a share p is switched off"""
    for p in (0.2, 0.5, 0.9):
        _, dropped, reply = _trained(answer, p, 5)
        gone = dropped == 0
        if abs(gone.mean() - p) > 0.04:
            swapped = abs(gone.mean() - (1 - p)) < 0.04
            reply.fail(
                f"about {p:.0%} of the answers switched off",
                "An answer is kept with probability p. It must be switched off with probability "
                "p: turn the comparison round."
                if swapped
                else "Compare a random number from 0 to 1 with p, for each answer.",
                f"{gone.mean():.0%} of the answers switched off",
            )
        for axis, cause in (
            (0, "All samples lose the same neurons. Draw for each sample and neuron: give "
                "rng.random the shape of hidden."),
            (1, "A sample loses all its neurons or none. Draw for each sample and neuron: give "
                "rng.random the shape of hidden."),
        ):  # fmt: skip
            if np.all(gone == np.take(gone, [0], axis=axis)):
                reply.fail("each answer drawn on its own", cause)


def check_chance(answer: Answer) -> None:
    """other answers are switched off in the next step; none where p is 0"""
    rng, hidden = answer.rng(7), np.ones((20, 10))
    call = "dropout(hidden, p=0.5, rng=rng, training=True), twice"
    function = answer.get("dropout")
    first, second = (
        answer.ask(call, lambda: np.array(function(hidden.copy(), 0.5, rng, True))) for _ in "12"
    )
    if np.array_equal(first, second):
        Reply(call, second).fail(
            "other answers switched off in the second call",
            "Each step must draw anew. Draw from the rng that the function gets, and make no "
            "generator with a fixed seed in the function.",
        )
    answer.call("dropout", hidden[:2], 0.0, rng, training=True).gives(hidden[:2], axes=AXES)
