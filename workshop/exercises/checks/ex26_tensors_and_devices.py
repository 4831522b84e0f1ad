"""Checks of exercise 26: tensors and devices."""

from typing import Any

import numpy as np

from workshop.exercises.checking import Answer, Reply, Wrong

HINTS = (
    "Look at the page's section on tensors and devices. Which three things does as_column have to "
    "see to: type, shape, and what else?",
    "torch.as_tensor takes lists and arrays, and a dtype. A tensor has .to(device), and .reshape "
    "as an array has: reshape(-1, 1) makes a column.",
    "What comes out of a layer remembers how it was calculated, and NumPy cannot: .detach() lets "
    "go of that. NumPy also has no graphics card: .cpu() brings the numbers back from there.",
    "as_column: torch.as_tensor(values, dtype=torch.float32), then .to(...) and .reshape(...). "
    "as_numbers: outputs.detach().cpu().numpy(), then take its only column.",
)
WRONG = (
    Wrong(
        "but they are of type",
        """
def as_column(values, device):
    return torch.as_tensor(values, device=device).reshape(-1, 1)
""",
    ),
    Wrong(
        "There is no column yet",
        """
def as_column(values, device):
    return torch.as_tensor(values, dtype=torch.float32, device=device)
""",
    ),
    Wrong(
        "That is a row",
        """
def as_column(values, device):
    return torch.as_tensor(values, dtype=torch.float32, device=device)[None]
""",
    ),
    Wrong(
        "It stayed on the cpu",
        """
def as_column(values, device):
    return torch.as_tensor(values, dtype=torch.float32).reshape(-1, 1)
""",
    ),
    Wrong(
        "remembers how it was calculated",
        """
def as_numbers(outputs):
    return outputs.cpu().numpy()[:, 0]
""",
    ),
    Wrong(
        "NumPy knows only the processor's memory",
        """
def as_numbers(outputs):
    return outputs.detach().numpy()[:, 0]
""",
    ),
    Wrong(
        "takes away both axes",
        """
def as_numbers(outputs):
    return outputs.detach().cpu().numpy().squeeze()
""",
    ),
    Wrong(
        "A tensor came, and an array was asked for",
        """
def as_numbers(outputs):
    return outputs.detach().cpu()[:, 0]
""",
    ),
)


def _column(answer: Answer, values: Any, device: str = "cpu") -> None:
    import torch

    reply = answer.call("as_column", values, device)
    column, shape = reply.value, (len(values), 1)
    wanted = f"a tensor of float32, shape {shape}, on {device}"
    if not isinstance(column, torch.Tensor):
        returns_nothing = "The function returns nothing. Does it end in a line with return?"
        reply.fail(
            wanted,
            returns_nothing
            if column is None
            else f"A {type(column).__name__} came. torch.as_tensor makes a tensor of it.",
        )
    if tuple(column.shape) != shape:
        causes = {
            shape[:1]: "There is no column yet: the tensor has one axis only. A layer wants two, "
            "with a row for each sample and a column for each input. Reshape it.",
            shape[::-1]: "That is a row, one sample with many inputs. It should be a column: many "
            "samples with one input each.",
        }
        came = tuple(column.shape)
        reply.fail(
            wanted,
            causes.get(came, "It should have a row for each sample, and one column. Reshape it."),
            f"shape {came}",
        )
    if column.dtype != torch.float32:
        reply.fail(
            wanted,
            f"The numbers are right, but they are of type {column.dtype}, and a layer's are "
            "torch.float32. PyTorch mixes no types in a layer. Name the dtype.",
            f"type {column.dtype}",
        )
    if column.device.type != device:
        reply.fail(
            wanted,
            f"It stayed on the {column.device.type}. A model and its data must lie on the same "
            "device: bring the tensor to the one that is asked for.",
            f"device {column.device}",
        )
    if device == "cpu":
        reply.gives(np.asarray(values, dtype=np.float32)[:, None], axes=("samples", "inputs"))


def check_example(answer: Answer) -> None:
    """as_column: the example of the statement"""
    _column(answer, [1, 2, 3])


def check_other_values(answer: Answer) -> None:
    """as_column: lists and arrays of other types, and a single number"""
    rng = answer.rng(1)
    _column(answer, rng.normal(size=5))  # float64
    _column(answer, rng.integers(0, 10, 4))
    _column(answer, rng.random(3, dtype=np.float32))
    _column(answer, [0.5])


def check_device(answer: Answer) -> None:
    """as_column: another device ("meta", which every machine has: it knows shapes only)"""
    _column(answer, [1.0, 2.0], "meta")


def check_way_back(answer: Answer) -> None:
    """as_numbers: what a layer gave"""
    import torch

    torch.manual_seed(2)
    layer = torch.nn.Linear(3, 1)
    for n_samples in (4, 1):
        _back(answer, layer(torch.randn(n_samples, 3)))


def check_way_back_from_a_card(answer: Answer) -> None:
    """as_numbers: a tensor that behaves as if it lay on a graphics card"""
    import torch

    class OnACard(torch.Tensor):
        """A tensor on the CPU that does not let NumPy have its numbers."""

        def cpu(self, *_: Any) -> torch.Tensor:
            return self.as_subclass(torch.Tensor)

        def to(self, *where: Any, **named: Any) -> torch.Tensor:
            moved = super().to(*where, **named)
            places = [str(place) for place in (*where, *named.values())]
            return moved.as_subclass(torch.Tensor) if "cpu" in places else moved

        def numpy(self, *, force: bool = False) -> np.ndarray:
            if force:
                return self.detach().cpu().numpy()
            raise TypeError("can't convert cuda:0 device type tensor to numpy.")

        def __array__(self, *_: Any, **__: Any) -> np.ndarray:
            return self.numpy()

    numbers = torch.tensor([[1.5], [-2.0], [4.0]])
    _back(answer, numbers.as_subclass(OnACard), numbers)


def _back(answer: Answer, outputs: Any, numbers: Any = None) -> None:
    numbers = (outputs if numbers is None else numbers).detach().numpy()
    call = f"as_numbers(outputs=a tensor of shape {tuple(outputs.shape)})"
    function = answer.get("as_numbers")
    reply = Reply(call, answer.ask(call, lambda: function(outputs)))
    if type(reply.value).__module__.startswith("torch"):
        reply.fail(
            f"a NumPy array of shape ({len(numbers)},)",
            "A tensor came, and an array was asked for: .numpy() makes one of it.",
        )
    if np.shape(reply.value) == () and len(numbers) == 1:
        reply.fail(
            "an array of shape (1,)",
            "With a single sample, this takes away both axes, as .squeeze() does. Say which axis "
            "is to go: [:, 0] or .squeeze(1).",
        )
    reply.gives(
        numbers[:, 0],
        tolerance=1e-6,
        axes=("samples",),
        mistakes={
            "It is still a column, with two axes. One axis was asked for: take the column out, or "
            "reshape it.": numbers,
        },
    )
