"""Checks of exercise 42: some seeds never learn."""

import itertools
from typing import Any

from workshop.datasets import make_counting_ones
from workshop.exercises.checking import Answer, Reply, Wrong, changed

HINTS = (
    "Start it with the seed 17, and print the loss of some epochs. Then print the neuron's sums "
    "for all lists, before anything has been learned. What do they have in common?",
    "What is the slope of a ReLU where its input is below zero? What does that do to a neuron "
    "whose sums are below zero for every list?",
    "The comment in the program is true, but it holds for a neuron that has learned. While it "
    "learns, a sum below zero does no harm.",
    "The neuron is nn.Linear(10, 1), with nothing behind it.",
)
_SOLVED = """
def learn_to_count(X, y, seed, epochs=300):
    torch.manual_seed(seed)
    neuron = nn.Sequential(nn.Linear(10, 1))
    measure = nn.MSELoss()
    optimizer = torch.optim.SGD(neuron.parameters(), lr=0.05)
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = measure(neuron(X), y)
        loss.backward()
        optimizer.step()
    return neuron
"""


def _with(layer: str) -> str:
    return changed(_SOLVED, "nn.Linear(10, 1))", f"nn.Linear(10, 1), {layer})")


WRONG = (
    Wrong("It answers 0 to every list", _with("nn.ReLU()")),
    Wrong("hides the fault", changed(_with("nn.ReLU()"), "manual_seed(seed)", "manual_seed(0)")),
    Wrong("never goes above 1", _with("nn.Sigmoid()")),
    Wrong("something still bends its answers", _with("nn.Softplus()")),
    Wrong("The steps have become too short", changed(_SOLVED, "lr=0.05", "lr=0.0005")),
)
DEAD = (17, 31)  # with these seeds, the sums of nn.Linear(10, 1) begin below 0 for all lists


def _neuron(answer: Answer, seed: int, *epochs: int) -> Any:
    import torch

    X, y = map(torch.as_tensor, make_counting_ones(100))
    learn = answer.get("learn_to_count")
    call = f"learn_to_count{('X', 'y', seed, *epochs)!r}".replace("'", "")
    neuron = answer.ask(call, lambda: learn(X.clone(), y.clone(), seed, *epochs))
    if not callable(neuron):
        Reply(call, neuron).fail("a neuron, which can be called", "Return the neuron.")
    return neuron


def _learned(answer: Answer, seed: int) -> None:
    import torch

    neuron = _neuron(answer, seed)
    lists = torch.tensor(list(itertools.product([0.0, 1.0], repeat=10)))
    truth = lists.sum(dim=1, keepdim=True)
    call = f"learn_to_count(X, y, {seed})(all 1024 lists)"
    with torch.no_grad():
        reply = Reply(call, answer.ask(call, lambda: neuron(lists)))
    counts = torch.as_tensor(reply.has_shape((1024, 1), axes=("lists", "counts")))
    wrong = int((counts.round() != truth).sum())
    if not wrong:
        return
    if (counts == 0).all():
        cause = (
            "It answers 0 to every list, and its loss never moves, so its slopes are all zero. "
            "What in this program has no slope, and with which sums?"
        )
    elif counts.min() >= 0 and counts.max() <= 1:
        cause = "The answer never goes above 1 now, so it cannot count."
    elif counts.max() < 9:
        cause = "The steps have become too short, or too few. Their length was not at fault."
    else:
        cause = (
            "It learns, but something still bends its answers. Is what comes out of the neuron the "
            "plain sum?"
        )
    reply.fail(
        "the right count for each list, when rounded",
        cause,
        f"a wrong count for {wrong} of them, and answers from {counts.min():.2f} to "
        f"{counts.max():.2f}",
    )


def check_good_starts(answer: Answer) -> None:
    """the neuron counts with seeds that did no harm before"""
    for seed in (0, 1):
        _learned(answer, seed)


def check_dead_starts(answer: Answer) -> None:
    """the neuron counts with seeds that were dead before"""
    for seed in DEAD:
        _learned(answer, seed)


def check_seed(answer: Answer) -> None:
    """the seed still decides where the weights begin"""
    import torch

    first, second = (
        [value.detach() for value in _neuron(answer, seed, 0).parameters()] for seed in (0, 17)
    )
    if all(map(torch.equal, first, second)):
        Reply("learn_to_count(X, y, seed, epochs=0), with the seeds 0 and 17", first).fail(
            "other weights for another seed",
            "That hides the fault: the neuron begins at one place that happens to be good, "
            "whatever the seed. Let the seed decide again, and look for what makes a start dead.",
            "the same weights with both",
        )
