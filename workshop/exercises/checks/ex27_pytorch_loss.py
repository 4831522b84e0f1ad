"""Checks of exercise 27: the right loss in PyTorch."""

import inspect
from typing import Any

from workshop.exercises.checking import Answer, Wrong, close

HINTS = (
    "Subtract a tensor of shape (3,) from one of shape (3, 1), and print the shape of the result. "
    "How many distances is that, and how many should it be?",
    "Tensors have .reshape(...), .abs() and .mean(), as arrays have. outputs.shape is a shape that "
    "reshape takes.",
    "Which of the two losses of the page has a slope that shrinks near the goal? Which of them "
    "pulls equally hard from near and far? A class is neither near nor far: it has a third loss.",
    "nn.CrossEntropyLoss(), nn.MSELoss() and nn.L1Loss() are the three. Do not forget the brackets "
    "behind the name.",
)
WRONG = (
    Wrong(
        "Each output was compared with each target",
        """
def mean_absolute_error(outputs, targets):
    return (outputs - targets).abs().mean()
""",
    ),
    Wrong(
        "mean of the squares",
        """
def mean_absolute_error(outputs, targets):
    return ((outputs - targets.reshape(outputs.shape)) ** 2).mean()
""",
    ),
    Wrong(
        "distances too small and too large cancel",
        """
def mean_absolute_error(outputs, targets):
    return (outputs - targets.reshape(outputs.shape)).mean().abs()
""",
    ),
    Wrong(
        "That is the sum",
        """
def mean_absolute_error(outputs, targets):
    return (outputs - targets.reshape(outputs.shape)).abs().sum()
""",
    ),
    Wrong(
        "does not know how it was calculated",
        """
def mean_absolute_error(outputs, targets):
    return torch.tensor((outputs - targets.reshape(outputs.shape)).abs().mean().item())
""",
    ),
    Wrong(
        "the classes have no order",
        """
def loss_for(task):
    return nn.L1Loss()
""",
    ),
    Wrong(
        "squares the slips",
        """
def loss_for(task):
    return nn.CrossEntropyLoss() if task == "class" else nn.MSELoss()
""",
    ),
    Wrong(
        "pulls with the same force from near and far",
        """
def loss_for(task):
    return nn.CrossEntropyLoss() if task == "class" else nn.L1Loss()
""",
    ),
    Wrong(
        "neither the mean absolute error nor",
        """
def loss_for(task):
    return nn.CrossEntropyLoss() if task == "class" else nn.BCEWithLogitsLoss()
""",
    ),
    Wrong(
        "Without brackets",
        """
def loss_for(task):
    return nn.CrossEntropyLoss
""",
    ),
)


def _error(answer: Answer, outputs: Any, targets: Any) -> None:
    import torch

    right = targets.reshape(outputs.shape)
    distances = (outputs - right).detach()
    reply = answer.call("mean_absolute_error", outputs, targets)
    reply.gives(
        distances.abs().mean(),
        tolerance=1e-5,
        mistakes={
            "Each output was compared with each target, because one is a column and the other is "
            "not. Give them the same shape first.": (outputs.reshape(-1, 1) - right.reshape(1, -1))
            .abs()
            .mean(),
            "That is the mean of the squares. Take the distance itself, without its sign.": (
                distances**2
            ).mean(),
            "Here, distances too small and too large cancel. Take away the sign of each distance "
            "before the mean.": distances.mean().abs(),
            "Distances below zero and above it cancel. Take away their signs "
            "first.": distances.mean(),
            "That is the sum of the distances. Take their mean, so that it does not grow with the "
            "number of samples.": distances.abs().sum(),
            "These are the distances, one for each sample. The loss is one number, their "
            "mean.": distances.abs(),
        },
    )
    if not (isinstance(reply.value, torch.Tensor) and reply.value.requires_grad):
        reply.fail(
            "the same number as a tensor that remembers its outputs",
            "The number is right, but it does not know how it was calculated, so that backward() "
            "would find no slopes. Use operations on tensors all the way, without .item(), "
            ".detach() or NumPy.",
        )


