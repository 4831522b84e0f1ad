"""The PyTorch half: devices, the training loop, and models in files."""

import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from torch import nn

from workshop.optimizers import one_cycle
from workshop.pytorch import storage
from workshop.pytorch.dense import DenseNetwork
from workshop.pytorch.devices import DeviceError, choose_device, seed_everything
from workshop.pytorch.models import count_parameters
from workshop.pytorch.training import accuracy, evaluate, predict, train


@pytest.fixture
def blobs():
    rng = np.random.default_rng(0)
    y = rng.integers(0, 3, 300)
    return (rng.normal(0, 0.5, (300, 2)) + 2 * y[:, None]).astype(np.float32), y


def network(*sizes, seed=0, **settings):
    seed_everything(seed)
    return DenseNetwork(sizes, **settings)


def fit(model, X, y, **settings):
    options = {"epochs": 5, "loss": nn.CrossEntropyLoss(), "device": "cpu", **settings}
    rate = options.pop("learning_rate", 0.05)
    return train(model, X, y, optimizer=torch.optim.SGD(model.parameters(), lr=rate), **options)


def parameters(model):
    return torch.cat([parameter.detach().flatten() for parameter in model.parameters()])


# -- devices -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cuda", "mps", "best"), [(True, True, "cuda"), (False, True, "mps"), (False, False, "cpu")]
)
def test_takes_the_best_device(monkeypatch, cuda, mps, best):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)
    assert choose_device().type == best
    assert choose_device("cpu").type == "cpu"


@pytest.mark.parametrize("name", ["mps", "cuda", "cuda:1", "gpu", ""])
def test_a_device_that_is_not_there_is_named(monkeypatch, name):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    with pytest.raises(DeviceError, match=r"finds here \(cpu\), got"):
        choose_device(name)


@pytest.mark.cuda
def test_trains_on_a_graphics_card_to_the_same_numbers_each_time(blobs):
    def on_gpu():
        model = network(2, 16, 3)
        fit(model, *blobs, device="cuda")
        return parameters(model)

    assert on_gpu().device.type == "cuda"
    assert torch.equal(on_gpu(), on_gpu())


# -- training ------------------------------------------------------------------------------


def test_does_what_the_loop_written_out_does(blobs):
    X, y = map(torch.as_tensor, blobs)
    model, by_hand = network(2, 8, 3), network(2, 8, 3)
    history = fit(model, X, y, batch_size=64, seed=5)

    optimizer = torch.optim.SGD(by_hand.parameters(), lr=0.05)
    order, losses = torch.Generator().manual_seed(5), []
    for _ in range(5):
        total = 0.0
        for chosen in torch.randperm(300, generator=order).split(64):
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(by_hand(X[chosen]), y[chosen])
            loss.backward()
            optimizer.step()
            total += loss.item() * len(chosen)
        losses.append(total / 300)
    assert torch.equal(parameters(model), parameters(by_hand))
    np.testing.assert_allclose(history.losses, losses, rtol=1e-6)


def test_a_seed_decides_everything(blobs):
    def trained(seed):
        model = network(2, 8, 3, seed=seed)
        fit(
            model,
            *blobs,
            seed=seed,
            augment=lambda batch, rng: batch + torch.randn(2, generator=rng),
        )
        return parameters(model)

    assert torch.equal(trained(1), trained(1))
    assert not torch.equal(trained(1), trained(2))


def test_the_whole_set_at_once_is_plain_gradient_descent():
    X = torch.linspace(-1, 1, 20)[:, None]
    model = network(1, 1)
    history = fit(
        model, X, 3 * X - 1, loss=nn.MSELoss(), batch_size=None, epochs=300, learning_rate=0.3
    )
    np.testing.assert_allclose(parameters(model), [3, -1], atol=1e-4)
    assert len(history.losses) == 300
    assert history.losses == sorted(history.losses, reverse=True)


def test_a_schedule_scales_the_rate_and_leaves_it_as_it_was(blobs):
    model, seen = network(2, 3), []
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5)

    class Spy(nn.CrossEntropyLoss):
        def forward(self, outputs, targets):
            seen.append(optimizer.param_groups[0]["lr"])
            return super().forward(outputs, targets)

    train(model, *blobs, loss=Spy(), optimizer=optimizer, epochs=2, batch_size=100,
          schedule=one_cycle, device="cpu")  # fmt: skip
    np.testing.assert_allclose(seen, [0.5 * one_cycle(i / 6) for i in range(6)])
    assert optimizer.param_groups[0]["lr"] == 0.5


def test_stops_early_and_keeps_the_best(blobs):
    X, y = blobs
    model, kept = network(2, 64, 3), {}
    history = fit(model, X[:30], y[:30], epochs=200, batch_size=5, learning_rate=0.3,
                  validation=(X[30:], (y[30:] + 1) % 3), score=accuracy, patience=4,
                  after_epoch=lambda epoch: kept.update({epoch: parameters(model)}))  # fmt: skip
    losses = history.validation_losses
    assert len(losses) == history.best_epoch + 4 < 200
    assert losses[history.best_epoch - 1] == min(losses)
    assert torch.equal(parameters(model), kept[history.best_epoch])
    assert len(history.validation_scores) == len(losses)


