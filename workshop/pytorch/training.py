"""The training loop that all PyTorch steps share."""

import copy
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import nn

from workshop.optimizers import constant
from workshop.pytorch.devices import choose_device

Data = torch.Tensor | np.ndarray
Measure = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


@dataclass
class History:
    """What happened during the training, one number for each epoch.

    Attributes
    ----------
    losses : list of float
        Mean loss over the epoch's batches, while they changed the model.
    validation_losses : list of float
        After each epoch; empty without validation data.
    validation_scores : list of float
        After each epoch; empty without validation data, or without a score.
    best_epoch : int or None
        With `patience`: the epoch, from 1, whose parameters were kept.
    seconds : float
        Of the whole training.
    """

    losses: list[float] = field(default_factory=list)
    validation_losses: list[float] = field(default_factory=list)
    validation_scores: list[float] = field(default_factory=list)
    best_epoch: int | None = None
    seconds: float = 0.0


def train(
    model: nn.Module,
    X: Data,
    y: Data,
    *,
    loss: Measure,
    optimizer: torch.optim.Optimizer,
    epochs: int = 10,
    batch_size: int | None = 64,
    schedule: Callable[[float], float] = constant,
    time_limit: float | None = None,
    augment: Callable[[torch.Tensor, torch.Generator], torch.Tensor] | None = None,
    validation: tuple[Data, Data] | None = None,
    score: Measure | None = None,
    patience: int | None = None,
    device: str | torch.device | None = None,
    seed: int = 0,
    progress: bool = True,
    after_epoch: Callable[[int], object] | None = None,
) -> History:
    """Train `model` in place, and return how it went.

    Parameters
    ----------
    model : nn.Module
        Its parameters stay on the device on which they were trained.
    X : tensor or ndarray of shape (n_samples, ...)
    y : tensor or ndarray of shape (n_samples, ...)
        Of the shape and type that `loss` wants: class numbers for `nn.CrossEntropyLoss`.
    loss : function
        Of the model's outputs and the targets, such as ``nn.CrossEntropyLoss()``: their mean loss.
    optimizer : torch.optim.Optimizer
        Made for ``model.parameters()``.
    epochs : int
        How many times to go through all samples.
    batch_size : int or None
        Samples per update; None takes all at once.
    schedule : function of workshop.optimizers
        Turns progress (0 to 1) into a share of the optimiser's learning rate.
    time_limit : float, seconds
        Stop then, even within an epoch, but not before the first update; a schedule comes to its
        end then, too.
    augment : function
        Takes a batch and a random generator of its device, returns the batch changed.
    validation : (X, y)
        Samples to look at after each epoch, and never to learn from.
    score : function
        Like `loss`, but for people: `accuracy`, say. Measured on the validation samples.
    patience : int, epochs
        Early stopping: end when the validation loss has not fallen for so long, and take the
        parameters of the best epoch.
    device : str, torch.device or None
        See `devices.choose_device`.
    seed : int
        Of the order of the samples and of the augmentation. The first weights are the model's own
        matter: seed them before you make it.
    progress : bool
        Show a progress bar on a terminal.
    after_epoch : function
        Called with the number of the epoch, from 1, when it is over.

    Returns
    -------
    History

    Raises
    ------
    FloatingPointError
        If the loss is no longer a finite number.
    ValueError
        If X and y differ in length or are empty, or `patience` comes without `validation`.
    DeviceError
        If there is no such `device` here.

    References
    ----------
    Early stopping: L. Prechelt: Early Stopping, But When? 1998.
    """
    from tqdm import tqdm

    if patience is not None and validation is None:
        raise ValueError(
            "patience counts epochs without a better validation loss: give validation=(X, y), too."
        )
    device = choose_device(None if device is None else str(device))
    X, y = _tensors(X, y, device)
    model.to(device)
    order = torch.Generator().manual_seed(seed)
    noise = torch.Generator(device).manual_seed(seed)
    rates = [group["lr"] for group in optimizer.param_groups]
    history, kept = History(), copy.deepcopy(model.state_dict()) if patience else {}
    started = time.perf_counter()

    # `disable=None` leaves the bar out where nobody watches: in a file, in a test.
    bar = tqdm(range(epochs), unit="epoch", leave=False, disable=None if progress else True)
    for epoch in bar:
        model.train()
        total, seen = torch.zeros((), device=device), 0
        for chosen in torch.randperm(len(X), generator=order).split(batch_size or len(X)):
            share = (epoch + seen / len(X)) / epochs
            if time_limit is not None:
                share = max(share, (time.perf_counter() - started) / time_limit)
                if share >= 1 and (history.losses or seen):
                    break
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * schedule(share)
            chosen = chosen.to(device)
            batch = X[chosen] if augment is None else augment(X[chosen], noise)

            # --8<-- [start:update]
            optimizer.zero_grad()  # forget the slopes of the batch before
            batch_loss = loss(model(batch), y[chosen])
            batch_loss.backward()  # backpropagation: a slope for each parameter
            optimizer.step()  # a step downhill
            # --8<-- [end:update]

            total += batch_loss.detach() * len(chosen)
            seen += len(chosen)
        if seen:
            history.losses.append(_finite(total.item() / seen, epoch, rates[0]))
            bar.set_postfix(loss=f"{history.losses[-1]:.4f}", refresh=False)
        if seen and validation is not None:
            loss_now, score_now = evaluate(model, *validation, loss=loss, score=score)
            history.validation_losses.append(loss_now)
            if score_now is not None:
                history.validation_scores.append(score_now)
            if patience is not None and loss_now == min(history.validation_losses):
                history.best_epoch, kept = epoch + 1, copy.deepcopy(model.state_dict())
        if seen and after_epoch is not None:
            after_epoch(epoch + 1)
        if seen < len(X):  # out of time
            break
        if patience is not None and epoch + 1 - (history.best_epoch or 0) >= patience:
            break

    for group, rate in zip(optimizer.param_groups, rates, strict=True):
        group["lr"] = rate
    if history.best_epoch is not None:
        model.load_state_dict(kept)
    history.seconds = time.perf_counter() - started
    return history