def check_example(answer: Answer) -> None:
    """mean_absolute_error: the example of the statement"""
    import torch

    outputs = torch.tensor([[1.0], [5.0]], requires_grad=True)
    _error(answer, outputs, torch.tensor([[2.0], [3.0]]))
    _error(answer, outputs, torch.tensor([2.0, 3.0]))


def check_random_outputs(answer: Answer) -> None:
    """mean_absolute_error: random outputs, with targets of both shapes, and a single sample"""
    import torch

    torch.manual_seed(1)
    for n_samples in (1, 2, 7, 30):
        outputs = torch.randn(n_samples, 1, requires_grad=True)
        for shape in ((n_samples, 1), (n_samples,)):
            _error(answer, outputs, 3 * torch.randn(shape))


def check_choice_for_classes(answer: Answer) -> None:
    """loss_for: the loss for classes"""
    _choice(answer, "class")


def check_choice_for_amounts(answer: Answer) -> None:
    """loss_for: the losses for amounts"""
    for task in ("amount", "amount, with slips"):
        _choice(answer, task)


def _is_both(loss: Any) -> bool:
    """Tell whether a loss bends near the goal and is straight far from it, as Huber's is."""
    import torch
    from torch import nn

    functions = nn.functional.huber_loss, nn.functional.smooth_l1_loss
    if not (isinstance(loss, nn.HuberLoss | nn.SmoothL1Loss) or loss in functions):
        return False
    near, one, far = (float(loss(torch.tensor([d]), torch.zeros(1))) for d in (0.1, 1.0, 10.0))
    return near < 0.09 * one and far < 50 * one


def _choice(answer: Answer, task: str) -> None:
    import torch
    from torch import nn

    torch.manual_seed(2)
    losses = {
        "class": nn.CrossEntropyLoss(),
        "amount": nn.MSELoss(),
        "amount, with slips": nn.L1Loss(),
    }
    reply = answer.call("loss_for", task)
    loss, wanted = reply.value, f"a loss for the task {task!r}"
    if loss is None:
        reply.fail(wanted, "The function returns nothing for this task. Does it end in return?")
    if inspect.isclass(loss):
        reply.fail(
            wanted,
            f"Without brackets, nn.{loss.__name__} is a plan for losses. With brackets, you get "
            f"one: nn.{loss.__name__}().",
        )
    if not callable(loss):
        reply.fail(wanted, f"That cannot be called: it is a {type(loss).__name__}.")
    amounts = torch.randn(6, 1), torch.randn(6, 1)
    if task != "class":
        if isinstance(loss, nn.CrossEntropyLoss):
            reply.fail(
                wanted,
                "Cross-entropy asks how probable the right class was. An amount is no class: here "
                "it counts how far an answer is off.",
            )
        got = answer.ask(f"loss_for({task!r})(outputs, targets)", lambda: loss(*amounts))
        if close(got, losses[task](*amounts), 1e-5) or _is_both(loss):
            return
        others = [losses[other](*amounts) for other in losses if other not in ("class", task)]
        if not close(got, others[0], 1e-5):
            reply.fail(
                wanted,
                "That is neither the mean absolute error nor the mean squared error. One of these "
                "two suits the task.",
            )
        reply.fail(
            wanted,
            {
                "amount": "This loss pulls with the same force from near and far, so that the "
                "network steps over its goal for ever. Which loss has a slope that shrinks?",
                "amount, with slips": "This loss squares the slips too: one that is off by 10 "
                "costs as much as a hundred that are off by 1. Which one does not square?",
            }[task],
        )
    if isinstance(loss, nn.L1Loss | nn.MSELoss):
        reply.fail(
            wanted,
            "That is a distance between numbers, but the classes have no order: a 9 is not three "
            "times as much as a 3. Which loss asks how probable the right class was?",
        )
    logits, classes = torch.randn(6, 10), torch.arange(6)
    got = answer.ask("loss_for('class')(outputs, targets)", lambda: loss(logits, classes))
    if not close(got, losses[task](logits, classes), 1e-5):
        reply.fail(
            wanted,
            "For logits, it gives another number than cross-entropy does. Which loss has the "
            "softmax inside?",
        )
