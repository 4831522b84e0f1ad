"""Checks of exercise 37: a line that swings."""

from collections.abc import Sequence
from typing import Any

from workshop.exercises.checking import Answer, Reply, Wrong, changed

HINTS = (
    "The page has a picture of such a swinging line, beside one that comes to rest. What is the "
    "section above it about?",
    "Go through the loop by hand, for two epochs. What do the slopes of the first epoch do in the "
    "second? Who sets them back to zero, and when?",
    "Three calls belong together in each round of the loop. Count how often each of them runs.",
    "optimizer.zero_grad() runs once, before the loop. It belongs in the loop, before backward().",
)
_SOLVED = """
def fit_line(x, y, learning_rate, epochs):
    model = nn.Linear(1, 1)
    measure = nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = measure(model(x), y)
        loss.backward()
        optimizer.step()
    return model.weight.item(), model.bias.item()
"""
WRONG = (
    Wrong(
        "It swings about the goal",
        changed(
            _SOLVED,
            "        optimizer.zero_grad()\n",
            "",
            "    return",
            "    optimizer.zero_grad()\n    return",
        ),
    ),
    Wrong(
        "stays where it began",
        changed(
            _SOLVED,
            "        optimizer.zero_grad()\n",
            "",
            "        optimizer.step()\n",
            "        optimizer.zero_grad()\n        optimizer.step()\n",
        ),
    ),
    Wrong(
        "These are not plain steps of the length that was asked for",
        changed(_SOLVED, "lr=learning_rate", "lr=learning_rate / 100"),
    ),
    Wrong(
        "The same line, whatever the points",
        changed(_SOLVED, "model.weight.item(), model.bias.item()", "0.7, 0.3"),
    ),
)


def _paths(
    seed: int, x: Any, y: Any, rate: float, epochs: int, forget: bool = True
) -> list[tuple[float, float]]:
    """Return weight and bias at the start and after each epoch."""
    import torch

    torch.manual_seed(seed)
    model = torch.nn.Linear(1, 1)
    path = [(model.weight.item(), model.bias.item())]
    optimizer = torch.optim.SGD(model.parameters(), lr=rate)
    for _ in range(epochs):
        if forget:
            optimizer.zero_grad()
        torch.nn.functional.mse_loss(model(x), y).backward()
        optimizer.step()
        path.append((model.weight.item(), model.bias.item()))
    return path


def _fit(answer: Answer, seed: int, line: Sequence[float], rate: float, epochs: int) -> Reply:
    import torch

    x = torch.linspace(-1, 1, 41)[:, None]
    y = line[0] * x + line[1]
    fit_line = answer.get("fit_line")
    torch.manual_seed(seed)
    call = f"fit_line(x, {line[0]} * x + {line[1]}, learning_rate={rate}, epochs={epochs})"
    reply = Reply(call, answer.ask(call, lambda: fit_line(x, y, rate, epochs)))
    return reply.gives(
        tuple(round(value, 4) for value in _paths(seed, x, y, rate, epochs)[-1]),
        tolerance=1e-3,
        mistakes={
            "It swings about the goal. Each step follows more slopes than those of its own epoch. "
            "What does backward() do with the slopes that are there already?": lambda: _paths(
                seed, x, y, rate, epochs, forget=False
            )[-1],
            "The line stays where it began. The slopes must still be there when the step is "
            "taken.": lambda: _paths(seed, x, y, rate, 0)[-1],
            "The same line, whatever the points: it should be learned from them.": (0.7, 0.3),
        },
        cause="These are not plain steps of the length that was asked for, each along the slopes "
        "of its own epoch. Leave rate, optimiser and epochs alone: they are not at fault.",
    )


def check_rest(answer: Answer) -> None:
    """the line comes to rest: the same after 100 epochs and after 110"""
    for epochs in (100, 110):
        _fit(answer, 13, (0.7, 0.3), 0.3, epochs)


def check_other_lines(answer: Answer) -> None:
    """other lines, from other starts"""
    for seed, line in ((1, (-2.0, 1.0)), (2, (0.0, -3.0))):
        _fit(answer, seed, line, 0.3, 100)


def check_first_steps(answer: Answer) -> None:
    """the first steps, each by the slopes of its own epoch"""
    for epochs in (0, 1, 2, 3):
        _fit(answer, 3, (1.5, 0.5), 0.1, epochs)
