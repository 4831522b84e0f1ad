"""The code on the cheat sheet: the same network in three libraries. A test runs it."""

# fmt: off
# The columns of the printed page are narrow.

import numpy as np

Digits = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def here(digits: Digits) -> float:
    """With this book's network."""
    X_train, y_train, X_test, y_test = digits
    # --8<-- [start:here]
    from workshop import classifier

    model = classifier.NetworkClassifier(
        hidden_sizes=(128,),
        learning_rate=0.1, batch_size=64,
        epochs=20, random_state=0,
    ).fit(X_train / 255, y_train)
    score = model.score(X_test / 255, y_test)
    # --8<-- [end:here]
    return score


def with_scikit_learn(digits: Digits) -> float:
    """With scikit-learn."""
    X_train, y_train, X_test, y_test = digits
    # --8<-- [start:sklearn]
    from sklearn import neural_network

    model = neural_network.MLPClassifier(
        hidden_layer_sizes=(128,),
        solver="adam",
        early_stopping=True, random_state=0,
    ).fit(X_train / 255, y_train)
    score = model.score(X_test / 255, y_test)
    # --8<-- [end:sklearn]
    return score


def with_pytorch(digits: Digits) -> float:
    """With PyTorch; writes digits.pt into the current folder."""
    # --8<-- [start:pytorch]
    import torch
    from torch import nn

    torch.manual_seed(0)
    X_train, y_train, X_test, y_test = (
        torch.as_tensor(part) for part in digits
    )
    n_pixels = X_train[0].numel()
    model = nn.Sequential(
        nn.Flatten(),
        nn.Linear(n_pixels, 128),
        nn.ReLU(),
        nn.Linear(128, 10),  # no softmax
    )
    optimizer = torch.optim.Adam(
        model.parameters(), lr=0.001
    )
    loss_function = nn.CrossEntropyLoss()

    for _ in range(20):
        order = torch.randperm(len(X_train))
        for rows in order.split(64):
            optimizer.zero_grad()
            logits = model(X_train[rows] / 255)
            targets = y_train[rows]
            loss = loss_function(logits, targets)
            loss.backward()
            optimizer.step()

    model.eval()
    with torch.inference_mode():
        logits = model(X_test / 255)
    right = logits.argmax(dim=1) == y_test
    score = right.float().mean().item()
    torch.save(model.state_dict(), "digits.pt")
    # --8<-- [end:pytorch]
    return score
