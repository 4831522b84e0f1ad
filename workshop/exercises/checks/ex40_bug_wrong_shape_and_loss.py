"""Checks of exercise 40: a class between two others."""

from typing import Any

from workshop.exercises.checking import Answer, Reply, Wrong, changed, explained

HINTS = (
    "Read the error from the left: 90 points with 2 numbers each meet a layer that wants 1. Which "
    "layer is that?",
    "The loss measures a distance between the answer and the number of the class. What does it "
    "say of an answer of 1, where half of the points are of class 0 and half of class 2? The page "
    "has a table of that.",
    "Classes have no order. The page says how many numbers come out of a classifier, and which "
    "loss takes them together with the classes.",
    "The last layer is nn.Linear(32, n_classes), the loss nn.CrossEntropyLoss() of model(X) and y, "
    "and the answer the place of the largest output: argmax(dim=1).",
)
_SOLVED = """
def new_model(n_classes):
    return nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, n_classes))

def train(model, X, y, epochs=100):
    measure = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = measure(model(X), y)
        loss.backward()
        optimizer.step()

def classify(model, X):
    with torch.no_grad():
        return model(X).argmax(dim=1)
"""
_DISTANCE = changed(
    _SOLVED,
    "32, n_classes",
    "32, 1",
    "CrossEntropyLoss",
    "L1Loss",
    "model(X), y)",
    "model(X)[:, 0], y.float())",
    "model(X).argmax(dim=1)",
    "model(X)[:, 0].round().long()",
)
WRONG = (
    Wrong("as if classes were amounts", _DISTANCE),
    Wrong("that wants so many", changed(_DISTANCE, "nn.Linear(2, 32)", "nn.Linear(1, 32)")),
    Wrong("the points compete", changed(_SOLVED, "argmax(dim=1)", "argmax(dim=0)")),
    Wrong(
        "That is the largest output, and not its place",
        changed(_SOLVED, "argmax(dim=1)", "max(dim=1).values"),
    ),
    Wrong("gives two things", changed(_SOLVED, "argmax(dim=1)", "max(dim=1)")),
    Wrong("no class has that number", changed(_SOLVED, "argmax(dim=1)", "round().long()[:, 0]")),
    Wrong("for three classes only", changed(_SOLVED, "32, n_classes", "32, 3")),
    Wrong("cannot have one column and three", changed(_SOLVED, "CrossEntropyLoss", "L1Loss")),
)
CENTRES = ((0.0, 0.0), (0.5, 4.0), (1.0, 0.0), (4.0, 1.0))


def _points(n_classes: int) -> tuple[Any, Any]:
    import torch

    torch.manual_seed(0)
    y = torch.arange(30 * n_classes) % n_classes
    return torch.tensor(CENTRES)[y] + 0.15 * torch.randn(len(y), 2), y


def _trained(answer: Answer, n_classes: int) -> Any:
    import torch

    X, y = _points(n_classes)
    torch.manual_seed(1)
    model = answer.call("new_model", n_classes).value
    if n_classes != 3:
        _outputs(answer, model, X, n_classes)
    train = answer.get("train")
    sizes_differ = (
        "An output and a target of other shapes are compared, and the targets cannot have one "
        "column and three at the same time. Which loss takes outputs of shape (n_samples, "
        "n_classes) together with the numbers of the classes?"
    )
    with explained({"must match the size of tensor": sizes_differ}):
        answer.ask("train(model, X, y)", lambda: train(model, X.clone(), y.clone()))
    return model


def _classes(answer: Answer, model: Any, X: Any, n_classes: int, where: str) -> Reply:
    import torch

    classify = answer.get("classify")
    call = f"classify(model, X), with {where}"
    reply = Reply(call, answer.ask(call, lambda: classify(model, X)))
    if isinstance(reply.value, tuple):
        reply.fail(
            f"a tensor of shape ({len(X)},)",
            "max(dim=1) gives two things, the largest outputs and their places. The place is the "
            "class, and argmax(dim=1) gives it alone.",
            f"a tuple of {len(reply.value)}",
        )
    if isinstance(reply.value, torch.Tensor) and reply.value.shape != (len(X),):
        cause = "One class for each point was asked for."
        if reply.value.shape == (n_classes,):
            cause += " Here the points compete for each class: the largest was looked for in the "
            cause += "wrong direction."
        reply.fail(f"a tensor of shape ({len(X)},)", cause, f"shape {tuple(reply.value.shape)}")
    answers = reply.has_shape((len(X),), axes=("points",))
    if (answers % 1 != 0).any():
        reply.fail(
            f"numbers from 0 to {n_classes - 1}",
            "That is the largest output, and not its place. Which output is the largest?",
        )
    if answers.min() < 0 or answers.max() >= n_classes:
        reply.fail(
            f"numbers from 0 to {n_classes - 1}",
            "There is an answer among them, and no class has that number. An output says how much "
            "the network is for its class. It is not the number of the class.",
        )
    return reply


def check_between(answer: Answer) -> None:
    """between classes 0 and 2 there is no class 1"""
    import torch

    model = _trained(answer, 3)
    way = torch.linspace(0, 1, 41)[:, None] * torch.tensor([[1.0, 0.0]])
    reply = _classes(answer, model, way, 3, "41 points on the way from class 0 to class 2")
    if 1 in reply.value.tolist():
        reply.fail(
            "zeros, and then twos",
            "It sees class 1 on the way from 0 to 2. The network learned a distance, as if classes "
            "were amounts, and whoever goes from 0 to 2 must pass 1. But the number of a class is "
            "a name.",
        )


def check_points(answer: Answer) -> None:
    """each point gets its class, with two classes and with four"""
    for n_classes in (2, 4):
        X, y = _points(n_classes)
        model = _trained(answer, n_classes)
        reply = _classes(answer, model, X, n_classes, f"the points of {n_classes} classes")
        wrong = int((reply.value != y).sum())
        if wrong:
            reply.fail(
                "the right class for each point",
                "The classes lie far apart, so each point can be put into its own. What does the "
                "network learn, and what is taken for its answer?",
                f"the wrong class for {wrong} of {len(y)} points",
            )


def _outputs(answer: Answer, model: Any, X: Any, n_classes: int) -> None:
    call = f"new_model(n_classes={n_classes})(X)"
    outputs = answer.ask(call, lambda: model(X))
    if outputs.shape != (len(X), n_classes):
        Reply(call, outputs).fail(
            f"shape ({len(X)}, {n_classes})",
            "The network is made for three classes only, or for another number than was asked for. "
            "It should have an output for each class.",
            f"shape {tuple(outputs.shape)}",
        )
