"""Checks of exercise 28: the loop of every PyTorch program."""

import copy
from typing import Any

from workshop.exercises.checking import Answer, Reply, Wrong, changed, close

HINTS = (
    "Which two things do you need before the loop can begin? And which four lines stand in it? "
    "The page shows the four.",
    "Before: loss = nn.MSELoss() and optimizer = torch.optim.SGD(...), which gets "
    "model.parameters() and lr=. In the loop: forget, look how wrong, find the slopes, step.",
    "zero_grad() must come before backward(), or after step(), in each round. A loss of one number "
    "has .item(), which gives it as a plain number.",
    "for _ in range(epochs): optimizer.zero_grad(), then loss = ...(model(X), y), loss.backward(), "
    "optimizer.step(), and add loss.item() to the list.",
)
_LOOP = """
def train(model, X, y, learning_rate, epochs):
    measure = nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = measure(model(X), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
"""
WRONG = (
    Wrong("sum of all slopes", changed(_LOOP, "        optimizer.zero_grad()\n", "")),
    Wrong("never moves", changed(_LOOP, "        optimizer.step()\n", "")),
    Wrong(
        "wiped out before the step",
        changed(
            _LOOP,
            "        optimizer.zero_grad()\n",
            "",
            "        optimizer.step()\n",
            "        optimizer.zero_grad()\n        optimizer.step()\n",
        ),
    ),
    Wrong("tensors in the list", changed(_LOOP, "loss.item()", "loss")),
    Wrong("after the step", changed(_LOOP, "loss.item()", "measure(model(X), y).item()")),
    Wrong("The list holds one loss", changed(_LOOP, "    return", "        return")),
    Wrong("another loss", changed(_LOOP, "MSELoss", "L1Loss")),
    Wrong("another optimiser", changed(_LOOP, "SGD", "Adam")),
    Wrong("The last loss alone", changed(_LOOP, "return losses", "return losses[-1]")),
    Wrong(
        "The model was not changed",
        changed(
            _LOOP,
            "    losses = []",
            "    losses = []\n"
            "    import copy\n    model = copy.deepcopy(model)\n"
            "    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)",
        ),
    ),
)


def _by_the_book(
    model: Any,
    X: Any,
    y: Any,
    rate: float,
    epochs: int,
    *,
    forget: bool = True,
    step: bool = True,
    loss: str = "MSELoss",
    optimizer: str = "SGD",
) -> list[float]:
    import torch

    measure = getattr(torch.nn, loss)()
    steps = getattr(torch.optim, optimizer)(model.parameters(), lr=rate)
    losses = []
    for _ in range(epochs):
        if forget:
            steps.zero_grad()
        loss_now = measure(model(X), y)
        loss_now.backward()
        if step:
            steps.step()
        losses.append(loss_now.item())
    return losses


