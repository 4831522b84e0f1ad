"""Checks of exercise 41: a test that is too good."""

import copy
from functools import partial
from typing import Any

import numpy as np

from workshop.exercises.checking import Answer, Reply, Wrong, changed

HINTS = (
    "Which part of a network is left to chance, and when should it be? What does a network have "
    "to be told before it is tested?",
    "Follow one name at a time through the program. Where does each of X_train, y_train, X_test "
    "and y_test stand? One pair of them is used less often than it should be.",
    "model.train() stands at the beginning of each epoch. Its counterpart is missing. The other "
    "fault is in the line that sets test_loss.",
    "Begin evaluate with model.eval(), and let test_loss be that of X_test and y_test.",
)
_EVALUATE = """
def evaluate(model, X, y):
    model.eval()
    with torch.no_grad():
        return measure(model(X), y).item()
"""
_TRAIN = """
def train(model, X_train, y_train, X_test, y_test, epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    history = []
    for _ in range(epochs):
        model.train()
        optimizer.zero_grad()
        loss = measure(model(X_train), y_train)
        loss.backward()
        optimizer.step()
        train_loss = evaluate(model, X_train, y_train)
        test_loss = evaluate(model, X_test, y_test)
        history.append((train_loss, test_loss))
    return history
"""
WRONG = (
    Wrong("The same network, the same points", changed(_EVALUATE, "    model.eval()\n", "")),
    Wrong(
        "a fixed seed only hides the fault",
        changed(_EVALUATE, "model.eval()", "torch.manual_seed(0)"),
    ),
    Wrong(
        "under the name of the test loss",
        changed(_TRAIN, "X_test, y_test)\n        h", "X_train, y_train)\n        h"),
    ),
    Wrong(
        "The two losses have changed places",
        changed(_TRAIN, "(train_loss, test_loss)", "(test_loss, train_loss)"),
    ),
    Wrong("Dropout is off while it learns", changed(_TRAIN, "model.train()", "model.eval()")),
    Wrong(
        "from points that it is tested with",
        changed(_TRAIN, "model(X_train), y_train", "model(X_test), y_test"),
    ),
    Wrong(
        "points of one set with the classes of the other",
        changed(_TRAIN, "evaluate(model, X_test, y_test)", "evaluate(model, X_train, y_test)"),
    ),
    Wrong(
        "Only the first epoch learns with dropout",
        changed(
            _TRAIN,
            "    for _ in range(epochs):\n        model.train()\n",
            "    model.train()\n    for _ in range(epochs):\n",
        ),
    ),
)


def _network() -> Any:
    import torch
    from torch import nn

    torch.manual_seed(4)
    return nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Dropout(0.5), nn.Linear(32, 2))


def _points() -> tuple[Any, ...]:
    """Return a set to learn from, and one of the same size whose classes are drawn at random."""
    import torch

    torch.manual_seed(5)
    X_train, X_test = torch.randn(40, 2), torch.randn(40, 2)
    return X_train, (X_train[:, 0] > 0).long(), X_test, torch.randint(2, (40,))


def _losses(model: Any, *sets: Any) -> tuple[float, ...]:
    import torch

    model.eval()
    with torch.no_grad():
        return tuple(
            torch.nn.functional.cross_entropy(model(X), y).item()
            for X, y in zip(sets[::2], sets[1::2], strict=True)
        )


def _histories(
    epochs: int, *, dropout: bool = True, once: bool = False, learn_from: int = 0
) -> np.ndarray:
    """Return the losses on all pairs of points and classes after each epoch, shape (epochs, 4)."""
    import torch

    model, (X_train, y_train, X_test, y_test) = _network(), _points()
    X, y = ((X_train, y_train), (X_test, y_test))[learn_from]
    torch.manual_seed(6)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    rows: list[tuple[float, ...]] = []
    for _ in range(epochs):
        model.train(dropout and not (once and rows))
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(model(X), y).backward()
        optimizer.step()
        rows.append(
            _losses(model, X_train, y_train, X_test, y_test, X_train, y_test, X_test, y_train)
        )
    return np.array(rows)


def check_evaluate(answer: Answer) -> None:
    """evaluate: the same network and the same points, the same loss"""
    model, evaluate = _network().train(), answer.get("evaluate")
    X_train, y_train, X_test, y_test = _points()
    for X, y in ((X_train, y_train), (X_test, y_test), (X_test[:1], y_test[:1])):
        call = f"evaluate(model, X, y), with a model that was in training and {len(X)} points"
        ours = copy.deepcopy(model)
        first, second = (answer.ask(call, partial(evaluate, model.train(), X, y)) for _ in range(2))
        (right,) = _losses(ours, X, y)
        reply = Reply(call, first)
        if first is not None and first != second:
            reply.fail(
                f"{right:.4f} each time",
                "The same network, the same points, and another loss each time: half of the "
                "neurons are left out at random, as in training. What does a network have to be "
                "told before it is used?",
                f"{float(first):.4f}, and then {float(second):.4f}",
            )
        reply.gives(
            round(right, 6),
            tolerance=1e-4,
            cause="That is not what the whole network says. If it is the same each time, and some "
            "neurons are still left out, then a fixed seed only hides the fault.",
        )


def check_history(answer: Answer) -> None:
    """train: the training loss and the test loss, where the test has random classes"""
    import torch

    epochs = 30
    model, sets, train = _network(), _points(), answer.get("train")
    torch.manual_seed(6)
    call = f"train(model, X_train, y_train, X_test, y_test, epochs={epochs})"
    history = answer.ask(call, lambda: train(model, *sets, epochs))
    right = _histories(epochs)
    reply = Reply(call, history)
    got = reply.has_shape((epochs, 2), axes=("epochs", "training and test"))
    columns = {
        (0, 0): "The training loss stands under the name of the test loss, too. Nobody can learn "
        "random classes, so a test loss that falls gives it away. Which points does each of the "
        "two lines ask about?",
        (1, 1): "The test loss stands under the name of the training loss, too.",
        (1, 0): "The two losses have changed places: the training loss comes first.",
        (0, 2): "The second column puts together the points of one set with the classes of the "
        "other.",
        (0, 3): "The second column puts together the classes of one set with the points of the "
        "other.",
    }
    for pair, sentence in columns.items():
        if np.allclose(got, right[:, pair], atol=1e-4):
            reply.fail(_text(right), sentence, _text(got))
    others: dict[str, dict[str, Any]] = {
        "Dropout is off while it learns. Each epoch begins with model.train(), and only the tests "
        "go without.": {"dropout": False},
        "Only the first epoch learns with dropout. evaluate ends with a network that is in use, so "
        "each epoch must begin with model.train(), in the loop.": {"once": True},
        "The network learns from points that it is tested with. A test with them says nothing.": {
            "learn_from": 1
        },
    }
    for sentence, settings in others.items():
        if np.allclose(got, _histories(epochs, **settings)[:, :2], atol=1e-4):
            reply.fail(_text(right), sentence, _text(got))
    if not np.allclose(got, right[:, :2], atol=1e-3):
        reply.fail(
            _text(right),
            "The losses are others than those of this training. The loop itself was right: change "
            "no more than the two faults.",
            _text(got),
        )


def _text(history: np.ndarray) -> str:
    (first, second), (last, end) = history[0, :2], history[-1, :2]
    return (
        f"losses that go from {first:.3f} to {last:.3f} in training and from {second:.3f} to "
        f"{end:.3f} in the test"
    )
