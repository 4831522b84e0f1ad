"""Checks of exercise 38: a neuron that got lost."""

import tempfile
from pathlib import Path
from typing import Any

from workshop.datasets import make_counting_ones
from workshop.exercises.checking import Answer, Fault, Reply, Wrong, changed

HINTS = (
    "Write print(type(model)) behind each line that has a model in it, and run the file with a few "
    "lists. Where does the type change?",
    "In this program one name stands for two things, one after the other. The page has a section "
    "on models that were saved and could not be loaded.",
    "The dictionary is for the file, the model is for you. The dictionary needs no name at all.",
    "torch.save(model.state_dict(), path) puts the dictionary into the file and leaves the model "
    "alone.",
)
_SOLVED = """
def train_and_save(X, y, path):
    model = nn.Linear(X.shape[1], 1)
    measure = nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    for _ in range(300):
        optimizer.zero_grad()
        loss = measure(model(X), y)
        loss.backward()
        optimizer.step()
    torch.save(model.state_dict(), path)
    return model
"""
_SAVE = "torch.save(model.state_dict(), path)"
WRONG = (
    Wrong(
        "The dictionary came back",
        changed(_SOLVED, _SAVE, f"{_SAVE}\n    model = model.state_dict()"),
    ),
    Wrong(
        "The file holds the whole Python object", changed(_SOLVED, _SAVE, "torch.save(model, path)")
    ),
    Wrong("Nothing was saved", changed(_SOLVED, _SAVE, "model.state_dict()")),
    Wrong(
        "has forgotten what it learned",
        changed(_SOLVED, "return model", "return nn.Linear(X.shape[1], 1)"),
    ),
    Wrong(
        "saved before the training",
        changed(_SOLVED, f"    {_SAVE}\n", "", "    for _", f"    {_SAVE}\n    for _"),
    ),
)


def _train(answer: Answer, path: Path) -> Reply:
    import torch

    X, y = map(torch.as_tensor, make_counting_ones(60, seed=1))
    torch.manual_seed(1)
    train_and_save = answer.get("train_and_save")
    call = "train_and_save(X, y, path)"
    return Reply(call, answer.ask(call, lambda: train_and_save(X, y, str(path))))


def _lists() -> Any:
    import torch

    X, y = make_counting_ones(20, seed=2)
    return torch.as_tensor(X), y[:, 0].astype(int)


def check_neuron(answer: Answer) -> None:
    """the neuron that comes back can still be used"""
    import torch

    with tempfile.TemporaryDirectory() as folder:
        reply = _train(answer, Path(folder) / "neuron.pt")
    if isinstance(reply.value, dict):
        reply.fail(
            "a neuron, which can be called",
            "The dictionary came back that was meant for the file. Here two things go by one name. "
            "After which line is it no longer the neuron?",
            "a dictionary of its numbers",
        )
    if not callable(reply.value):
        reply.fail("a neuron, which can be called", "Return the trained neuron.")
    X, truth = _lists()
    call = "train_and_save(X, y, path)(new lists)"
    with torch.no_grad():
        counts = answer.ask(call, lambda: reply.value(X))
    Reply(call, counts.round()[:, 0]).gives(
        truth,
        axes=("lists",),
        cause="The neuron has forgotten what it learned, or was not trained. Return the trained "
        "one.",
    )


def check_file(answer: Answer) -> None:
    """the file holds numbers and nothing else"""
    import torch

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "neuron.pt"
        call, wanted = "train_and_save(X, y, path)", "a file with the neuron's numbers"
        _train(answer, path)
        if not path.exists():
            raise Fault(call, "no file", wanted, "Nothing was saved. torch.save writes the file.")
        try:
            state = torch.load(path, weights_only=True)
        except Exception:  # whatever keeps PyTorch from reading it
            raise Fault(
                call,
                "a file that PyTorch refuses to read",
                wanted,
                "The file holds the whole Python object now, and before it held numbers only. "
                "Reading an object may run any code. Save the dictionary, and keep the model.",
            ) from None
        if not isinstance(state, dict) or sorted(state) != ["bias", "weight"]:
            raise Fault(
                call, f"a file with {state!r:.60}", wanted, "Save the neuron's state_dict()."
            )


def check_count(answer: Answer) -> None:
    """count: the neuron from the file counts"""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "neuron.pt"
        _train(answer, path)
        X, truth = _lists()
        for bits, number in zip(X[:8].int().tolist(), truth.tolist(), strict=False):
            answer.call("count", str(path), bits).gives(
                number,
                cause="The file does not hold what was learned. Was it saved before the training?",
            )
