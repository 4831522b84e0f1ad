"""Checks of exercise 31: three arms of a spiral."""

from typing import Any

from workshop.datasets import make_spirals
from workshop.exercises.checking import Answer, Reply, Wrong, changed, explained

HINTS = (
    "How many numbers does a point have, and how many arms are there? That gives the first and the "
    "last size. Which loss is for classes?",
    "nn.Sequential puts layers one behind the other: nn.Linear, nn.ReLU(), nn.Linear. Without the "
    "ReLU between them, two layers are no more than one.",
    "torch.optim.Adam with a learning rate of 0.02 takes a few hundred epochs, with all points at "
    "once. Give the network 32 neurons in each of two hidden layers, or more.",
    "nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 3)), "
    "nn.CrossEntropyLoss(), torch.optim.Adam(network.parameters(), lr=0.02), and the loop of "
    "exercise 28 for 200 epochs.",
)
_SOLVED = """
def learn_arms(X, y):
    network = nn.Sequential(
        nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 3)
    )
    measure = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(network.parameters(), lr=0.02)
    for _ in range(200):
        optimizer.zero_grad()
        loss = measure(network(X), y)
        loss.backward()
        optimizer.step()
    return network
"""
WRONG = (
    Wrong(
        "as a straight line does",
        changed(
            _SOLVED,
            "nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 3)",
            "nn.Linear(2, 3)",
        ),
    ),
    Wrong(
        "Without a ReLU between them",
        changed(
            _SOLVED,
            "nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 3)",
            "nn.Linear(2, 32), nn.Linear(32, 3)",
            "200",
            "100",
        ),
    ),
    Wrong("hardly more than guessing", changed(_SOLVED, "        optimizer.step()\n", "")),
    Wrong("on its way", changed(_SOLVED, "200", "20")),
    Wrong(
        "ends with a softmax",
        changed(_SOLVED, "nn.Linear(32, 3)", "nn.Linear(32, 3), nn.Softmax(dim=1)"),
    ),
    Wrong("The two numbers in the middle must be equal", changed(_SOLVED, "(2, 32)", "(1, 32)")),
    Wrong(
        "One output for each arm",
        changed(
            _SOLVED,
            "nn.Linear(32, 3)",
            "nn.Linear(32, 1)",
            "CrossEntropyLoss",
            "L1Loss",
            "network(X), y)",
            "network(X), y[:, None].float())",
        ),
    ),
    Wrong("Which loss is for classes", changed(_SOLVED, "CrossEntropyLoss", "MSELoss")),
    Wrong(
        "a ReLU stand behind the last layer",
        changed(_SOLVED, "nn.Linear(32, 3)", "nn.Linear(32, 3), nn.ReLU()", "200", "50"),
    ),
    Wrong("Return the network itself", changed(_SOLVED, "return network", "return network(X)")),
)
ENOUGH = 0.97
SIZES = (
    "Outputs of shape (n_samples, 3) cannot be subtracted from the numbers of the arms, of shape "
    "(n_samples,), and should not be: the arms have no order. Which loss is for classes?"
)


def _learned(answer: Answer, seed: int) -> None:
    import torch
    from torch import nn

    X, y = map(torch.as_tensor, make_spirals(200, seed=seed))
    X_new, y_new = map(torch.as_tensor, make_spirals(500, seed=seed + 100))
    learn = answer.get("learn_arms")
    torch.manual_seed(seed)
    call = "learn_arms(X, y)"
    with explained({"must match the size of tensor": SIZES}):
        reply = Reply(call, answer.ask(call, lambda: learn(X.clone(), y.clone())))
    network = reply.value
    if not callable(network):
        reply.fail(
            "a trained network",
            "Return the network itself, so that others can ask it about new points.",
        )
    call = "learn_arms(X, y)(X_new), with 1500 new points"
    if isinstance(network, nn.Module):
        network.eval()
    with torch.no_grad():
        logits = answer.ask(call, lambda: network(X_new))
    reply = Reply(call, logits)
    if tuple(getattr(logits, "shape", ())) != (1500, 3):
        reply.fail(
            "a tensor of shape (1500, 3)",
            "One output for each arm should come out: the arms have no order, so their numbers "
            "are names, and no amounts.",
            f"shape {tuple(getattr(logits, 'shape', ()))}",
        )
    if logits.min() >= 0 and (logits.sum(dim=1) - 1).abs().max() < 1e-3:
        reply.fail(
            "logits",
            "The network ends with a softmax: its outputs are positive and add up to 1. "
            "nn.CrossEntropyLoss has one inside, and two are one too many.",
            "probabilities",
        )
    share = float((logits.argmax(dim=1) == y_new).float().mean())
    if share < ENOUGH:
        reply.fail(
            f"the right arm for {ENOUGH:.0%} of them or more",
            _why(share, network, logits),
            f"the right arm for {share:.1%} of them",
        )


def _why(share: float, network: Any, logits: Any) -> str:
    """Say what keeps a network from being right, as far as it can be seen from outside."""
    from torch import nn

    if logits.min() == 0:
        return (
            "No logit is below zero. Does a ReLU stand behind the last layer? There it cuts off "
            "what the loss wants to see, and with it the slopes."
        )
    if share < 0.4:
        return (
            "That is hardly more than guessing one arm of three. Does the network learn at all? "
            "Print the loss of some epochs: it should fall from about 1.1 to nearly 0."
        )
    layers = list(network.modules()) if isinstance(network, nn.Module) else []
    linear = sum(isinstance(layer, nn.Linear) for layer in layers)
    bends = [layer for layer in layers if type(layer).__module__ == "torch.nn.modules.activation"]
    if share < 0.65 and linear == 1:
        return (
            "It separates as a straight line does, and the arms wind. It takes a hidden layer to "
            "bend the border."
        )
    if share < 0.65 and linear > 1 and not bends:
        return (
            "It separates as a straight line does. Without a ReLU between them, two layers are "
            "one layer in disguise."
        )
    return (
        "It is on its way. More epochs, a larger learning rate, another optimiser (Adam) or more "
        "hidden neurons can help. Which of them helps? Print the loss of the last epochs: if it "
        "still falls, it was not finished."
    )


def check_new_points(answer: Answer) -> None:
    """new points of the same spiral"""
    _learned(answer, 0)


def check_other_sets(answer: Answer) -> None:
    """another set of points, and another seed"""
    _learned(answer, 1)