def test_a_time_limit_ends_the_training_within_an_epoch(blobs):
    model = network(2, 3)
    before = parameters(model)
    history = fit(model, *blobs, epochs=10**9, batch_size=1, time_limit=0.05)
    assert 0.05 <= history.seconds < 5
    assert len(history.losses) >= 1
    assert not torch.equal(before, parameters(model))
    assert len(fit(model, *blobs, time_limit=1e-9).losses) == 1, "one update is made in any case"


def test_validation_is_measured_as_for_use(blobs):
    model = nn.Sequential(nn.Linear(2, 3), nn.Dropout(0.5))
    history = fit(model, *blobs, validation=blobs, score=accuracy, epochs=1)
    assert model.training, "as it was"
    again = evaluate(model, *blobs, loss=nn.CrossEntropyLoss(), score=accuracy)
    assert (history.validation_losses[0], history.validation_scores[0]) == again


def test_predicts_in_pieces_without_gradients(blobs):
    model = network(2, 8, 3)
    whole = predict(model, blobs[0])
    assert whole.shape == (300, 3)
    assert not whole.requires_grad
    torch.testing.assert_close(predict(model, blobs[0], batch_size=7), whole)


def test_says_what_is_wrong(blobs):
    X, y = blobs
    model = network(2, 3)
    with pytest.raises(ValueError, match="got 300 and 299"):
        fit(model, X, y[1:])
    with pytest.raises(ValueError, match=r"patience .* give validation="):
        fit(model, X, y, patience=3)
    with pytest.raises(FloatingPointError, match=r"at learning rate 1e[+]30 .* Try 1e[+]29"):
        fit(network(2, 1), X, X[:, :1], loss=nn.MSELoss(), learning_rate=1e30)


def test_shows_no_bar_where_nobody_watches(blobs, capsys):
    fit(network(2, 3), *blobs)
    assert capsys.readouterr() == ("", "")


# -- models and files ----------------------------------------------------------------------


def test_a_dense_network_has_the_layers_that_its_sizes_say():
    model = network(4, 5, 2)
    assert count_parameters(model) == 4 * 5 + 5 + 5 * 2 + 2
    assert model(torch.zeros(3, 2, 2)).shape == (3, 2)
    assert [type(layer).__name__ for layer in model.layers] == [
        "Flatten",
        "Linear",
        "ReLU",
        "Linear",
    ]
    assert network(4, 2, output_relu=True)(torch.randn(50, 4)).min() == 0


@pytest.mark.parametrize("suffix", [".pt", ".safetensors"])
def test_a_model_comes_back_as_it_was(tmp_path, suffix):
    model = network(4, 5, 2, output_relu=True)
    path = storage.save(model, tmp_path / "new" / f"model{suffix}")
    again = storage.load(path)
    assert not again.training
    assert again.settings == {"sizes": [4, 5, 2], "output_relu": True}
    assert torch.equal(parameters(again), parameters(model))
    assert [file.name for file in path.parent.iterdir()] == [path.name]


class Evil:
    def __reduce__(self):
        return print, ("run by the file",)


def save_whole(path):
    torch.save(network(2, 2), path)


def save_evil(path):
    torch.save({"model": "DenseNetwork", "settings": Evil(), "state": {}}, path)


def save_other_sizes(path):
    state = network(2, 2).state_dict()
    torch.save({"model": "DenseNetwork", "settings": {"sizes": [3, 2]}, "state": state}, path)


def save_plain(path):
    torch.save(network(2, 2).state_dict(), path)


def save_unknown(path):
    save_file({"a": torch.zeros(1)}, path, metadata={"model": "os.system", "settings": "{}"})


@pytest.mark.parametrize(
    ("write", "suffix", "cause"),
    [
        (save_whole, ".pt", "UnpicklingError"),
        (save_evil, ".pt", "UnpicklingError"),
        (save_other_sizes, ".pt", "RuntimeError"),
        (save_plain, ".pt", "KeyError"),
        (lambda path: path.write_bytes(b"text"), ".pt", ""),
        (lambda path: path.write_bytes(b""), ".pt", ""),
        (lambda path: path.write_bytes(b"text"), ".safetensors", "ValueError"),
        (save_unknown, ".safetensors", "KeyError"),
    ],
)
def test_another_file_is_refused_and_nothing_in_it_runs(tmp_path, capsys, write, suffix, cause):
    path = tmp_path / f"model{suffix}"
    write(path)
    with pytest.raises(ValueError, match=f"is not a model .*{cause}.* Train it again"):
        storage.load(path)
    assert capsys.readouterr().out == ""


def test_a_file_that_is_not_there_is_just_that(tmp_path):
    for suffix in (".pt", ".safetensors"):
        with pytest.raises(FileNotFoundError):
            storage.load(tmp_path / f"none{suffix}")


def test_an_unknown_model_is_not_saved(tmp_path):
    with pytest.raises(ValueError, match=r"DenseNetwork.*, got Linear.*state_dict"):
        storage.save(nn.Linear(1, 1), tmp_path / "model.pt")
    assert not list(tmp_path.iterdir())
