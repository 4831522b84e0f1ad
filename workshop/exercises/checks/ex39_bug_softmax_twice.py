"""Checks of exercise 39: right, but never sure."""

from typing import Any

from workshop.exercises.checking import Answer, Reply, Wrong, changed

HINTS = (
    "What is the largest of three probabilities if you put 1, 0 and 0 through a softmax? Work it "
    "out: e divided by e + 1 + 1.",
    "The page lists three mistakes with softmax. Which of them leaves the order of the answers as "
    "it is?",
    "Count the softmaxes on the way from the points to the loss, and on the way to the "
    "probabilities. One of them is not written down: what does nn.CrossEntropyLoss do first?",
    "The model should end with plain sums, the logits. Take nn.Softmax out of it, and leave the "
    "other one where it is.",
)
_MODEL = """
def new_model():
    return nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 3), nn.Softmax(dim=1))
"""
_PROBABILITIES = """
def probabilities(model, X):
    model.eval()
    with torch.no_grad():
        return torch.softmax(model(X), dim=1)
"""
WRONG = (
    Wrong("It is never surer than", _MODEL),
    Wrong(
        "The loss comes to rest too early",
        _MODEL + changed(_PROBABILITIES, "torch.softmax(model(X), dim=1)", "model(X)"),
    ),
    Wrong("are logits", changed(_PROBABILITIES, "torch.softmax(model(X), dim=1)", "model(X)")),
    Wrong("compete with each other", changed(_PROBABILITIES, "dim=1", "dim=0")),
    Wrong(
        "The largest one alone",
        changed(_PROBABILITIES, "torch.softmax(model(X), dim=1)", "model(X).argmax(dim=1)"),
    ),
)


def _points() -> tuple[Any, Any]:
    import torch

    torch.manual_seed(0)
    y = torch.arange(60) % 3
    centres = torch.tensor([[0.0, 2.0], [-2.0, -1.0], [2.0, -1.0]])
    return centres[y] + 0.2 * torch.randn(60, 2), y


def _trained(answer: Answer) -> tuple[Any, Reply]:
    import torch

    X, y = _points()
    torch.manual_seed(1)
    model = answer.call("new_model").value
    train = answer.get("train")
    call = "train(model, X, y)"
    return model, Reply(call, answer.ask(call, lambda: train(model, X.clone(), y.clone())))


def _probabilities(answer: Answer, model: Any, X: Any) -> Reply:
    call = f"probabilities(model, X), with {len(X)} points"
    function = answer.get("probabilities")
    reply = Reply(call, answer.ask(call, lambda: function(model, X)))
    if reply.value is not None and tuple(getattr(reply.value, "shape", ())) == (len(X),):
        reply.fail(
            f"a tensor of shape ({len(X)}, 3)",
            "The largest one alone came for each point. A probability for each class was asked "
            "for.",
        )
    reply.has_shape((len(X), 3), axes=("points", "classes"))
    return reply


def check_sure(answer: Answer) -> None:
    """the network is sure of points that lie in the middle of their class"""
    import torch

    X, y = _points()
    model, _ = _trained(answer)
    reply = _probabilities(answer, model, X)
    rows, columns = reply.value.sum(dim=1), reply.value.sum(dim=0)
    if (rows - 1).abs().max() > 1e-4:
        if (columns - 1).abs().max() < 1e-4:
            reply.fail(
                "rows that add up to 1",
                "Each column adds up to 1, so that the points compete with each other. In which "
                "direction do the classes of one point lie?",
                f"columns that add up to 1, and rows from {rows.min():.3f} to {rows.max():.3f}",
            )
        reply.fail(
            "rows that add up to 1",
            "These are logits: nobody has made probabilities of them. Somewhere, one softmax must "
            "be left.",
            f"rows that add up to {rows.min():.3f} to {rows.max():.3f}",
        )
    sure = reply.value[torch.arange(len(y)), y]
    if sure.min() < 0.9:
        reply.fail(
            "the right class with 0.9 or more, for each point",
            f"It is never surer than {reply.value.max():.2f}. Something takes probabilities for "
            "logits: between 0 and 1 there is not much room, and little can come of it.",
            f"probabilities of the right class from {sure.min():.3f} to {sure.max():.3f}",
        )


def check_loss(answer: Answer) -> None:
    """the loss comes near zero"""
    _, reply = _trained(answer)
    if not reply.value < 0.1:
        reply.fail(
            "a loss below 0.1",
            "The loss comes to rest too early, though the network is right. What does the loss "
            "expect, and what does it get? One that is sure and right gets 0.55 if its "
            "probabilities are taken for logits.",
        )


def check_one_point(answer: Answer) -> None:
    """a single point, and points that it never saw"""
    X, _ = _points()
    model, _ = _trained(answer)
    for some in (X[:1], 1.1 * X):
        reply = _probabilities(answer, model, some)
        if not ((reply.value.sum(dim=1) - 1).abs() < 1e-4).all():
            reply.fail("rows that add up to 1", "The probabilities of a point must add up to 1.")
