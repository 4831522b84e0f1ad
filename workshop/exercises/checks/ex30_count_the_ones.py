"""Checks of exercise 30: one neuron counts the ones."""

import itertools
from typing import Any

from workshop.datasets import make_counting_ones
from workshop.exercises.checking import Answer, Reply, Wrong, changed

HINTS = (
    "What is the right solution, without a computer? Which weights and which bias count the ones? "
    "What do you need behind that sum, then?",
    "The neuron is nn.Linear(10, 1), and nothing else. The loss is nn.MSELoss(), the optimiser "
    "torch.optim.SGD. The loop is that of exercise 28.",
    "If it is nearly right, it is not finished. The page compares 0.01 with 0.05 as a learning "
    "rate, both for 1000 epochs.",
    "neuron = nn.Linear(10, 1); optimizer = torch.optim.SGD(neuron.parameters(), lr=0.05); then a "
    "few hundred times zero_grad, loss of neuron(X) and y, backward, step; return neuron.",
)
_SOLVED = """
def learn_to_count(X, y):
    neuron = nn.Sequential(nn.Linear(10, 1))
    measure = nn.MSELoss()
    optimizer = torch.optim.SGD(neuron.parameters(), lr=0.05)
    for _ in range(500):
        optimizer.zero_grad()
        loss = measure(neuron(X), y)
        loss.backward()
        optimizer.step()
    return neuron
"""
WRONG = (
    Wrong(
        "It was dead from the start",
        changed(_SOLVED, "nn.Linear(10, 1))", "nn.Linear(10, 1), nn.ReLU())"),
    ),
    Wrong("not finished", changed(_SOLVED, "500", "30")),
    Wrong("The steps are too long", changed(_SOLVED, "lr=0.05", "lr=1.0")),
    Wrong(
        "never goes above 1",
        changed(_SOLVED, "nn.Linear(10, 1))", "nn.Linear(10, 1), nn.Sigmoid())"),
    ),
    Wrong(
        "The same answer to every list", changed(_SOLVED, "neuron(X), y)", "neuron(X), y[:, 0])")
    ),
    Wrong("have hardly moved", changed(_SOLVED, "        optimizer.step()\n", "")),
    Wrong("is the loss one for amounts", changed(_SOLVED, "MSELoss", "CrossEntropyLoss")),
    Wrong("Return the neuron that was trained", changed(_SOLVED, "return neuron", "return print")),
    Wrong("swing", changed(_SOLVED, "        optimizer.zero_grad()\n", "")),
    Wrong("That is the last loss", changed(_SOLVED, "return neuron", "return loss")),
    Wrong("One number for each list", changed(_SOLVED, "10, 1", "10, 10")),
)
DEAD = (17, 31)  # with these seeds, the sums of nn.Linear(10, 1) begin below 0 for all lists


def _learned(answer: Answer, seed: int) -> None:
    import torch

    X, y = map(torch.as_tensor, make_counting_ones(100))
    learn = answer.get("learn_to_count")
    torch.manual_seed(seed)
    call = "learn_to_count(X, y)"
    reply = Reply(call, answer.ask(call, lambda: learn(X.clone(), y.clone())))
    neuron, wanted = reply.value, "a trained neuron"
    if isinstance(neuron, torch.Tensor | float):
        reply.fail(wanted, "That is the last loss, or another number. Return the neuron itself.")
    if not isinstance(neuron, torch.nn.Module):
        reply.fail(wanted, "Return the neuron that was trained: what nn.Linear has made.")

    lists = torch.tensor(list(itertools.product([0.0, 1.0], repeat=10)))
    truth = lists.sum(dim=1, keepdim=True)
    call = f"learn_to_count(X, y)(all 1024 lists), with the seed {seed}"
    with torch.no_grad():
        counts = answer.ask(call, lambda: neuron(lists))
    reply = Reply(call, counts)
    if not isinstance(counts, torch.Tensor) or counts.shape != truth.shape:
        reply.fail(
            "a tensor of shape (1024, 1)",
            "One number for each list should come out, in a column: ten numbers go in, one comes "
            "out.",
            f"shape {tuple(getattr(counts, 'shape', ()))}",
        )
    wrong = int((counts.round() != truth).sum())
    if wrong:
        reply.fail(
            "the right count for each list, when rounded",
            _why(counts, truth, neuron),
            f"a wrong count for {wrong} of them, and answers from {counts.min():.2f} to "
            f"{counts.max():.2f}",
        )


def _why(counts: Any, truth: Any, neuron: Any) -> str:
    """Say why counts are wrong, as far as can be told from them."""
    numbers = " ".join(
        f"{name} {value.min():.2f} to {value.max():.2f}."
        for name, value in getattr(neuron, "state_dict", dict)().items()
    )
    seen = f" (Look inside: {numbers} The weights should be 1, the bias 0.)" if numbers else ""
    if not counts.isfinite().all() or counts.abs().max() > 100:
        return "The numbers grow without an end. The steps are too long: a smaller learning rate?"
    if (counts == 0).all():
        return (
            "It answers 0 to every list, with this seed. It was dead from the start: all sums "
            "were below zero, where something behind the neuron is flat and has no slope. The "
            "sums may be negative while it learns. What can you leave out?"
        )
    if counts.min() >= 0 and counts.max() <= 1:
        return "The answer never goes above 1, so it cannot count. Leave out what squashes it."
    if counts.std() < 0.1:
        return (
            "The same answer to every list, about the mean of all. Did each output meet the "
            "targets of all lists? Outputs and targets must both have the shape (n_samples, 1)."
        )
    if counts.abs().max() < 3:
        return (
            "The weights have hardly moved. Is there a step in each round, and is the loss one for "
            f"amounts?{seen}"
        )
    if (counts - truth).abs().max() < 1.5:
        return (
            "The neuron has the idea, but it is not finished: rounding does not hide the error at "
            f"the edges. Train for more epochs, or with a larger learning rate.{seen}"
        )
    return (
        "The weights have moved, but not to the goal. Without zero_grad() in each round, they "
        f"would swing about it for ever. With too few epochs, they would not be there yet.{seen}"
    )


def check_all_lists(answer: Answer) -> None:
    """the neuron is right on all 1,024 lists"""
    _learned(answer, 0)


def check_dead_starts(answer: Answer) -> None:
    """it learns too if all its sums begin below zero"""
    for seed in DEAD:
        _learned(answer, seed)
