"""Two networks that learn from each other: a generator and its critic.

The generator makes samples of random numbers. The critic is shown real samples and made ones, and
gives each a mark: above zero if it takes it for real. This is the only training loop besides
`workshop.pytorch.training`, because two models take turns here.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

import numpy as np
import torch
from torch import nn

from workshop.pytorch.dense import DenseNetwork
from workshop.pytorch.devices import choose_device
from workshop.pytorch.training import predict


@dataclass
class Contest:
    """What happened in the contest, one number for each round.

    Attributes
    ----------
    critic_losses : list of float
        0.69, the logarithm of 2, if the critic can only guess.
    generator_losses : list of float
        In the last of the generator's steps.
    seconds : float
        Of the whole contest.
    """

    critic_losses: list[float] = field(default_factory=list)
    generator_losses: list[float] = field(default_factory=list)
    seconds: float = 0.0


def falling(progress: float) -> float:
    """Return 1 at the start, 0 at the end, and a straight line between: a schedule."""
    return 1.0 - progress


def compete(
    generator: DenseNetwork,
    critic: DenseNetwork,
    X: torch.Tensor | np.ndarray,
    *,
    rounds: int = 2000,
    batch_size: int = 256,
    learning_rate: float = 0.004,
    schedule: Callable[[float], float] = falling,
    penalty: float = 0.05,
    generator_steps: int = 1,
    device: str | torch.device | None = None,
    seed: int = 0,
    progress: bool = True,
    after_round: Callable[[int], object] | None = None,
) -> Contest:
    """Train `generator` and `critic` in place, in turns, and return how it went.

    Parameters
    ----------
    generator : DenseNetwork
        From random numbers to a sample, shape (n_features,).
    critic : DenseNetwork
        From a sample to one number, its mark.
    X : tensor or ndarray of float32, shape (n_samples, n_features)
        The real samples.
    rounds : int
        How many times both get their turn.
    batch_size : int
        Real samples, and made ones, in each turn.
    learning_rate : float
        Of both networks' Adam, at the start.
    schedule : function
        Turns progress (0 to 1) into a share of the learning rate.
    penalty : float
        On the critic's slope, squared: how fast its mark changes from one sample to those beside
        it. Zero leaves the critic free to be as steep as it likes.
    generator_steps : int
        Steps of the generator in each round; the critic takes one.
    device : str, torch.device or None
        See `devices.choose_device`.
    seed : int
        Of the batches and the random numbers, the same on every device. The first weights are the
        networks' own matter: seed them before you make them.
    progress : bool
        Show a progress bar on a terminal.
    after_round : function
        Called with the number of the round, from 1, when it is over.

    Returns
    -------
    Contest

    Raises
    ------
    FloatingPointError
        If a loss is no longer a finite number.
    ValueError
        If the networks do not fit together, or there are no samples.
    DeviceError
        If there is no such `device` here.

    References
    ----------
    I. Goodfellow and others: Generative Adversarial Nets. 2014. The penalty: L. Mescheder, A.
    Geiger, S. Nowozin: Which Training Methods for GANs do actually Converge? 2018.
    """
    from tqdm import tqdm

    _check(generator, critic, X)
    device = choose_device(None if device is None else str(device))
    X = torch.as_tensor(X).to(device)
    generator.to(device).train()
    critic.to(device).train()
    rng = torch.Generator().manual_seed(seed)
    # A short memory of slopes, 0.5 instead of 0.9: the other network has moved on meanwhile.
    makers, judges = (
        torch.optim.Adam(network.parameters(), lr=learning_rate, betas=(0.5, 0.9))
        for network in (generator, critic)
    )
    real_or_made = torch.cat([torch.ones(batch_size, 1), torch.zeros(batch_size, 1)]).to(device)
    loss = nn.BCEWithLogitsLoss()
    contest, started = Contest(), time.perf_counter()

    def made() -> torch.Tensor:
        return generator(torch.randn(batch_size, _n_random(generator), generator=rng).to(device))

    bar = tqdm(range(rounds), unit="round", leave=False, disable=None if progress else True)
    for number in bar:
        for group in (*makers.param_groups, *judges.param_groups):
            group["lr"] = learning_rate * schedule(number / rounds)

        # --8<-- [start:critic]
        chosen = torch.randint(len(X), (batch_size,), generator=rng).to(device)
        shown = torch.cat([X[chosen], made().detach()]).requires_grad_()
        marks = critic(shown)
        critic_loss = loss(marks, real_or_made)
        if penalty:
            (slopes,) = torch.autograd.grad(marks.sum(), shown, create_graph=True)
            critic_loss = critic_loss + penalty * slopes.square().sum(dim=1).mean()
        judges.zero_grad()
        critic_loss.backward()
        judges.step()
        # --8<-- [end:critic]

        # --8<-- [start:generator]
        for _ in range(generator_steps):
            marks = critic(made())
            generator_loss = loss(marks, torch.ones_like(marks))  # "take this for real"
            makers.zero_grad()
            generator_loss.backward()  # through the critic, back to the generator
            makers.step()
        # --8<-- [end:generator]

        contest.critic_losses.append(critic_loss.item())
        contest.generator_losses.append(generator_loss.item())
        _check_finite(contest, number + 1, learning_rate)
        if after_round is not None:
            after_round(number + 1)

    contest.seconds = time.perf_counter() - started
    return contest


def generate(generator: DenseNetwork, n_samples: int, *, seed: int = 0) -> np.ndarray:
    """Make samples of random numbers.

    Parameters
    ----------
    generator : DenseNetwork
    n_samples : int
    seed : int
        Of the random numbers.

    Returns
    -------
    ndarray of float32, shape (n_samples, n_features)
    """
    rng = torch.Generator().manual_seed(seed)
    return predict(generator, torch.randn(n_samples, _n_random(generator), generator=rng)).numpy()


def _sizes(network: DenseNetwork) -> list[int]:
    return cast(list[int], network.settings["sizes"])


def _n_random(generator: DenseNetwork) -> int:
    """Return how many random numbers a generator makes one sample of."""
    return _sizes(generator)[0]


def _check(generator: DenseNetwork, critic: DenseNetwork, X: torch.Tensor | np.ndarray) -> None:
    makes, (takes, *_, marks) = _sizes(generator)[-1], _sizes(critic)
    if not (X.ndim == 2 and len(X) and X.shape[1] == makes == takes and marks == 1):
        raise ValueError(
            "The generator must make, and the critic take, as many numbers as a real sample has, "
            f"and the critic give one mark. Got samples of shape {tuple(X.shape)}, a generator of "
            f"sizes {_sizes(generator)} and a critic of {_sizes(critic)}."
        )


def _check_finite(contest: Contest, number: int, learning_rate: float) -> None:
    losses = contest.critic_losses[-1], contest.generator_losses[-1]
    if not all(map(math.isfinite, losses)):
        raise FloatingPointError(
            f"The losses of critic and generator became {losses} in round {number}. Try learning "
            f"rate {learning_rate / 10:g}, and a larger penalty on the critic's slope."
        )
