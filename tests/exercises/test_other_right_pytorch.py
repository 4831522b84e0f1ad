"""Right in another way than the solution, in PyTorch and in the bugs. All must pass."""

import pytest

from workshop.exercises import source
from workshop.exercises.checking import changed
from workshop.exercises.examination import RIGHT, examine
from workshop.exercises.table import BY_NUMBER

ANSWERS = {
    26: (
        """
import numpy as np

def as_column(values, device):
    column = torch.tensor(np.array(values), device=device).float()
    return column[:, None]

def as_numbers(outputs):
    with torch.no_grad():
        return outputs.cpu().flatten().numpy()
""",
        """
def as_column(values, device):
    return torch.Tensor(values).view(-1, 1).to(torch.device(device))

def as_numbers(outputs):
    return outputs.squeeze(1).numpy(force=True)
""",
    ),
    27: (
        """
def mean_absolute_error(outputs, targets):
    total = 0
    for output, target in zip(outputs.flatten(), targets.flatten()):
        total = total + abs(output - target)
    return total / len(outputs)

def loss_for(task):
    return {
        "class": nn.functional.cross_entropy,
        "amount": nn.functional.huber_loss,
        "amount, with slips": nn.functional.l1_loss,
    }[task]
""",
        """
def mean_absolute_error(outputs, targets):
    return nn.L1Loss()(outputs, targets.view_as(outputs))

def loss_for(task):
    return nn.CrossEntropyLoss() if task == "class" else nn.HuberLoss()
""",
    ),
    28: (
        """
def train(model, X, y, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        loss = ((model(X) - y) ** 2).mean()
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter -= learning_rate * parameter.grad
        losses.append(float(loss))
    return losses
""",
    ),
    29: (
        """
from pathlib import Path

def save(model, path):
    with Path(path).open("wb") as file:
        torch.save({name: value.clone() for name, value in model.state_dict().items()}, file)

def load(model, path):
    state = torch.load(path)
    model.load_state_dict(state)
    model.train(False)
    return model
""",
    ),
    30: (
        """
def learn_to_count(X, y):
    neuron = nn.Sequential(nn.Linear(10, 1))
    optimizer = torch.optim.Adam(neuron.parameters(), lr=0.05)
    for _ in range(400):
        loss = nn.functional.l1_loss(neuron(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return neuron
""",
    ),
    31: (
        """
def learn_arms(X, y):
    network = nn.Sequential(nn.Linear(2, 64), nn.Tanh(), nn.Linear(64, 3))
    optimizer = torch.optim.Adam(network.parameters(), lr=0.1)
    for _ in range(300):
        optimizer.zero_grad()
        nn.functional.cross_entropy(network(X), y).backward()
        optimizer.step()
    return network
""",
    ),
    38: (
        """
_train_and_save = train_and_save

def train_and_save(X, y, path):
    model = _train_and_save(X, y, path)
    numbers = model.state_dict()
    torch.save(numbers, path)
    return model
""",
    ),
    39: (
        """
def new_model():
    return nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 3), nn.LogSoftmax(dim=1))

def probabilities(model, X):
    return model(X).detach().exp()
""",
    ),
    40: (
        """
def classify(model, X):
    return torch.max(model(X), dim=1).indices
""",
    ),
    41: (
        """
def evaluate(model, X, y):
    was_training = model.training
    model.eval()
    with torch.no_grad():
        loss = float(measure(model(X), y))
    model.train(was_training)
    return loss
""",
    ),
    43: (
        """
def softmax(logits):
    powers = np.exp((logits.T - logits.max(axis=1)).T)
    return (powers.T / powers.sum(axis=1)).T

def gradient(X, targets, weights):
    m = X.shape[0]
    errors = (softmax(X @ weights) - targets) / m
    return np.einsum("ni,nc->ic", X, errors)
""",
    ),
}
IN_THE_SOLUTION = {  # where a word or two of it may be another
    37: (
        ("        optimizer.zero_grad()\n", "        model.zero_grad()\n"),
        (
            "        optimizer.zero_grad()\n",
            "",
            "        optimizer.step()\n",
            "        optimizer.step()\n        optimizer.zero_grad()\n",
        ),
    ),
    42: (("nn.Linear(10, 1)\n", "nn.Sequential(nn.Linear(10, 1), nn.LeakyReLU())\n"),),
}


def _solution(number: int) -> str:
    return source.solution(BY_NUMBER[number])


TEXTS = [
    *((number, f"{_solution(number)}\n{code}") for number in ANSWERS for code in ANSWERS[number]),
    *(
        (number, changed(_solution(number), *changes))
        for number, each in IN_THE_SOLUTION.items()
        for changes in each
    ),
]
EACH = [pytest.param(*each, id=f"{BY_NUMBER[each[0]].name}-{i}") for i, each in enumerate(TEXTS)]


@pytest.mark.parametrize(("number", "text"), EACH)
def test_another_way_is_right_too(number, text):
    outcome = examine(BY_NUMBER[number], text)
    assert outcome.state == RIGHT, outcome
