"""The recurrent network in PyTorch."""

import numpy as np
import pytest
import torch
from torch import nn

from workshop.optimizers import one_cycle
from workshop.pytorch import storage
from workshop.pytorch.devices import seed_everything
from workshop.pytorch.models import count_parameters
from workshop.pytorch.recurrence import RecurrentNetwork, slopes_by_distance
from workshop.pytorch.training import accuracy, evaluate, predict, train
from workshop.recurrence import RecurrentLayer
from workshop.sequences import OVER, make_lamps, one_hot_sequences

LOSS = nn.CrossEntropyLoss()


def network(seed=0, **settings):
    seed_everything(seed)
    return RecurrentNetwork(**settings)


def fit(model, *, device="cpu"):
    X, y = make_lamps(4000, (1, 6))
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.01)
    return train(model, X, y, loss=LOSS, optimizer=optimizer, schedule=one_cycle, epochs=12,
                 batch_size=50, device=device)  # fmt: skip


@pytest.mark.parametrize("cell", ["RNN", "GRU"])
def test_what_stands_after_the_end_of_a_sequence_changes_nothing(cell):
    model = network(cell=cell, n_classes=3)
    X, _ = make_lamps(20, (4, 4))
    longer = np.pad(X, [(0, 0), (0, 5)], constant_values=OVER)
    logits = predict(model, X)
    assert logits.shape == (20, 3)
    torch.testing.assert_close(predict(model, longer), logits)


def test_each_sequence_is_read_to_its_own_end():
    model = network()
    X, _ = make_lamps(30, (1, 9))
    together = predict(model, X)
    for row, logits in zip(X, together, strict=True):
        torch.testing.assert_close(predict(model, row[None, row >= 0])[0], logits)


def test_its_memory_is_what_numpy_computes():
    model = network(n_hidden=5)
    weights = {name: value.detach().numpy().astype(float).T for name, value in
               model.memory.named_parameters()}  # fmt: skip
    layer = RecurrentLayer(
        weights["weight_ih_l0"],
        weights["weight_hh_l0"],
        weights["bias_ih_l0"] + weights["bias_hh_l0"],
    )
    X, _ = make_lamps(10, (8, 8))
    states = layer.read(one_hot_sequences(X))
    theirs, _ = model.memory(model.one_hot(torch.as_tensor(X)))
    np.testing.assert_allclose(theirs.detach(), states[:, 1:], atol=1e-5)


def test_slopes_by_distance_are_those_of_numpy():
    model = network(n_hidden=5)
    X, y = make_lamps(10, (8, 8))
    slopes = slopes_by_distance(model, torch.as_tensor(X), torch.as_tensor(y), LOSS)
    assert len(slopes) == 8

    memory = model.memory
    layer = RecurrentLayer(
        memory.weight_ih_l0.detach().numpy().T,
        memory.weight_hh_l0.detach().numpy().T,
        (memory.bias_ih_l0 + memory.bias_hh_l0).detach().numpy(),
    )
    inputs = one_hot_sequences(X)
    states = layer.read(inputs)
    last = torch.tensor(states[:, -1], dtype=torch.float32, requires_grad=True)
    LOSS(model.answer(last), torch.as_tensor(y)).backward()
    _, ours = layer.backpropagate(inputs, states, last.grad.numpy())
    sizes = np.linalg.norm(ours[:, 1:], axis=(0, 2))[::-1]
    np.testing.assert_allclose(slopes, sizes, rtol=1e-3)


def test_a_gru_that_starts_by_keeping_forgets_more_slowly():
    X, y = (torch.as_tensor(array) for array in make_lamps(50, (30, 30)))
    faded = {
        remember: slopes[-1] / slopes[0]
        for remember in (0.0, 3.0)
        for slopes in [slopes_by_distance(network(cell="GRU", remember=remember), X, y, LOSS)]
    }
    assert faded[0.0] < 0.001 < 0.1 < faded[3.0]


def test_remember_raises_the_share_that_is_kept():
    plain, keeps = network(cell="GRU"), network(cell="GRU", remember=3.0)
    raised = keeps.memory.bias_hh_l0 - plain.memory.bias_hh_l0
    assert raised.round(decimals=5).tolist() == [0.0] * 16 + [3.0] * 16 + [0.0] * 16


def test_errors_say_what_to_do():
    with pytest.raises(ValueError, match="cell must be one of RNN, GRU, got 'LSTM'"):
        RecurrentNetwork(cell="LSTM")
    with pytest.raises(ValueError, match="only a GRU"):
        RecurrentNetwork(cell="RNN", remember=1.0)
    with pytest.raises(ValueError, match="got none in row 1"):
        network()(torch.tensor([[1, 0], [-1, -1]]))


@pytest.mark.parametrize("suffix", [".pt", ".safetensors"])
def test_comes_back_from_a_file(tmp_path, suffix):
    model = network(n_hidden=4, cell="GRU", remember=2.0)
    again = storage.load(storage.save(model, tmp_path / f"model{suffix}"))
    assert again.settings == model.settings
    X, _ = make_lamps(10, (1, 9))
    assert torch.equal(predict(again, X), predict(model, X))


def test_parameters_as_the_page_counts_them():
    assert count_parameters(RecurrentNetwork(16).memory) == 2 * 16 + 16 * 16 + 2 * 16
    assert count_parameters(RecurrentNetwork(16, cell="GRU").memory) == 3 * 320


def test_learns_the_lamp_and_knows_it_on_longer_sequences():
    model = network(cell="GRU")
    fit(model)
    _, score = evaluate(model, *make_lamps(200, (7, 30), seed=1), loss=LOSS, score=accuracy)
    assert score > 0.95


@pytest.mark.cuda
def test_learns_on_a_graphics_card():
    model = network(cell="GRU")
    history = fit(model, device="cuda")
    assert next(model.parameters()).device.type == "cuda"
    assert history.losses[-1] < history.losses[0] / 2
