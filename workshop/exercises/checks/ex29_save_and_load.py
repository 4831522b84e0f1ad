"""Checks of exercise 29: save what was learned, and load it."""

import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from workshop.exercises.checking import Answer, Fault, Reply, Wrong, close

HINTS = (
    "The page prints what is in a file of the book: names, shapes, numbers. Which method of a "
    "model gives you such a dictionary? Step 10 uses it, under Look at the numbers.",
    "torch.save(what, path) writes. torch.load(path, weights_only=True) reads. You save a "
    "model.state_dict(), so what comes back when you load?",
    "model.load_state_dict(...) puts the dictionary into the model. It returns a short message, "
    "and not the model. model.eval() says that training is over.",
    "load takes three lines: model.load_state_dict(torch.load(path, weights_only=True)), then "
    "model.eval(), then return the ...",
)
WRONG = (
    Wrong(
        "The file holds the whole Python object",
        """
def save(model, path):
    torch.save(model, path)

def load(model, path):
    return torch.load(path, weights_only=False).eval()
""",
    ),
    Wrong(
        "Nothing was written there",
        """
def save(model, path):
    return model.state_dict()
""",
    ),
    Wrong(
        "holds a list without names",
        """
def save(model, path):
    torch.save(list(model.parameters()), path)

def load(model, path):
    for parameter, value in zip(model.parameters(), torch.load(path)):
        parameter.data = value.data
    return model.eval()
""",
    ),
    Wrong(
        "That is the message of load_state_dict",
        """
def load(model, path):
    model.eval()
    return model.load_state_dict(torch.load(path, weights_only=True))
""",
    ),
    Wrong(
        "That is the dictionary, and no model",
        """
def load(model, path):
    return torch.load(path, weights_only=True)
""",
    ),
    Wrong(
        "still in training",
        """
def load(model, path):
    model.load_state_dict(torch.load(path, weights_only=True))
    return model
""",
    ),
    Wrong(
        "random numbers that it began with",
        """
def load(model, path):
    torch.load(path, weights_only=True)
    return model.eval()
""",
    ),
    Wrong(
        "ran the code that was in the file",
        """
def load(model, path):
    model.load_state_dict(torch.load(path, weights_only=False))
    return model.eval()
""",
    ),
)
_ran: list[str] = []


def _code_of_a_stranger() -> int:
    _ran.append("It ran.")
    return 0


class _Trap:
    """What runs code when it is read."""

    def __reduce__(self) -> tuple:
        return _code_of_a_stranger, ()


def _model_of_a_stranger() -> Any:
    """Return a neuron with more in its state_dict() than numbers."""
    from torch import nn

    class Neuron(nn.Linear):
        def get_extra_state(self) -> _Trap:
            return _Trap()

    return Neuron(10, 1)


def _neuron() -> Any:
    from torch import nn

    return nn.Linear(10, 1)


def _network() -> Any:
    from torch import nn

    return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Dropout(0.5), nn.Linear(8, 3))


def _saved(answer: Answer, model: Any, path: Path) -> None:
    import torch

    call = "save(model, path)"
    save = answer.get("save")
    answer.ask(call, lambda: save(model, str(path)))
    wanted = "a file with the dictionary of the model's numbers"
    if not path.exists():
        raise Fault(
            call,
            "no file at that path",
            wanted,
            "Nothing was written there. torch.save(what, path) writes a file; the path is the one "
            "that save is given.",
        )
    try:
        state = torch.load(path, weights_only=True)
    except Exception:  # whatever keeps PyTorch from reading it
        raise Fault(
            call,
            "a file that PyTorch refuses to read",
            wanted,
            "The file holds the whole Python object, or a method without its brackets. Whoever "
            "reads it may run what is in it, so that today's PyTorch refuses. Save what "
            "model.state_dict() gives.",
        ) from None
    if not isinstance(state, dict):
        raise Fault(
            call,
            f"a file with a {type(state).__name__}",
            wanted,
            f"The file holds a {type(state).__name__} without names, so that numbers could end up "
            "in the wrong layer. model.state_dict() knows each by its name.",
        )
    expected = model.state_dict()
    if sorted(state) != sorted(expected) or not all(
        close(state[name], expected[name], 0) for name in expected
    ):
        raise Fault(
            call,
            f"a file with {', '.join(map(str, state)) or 'nothing'}",
            f"a file with {', '.join(expected)}",
            "Save the dictionary that model.state_dict() gives, as it is.",
        )