def _compare(answer: Answer, model: Any, X: Any, y: Any, rate: float, epochs: int) -> None:
    import torch

    def losses_of(**changes: Any) -> list[float]:
        return _by_the_book(copy.deepcopy(model), X, y, rate, epochs, **changes)

    right = copy.deepcopy(model)
    expected = [round(loss, 6) for loss in _by_the_book(right, X, y, rate, epochs)]
    theirs = copy.deepcopy(model)
    call = f"train(model, X, y, learning_rate={rate}, epochs={epochs})"
    train = answer.get("train")
    reply = Reply(call, answer.ask(call, lambda: train(theirs, X, y, rate, epochs)))
    same_model = all(
        close(one, other, 1e-4)
        for one, other in zip(theirs.parameters(), right.parameters(), strict=True)
    )
    if isinstance(reply.value, list | tuple):
        if len(reply.value) == 1 < epochs:
            reply.fail(
                f"a list of {epochs} losses",
                "The list holds one loss, and there should be one for each epoch. Is the list "
                "made before the loop, and returned behind it?",
            )
        if len(reply.value) == epochs and any(
            isinstance(loss, torch.Tensor) for loss in reply.value
        ):
            reply.fail(
                f"{epochs} plain numbers",
                "There are tensors in the list. Each of them remembers how it was calculated, and "
                "keeps all of that in memory. Put loss.item() into the list instead.",
            )
        if len(reply.value) == epochs and close(tuple(reply.value), tuple(expected), 1e-4):
            if not same_model:
                reply.fail(
                    "a model that has learned",
                    "The losses are right, but the parameters of the model are not. The model was "
                    "not changed, or changed once too often: train the one that was given.",
                    "another model than the one that belongs to these losses",
                )
            return
    reply.gives(
        expected,
        tolerance=1e-4,
        mistakes={
            "The model never moves: the loss stays where it is. Is there a step in the loop, or "
            "were the slopes wiped out before the step? First forget, then backward(), then "
            "step().": lambda: losses_of(step=False),
            "Each step follows the sum of all slopes since the beginning, like the line in step 10 "
            "that swings. PyTorch adds new slopes to the old ones. What has to come before "
            "backward(), in each round?": lambda: losses_of(forget=False),
            "These are the losses after the step of each epoch. Take the loss that you called "
            "backward() on.": lambda: [*_losses_and_one_more(model, X, y, rate, epochs)[1:]],
            "That is another loss than the mean squared error.": lambda: losses_of(loss="L1Loss"),
            "The sum of the squares is lowered here. Take their mean, as nn.MSELoss() "
            "does.": lambda: _sums(copy.deepcopy(model), X, y, rate, epochs),
            "That is another optimiser than torch.optim.SGD.": lambda: losses_of(optimizer="Adam"),
            "The last loss alone came back. Collect the loss of each epoch in a list.": lambda: (
                expected[-1]
            ),
            "There is one loss too many. Each epoch measures one loss, before its step.": lambda: (
                _losses_and_one_more(model, X, y, rate, epochs)
            ),
        },
    )


def _losses_and_one_more(model: Any, X: Any, y: Any, rate: float, epochs: int) -> list[float]:
    return _by_the_book(copy.deepcopy(model), X, y, rate, epochs + 1)


def _sums(model: Any, X: Any, y: Any, rate: float, epochs: int) -> list[float]:
    import torch

    steps, losses = torch.optim.SGD(model.parameters(), lr=rate), []
    for _ in range(epochs):
        steps.zero_grad()
        loss = ((model(X) - y) ** 2).sum()
        loss.backward()
        steps.step()
        losses.append(loss.item())
    return losses


def check_example(answer: Answer) -> None:
    """the example of the statement"""
    import torch

    model = torch.nn.Linear(1, 1)
    for parameter in model.parameters():
        torch.nn.init.zeros_(parameter)
    X, y = torch.tensor([[1.0], [2.0]]), torch.tensor([[2.0], [4.0]])
    _compare(answer, model, X, y, 0.1, 3)


def check_straight_line(answer: Answer) -> None:
    """one neuron and the line of the page, for 50 epochs"""
    import torch

    torch.manual_seed(13)
    X = torch.arange(0, 1, 0.02)[:, None]
    _compare(answer, torch.nn.Linear(1, 1), X, 0.7 * X + 0.3, 0.3, 50)


def check_network(answer: Answer) -> None:
    """a network with a hidden layer, three inputs and two outputs"""
    import torch
    from torch import nn

    torch.manual_seed(1)
    model = nn.Sequential(nn.Linear(3, 8), nn.ReLU(), nn.Linear(8, 2))
    _compare(answer, model, torch.randn(20, 3), torch.randn(20, 2), 0.05, 10)


def check_no_epochs(answer: Answer) -> None:
    """no epochs: nothing happens"""
    import torch

    torch.manual_seed(2)
    _compare(answer, torch.nn.Linear(2, 1), torch.randn(4, 2), torch.randn(4, 1), 0.1, 0)
