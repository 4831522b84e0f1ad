"""PyTorch's messages still say what the advice looks for, and each advice is the right one."""

import io
from types import ModuleType

import numpy as np
import pytest
import torch
from torch import nn

from workshop.exercises.checking import Answer, Fault
from workshop.exercises.originals import Originals

COLUMN = torch.ones(3, 1)


def backward_twice():
    loss = nn.Linear(1, 1)(COLUMN).square().sum()
    loss.backward()
    loss.backward()


def load_an_object():
    file = io.BytesIO()
    torch.save(nn.Linear(1, 1), file)
    file.seek(0)
    torch.load(file)


def loaded_in_place():
    model = nn.Linear(1, 1)
    model.load_state_dict(model.state_dict()).eval()


@pytest.mark.parametrize(
    ("function", "advice"),
    [
        (lambda: nn.Linear(1, 3)(torch.zeros(4, 2)), "in the middle must be equal"),
        (lambda: torch.ones(3) + torch.ones(4), "element by element"),
        (lambda: nn.Linear(1, 1)(COLUMN).numpy(), ".detach()"),
        (lambda: torch.tensor(1.0).backward(), "no way back"),
        (backward_twice, "calculate the loss anew"),
        (lambda: COLUMN.sum().item().backward(), "take .item() afterwards"),
        (lambda: nn.Linear(1, 1)(COLUMN.double()), ".float()"),
        (lambda: nn.CrossEntropyLoss()(torch.ones(3, 2), torch.zeros(3)), ".long()"),
        (lambda: nn.CrossEntropyLoss()(torch.ones(3, 2), COLUMN.long()), "y[:, 0]"),
        (lambda: nn.CrossEntropyLoss()(torch.zeros(3), torch.ones(3).long()), "argmax"),
        (lambda: torch.from_numpy([1.0]), "torch.as_tensor"),
        (lambda: [1.0].to("cpu"), "torch.as_tensor"),
        (lambda: torch.save("file.pt", {}), "first what to save"),
        (lambda: nn.Linear(1, 1)(COLUMN.to("meta")), ".to(device)"),
        (lambda: nn.Linear(1, 1)(np.ones((3, 1), dtype=np.float32)), "torch.as_tensor"),
        (lambda: nn.Linear(1, 1).state_dict()(COLUMN), "under its own name"),
        (load_an_object, "numbers only"),
        (lambda: nn.Linear(1, 1).load_state_dict(nn.Linear(1, 1)), "and no model"),
        (loaded_in_place, "what it returns is no model"),
        (lambda: COLUMN.item(), "for a tensor of one number"),
        (lambda: torch.optim.SGD([COLUMN], learning_rate=1), "lr=learning_rate"),
        (lambda: nn.MSELoss(COLUMN, COLUMN), "taken for settings"),
        (lambda: torch.optim.SGD(nn.Linear(1, 1).parameters, lr=1), "Brackets are missing"),
        (lambda: torch.optim.SGD(nn.Linear(1, 1), lr=1), "and not the model"),
    ],
)
def test_a_message_of_pytorch_is_explained(function, advice):
    with pytest.raises(Fault) as caught:
        Answer(ModuleType("answer")).ask("f()", function)
    assert advice.lower() in caught.value.cause.lower()


def test_what_pytorch_wraps_by_itself_was_not_replaced(monkeypatch):
    originals = Originals()
    monkeypatch.setattr(torch, "manual_seed", torch._disable_dynamo(torch.manual_seed))
    assert originals.replaced() == []  # the first optimiser does this
    monkeypatch.setattr(torch, "manual_seed", lambda seed: seed)
    assert originals.replaced() == ["torch.manual_seed"]