def _loaded(answer: Answer, fresh: Any, path: Path) -> Reply:
    call = "load(model, path)"
    load = answer.get("load")
    reply = Reply(call, answer.ask(call, lambda: load(fresh, str(path))))
    wanted = "the model"
    if type(reply.value).__name__ == "_IncompatibleKeys":
        reply.fail(
            wanted,
            "That is the message of load_state_dict, which changes the model and does not return "
            "it. Return the model itself, on a line of its own.",
        )
    if isinstance(reply.value, dict):
        reply.fail(
            wanted,
            "That is the dictionary, and no model: it cannot be called. load_state_dict puts it "
            "into the model.",
            "a dictionary of numbers",
        )
    if reply.value is None:
        reply.fail(wanted, "The function returns nothing. Does it end in a line with return?")
    if not callable(reply.value):
        reply.fail(wanted, f"A {type(reply.value).__name__} came. Return the model.")
    return reply


def check_file(answer: Answer) -> None:
    """save: the file holds the model's numbers, by name"""
    import torch

    torch.manual_seed(1)
    with tempfile.TemporaryDirectory() as folder:
        for name, model in (("neuron", _neuron()), ("network", _network())):
            _saved(answer, model, Path(folder) / f"{name}.pt")


def check_same_answers(answer: Answer) -> None:
    """load: the loaded model answers as the saved one did"""
    import torch

    torch.manual_seed(2)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.pt"
        for model, fresh in ((_neuron(), _neuron()), (_network(), _network())):
            before = [value.clone() for value in fresh.parameters()]
            model.eval()
            torch.save(model.state_dict(), path)
            reply = _loaded(answer, fresh, path)
            if reply.value.training:
                reply.fail(
                    "the model, ready for use",
                    "The model is still in training: a dropout layer, say, would go on leaving "
                    "out neurons. Which method says that it is used now?",
                    "a model with training = True",
                )
            unchanged = all(map(torch.equal, reply.value.parameters(), before))
            X = torch.randn(5, 4 if "0.weight" in model.state_dict() else 10)
            with torch.no_grad():
                answers = answer.ask("load(model, path)(X)", partial(reply.value, X))
                Reply("load(model, path)(X)", answers).gives(
                    model(X),
                    tolerance=1e-5,
                    axes=("samples", "outputs"),
                    cause="The model still has the random numbers that it began with. Put the "
                    "loaded ones into it."
                    if unchanged
                    else "It does not answer as the saved model does.",
                )


def check_both(answer: Answer) -> None:
    """save, then load: two programs that share a file, named with spaces and an accent"""
    import torch

    torch.manual_seed(3)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a naïve neuron.pt"
        model = _network().eval()
        _saved(answer, model, path)
        loaded = _loaded(answer, _network(), path).value
        X = torch.randn(3, 4)
        with torch.no_grad():
            Reply("load(model, path)(X)", loaded(X)).gives(model(X), tolerance=1e-5)


def check_code_is_refused(answer: Answer) -> None:
    """load: a file that holds code is refused, and its code does not run"""
    import torch

    _ran.clear()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "from_a_stranger.pt"
        torch.save(_model_of_a_stranger().state_dict(), path)
        cause = (
            "load ran the code that was in the file, and a stranger may have written it. With "
            "weights_only=True, torch.load reads numbers and refuses everything else."
        )
        answer.raises(Exception, "load", _neuron(), str(path), cause=cause)
        if _ran:
            raise Fault("load(model, path)", "the stranger's code ran", "a refusal", cause)
