"""Two networks that take turns."""

import math

import numpy as np
import pytest
import torch
from torch.nn import functional

from workshop.pytorch.adversarial import compete, falling, generate
from workshop.pytorch.dense import DenseNetwork
from workshop.pytorch.devices import seed_everything
from workshop.rings import Ring


def pair(seed=0):
    seed_everything(seed)
    return DenseNetwork((2, 16, 2)), DenseNetwork((2, 16, 1))


def fit(generator, critic, **settings):
    options = {"rounds": 5, "batch_size": 32, "device": "cpu", **settings}
    return compete(generator, critic, Ring().sample(500), **options)


def flat(*networks):
    return torch.cat([p.detach().cpu().flatten() for net in networks for p in net.parameters()])


@pytest.mark.parametrize(("penalty", "generator_steps"), [(0.05, 1), (0.0, 2)])
def test_does_what_the_loop_written_out_does(penalty, generator_steps):
    networks, (generator, critic) = pair(), pair()
    contest = fit(*networks, penalty=penalty, generator_steps=generator_steps, seed=3)

    X, rng, losses = torch.as_tensor(Ring().sample(500)), torch.Generator().manual_seed(3), []
    makers = torch.optim.Adam(generator.parameters(), betas=(0.5, 0.9))
    judges = torch.optim.Adam(critic.parameters(), betas=(0.5, 0.9))
    for number in range(5):
        makers.param_groups[0]["lr"] = judges.param_groups[0]["lr"] = 0.004 * (1 - number / 5)
        real = X[torch.randint(500, (32,), generator=rng)]
        made = generator(torch.randn(32, 2, generator=rng)).detach()
        shown = torch.cat([real, made]).requires_grad_()
        marks = critic(shown)
        loss = (functional.softplus(-marks[:32]) + functional.softplus(marks[32:])).mean() / 2
        slope = torch.autograd.grad(marks.sum(), shown, create_graph=True)[0]
        loss = loss + penalty * (slope**2).sum(dim=1).mean()
        judges.zero_grad()
        loss.backward()
        judges.step()
        losses.append(loss.item())
        for _ in range(generator_steps):
            wish = functional.softplus(-critic(generator(torch.randn(32, 2, generator=rng)))).mean()
            makers.zero_grad()
            wish.backward()
            makers.step()
    np.testing.assert_allclose(contest.critic_losses, losses, rtol=1e-5)
    torch.testing.assert_close(flat(*networks), flat(generator, critic), rtol=1e-4, atol=1e-6)


def test_a_seed_decides_everything():
    def trained(seed):
        networks = pair()
        fit(*networks, seed=seed)
        return flat(*networks)

    assert torch.equal(trained(1), trained(1))
    assert not torch.equal(trained(1), trained(2))


@pytest.mark.cuda
def test_competes_on_a_graphics_card():
    networks = pair()
    fit(*networks, device="cuda")
    assert next(networks[0].parameters()).device.type == "cuda"
    on_cpu = pair()
    fit(*on_cpu)
    torch.testing.assert_close(flat(*networks), flat(*on_cpu), rtol=1e-2, atol=1e-3)


def test_tells_what_happened():
    seen = []
    contest = fit(*pair(), rounds=7, after_round=seen.append)
    assert seen == [1, 2, 3, 4, 5, 6, 7]
    assert len(contest.critic_losses) == len(contest.generator_losses) == 7
    assert contest.critic_losses[0] == pytest.approx(math.log(2), abs=0.2)
    assert contest.seconds > 0


def test_a_penalty_keeps_the_critic_flatter():
    def steepest(penalty):
        _, critic = networks = pair()
        fit(*networks, rounds=100, penalty=penalty)
        points = torch.as_tensor(Ring().sample(200, seed=1)).requires_grad_()
        (slopes,) = torch.autograd.grad(critic(points).sum(), points)
        return slopes.norm(dim=1).max()

    assert steepest(1.0) < steepest(0.0) / 2


def test_the_learning_rate_falls_to_nothing():
    assert [falling(share) for share in (0, 0.25, 1)] == [1, 0.75, 0]


def test_generates_the_same_from_the_same_seed():
    generator, _ = pair()
    made = generate(generator, 7, seed=4)
    assert made.shape == (7, 2)
    np.testing.assert_array_equal(made, generate(generator, 7, seed=4))
    assert (made != generate(generator, 7, seed=5)).all()


@pytest.mark.parametrize(
    ("generator", "critic", "X"),
    [
        ((2, 3), (2, 1), np.zeros((5, 2))),
        ((2, 2), (3, 1), np.zeros((5, 2))),
        ((2, 2), (2, 2), np.zeros((5, 2))),
        ((2, 2), (2, 1), np.zeros((0, 2))),
        ((2, 2), (2, 1), np.zeros(5)),
    ],
)
def test_networks_that_do_not_fit_are_refused(generator, critic, X):
    with pytest.raises(ValueError, match="as many numbers as a real sample has"):
        compete(DenseNetwork(generator), DenseNetwork(critic), X, device="cpu")


def test_a_loss_that_explodes_is_named():
    with pytest.raises(FloatingPointError, match="in round 1"):
        compete(*pair(), np.full((5, 2), np.inf, np.float32), rounds=3, device="cpu")