def predict(model: nn.Module, X: Data, *, batch_size: int = 1000) -> torch.Tensor:
    """Return the model's outputs for some samples, on the CPU.

    Parameters
    ----------
    model : nn.Module
        Evaluated as for use: without dropout, and without keeping track for backpropagation.
    X : tensor or ndarray of shape (n_samples, ...)
    batch_size : int
        Samples at a time, so that a large set fits into the memory.

    Returns
    -------
    tensor of shape (n_samples, ...)
    """
    device = next(model.parameters()).device
    was_training = model.training
    model.eval()
    with torch.inference_mode():
        outputs = [model(batch.to(device)).cpu() for batch in torch.as_tensor(X).split(batch_size)]
    model.train(was_training)
    return torch.cat(outputs)


def evaluate(
    model: nn.Module, X: Data, y: Data, *, loss: Measure, score: Measure | None = None
) -> tuple[float, float | None]:
    """Return the loss of a model on some samples, and its score if one is asked for.

    Parameters
    ----------
    model : nn.Module
    X : tensor or ndarray of shape (n_samples, ...)
    y : tensor or ndarray of shape (n_samples, ...)
    loss, score : function
        As for `train`.

    Returns
    -------
    loss : float
    score : float or None
    """
    outputs, targets = predict(model, X), torch.as_tensor(y).cpu()
    return float(loss(outputs, targets)), None if score is None else float(score(outputs, targets))


def accuracy(outputs: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """Return the share of samples whose largest output is that of their class.

    Parameters
    ----------
    outputs : tensor of shape (n_samples, n_classes)
    targets : tensor of int, shape (n_samples,)

    Returns
    -------
    tensor of one float, 0 to 1
    """
    return (outputs.argmax(dim=1) == targets).float().mean()


def _tensors(X: Data, y: Data, device: torch.device) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the data as tensors on the device."""
    if len(X) != len(y) or not len(X):
        raise ValueError(
            f"X and y must have one row per sample, and at least one, got {len(X)} and {len(y)}. "
            "Check that both were split or filtered in the same way."
        )
    return torch.as_tensor(X).to(device), torch.as_tensor(y).to(device)


def _finite(loss: float, epoch: int, learning_rate: float) -> float:
    if not math.isfinite(loss):
        raise FloatingPointError(
            f"The loss became {loss} in epoch {epoch + 1}: at learning rate {learning_rate:g} the "
            f"steps overshoot further and further. Try {learning_rate / 10:g}, and check that the "
            "inputs are scaled (pixels divided by 255, say)."
        )
    return loss
