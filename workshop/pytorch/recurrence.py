"""The recurrent network: it reads a sequence one symbol at a time, and remembers.

`workshop.recurrence` does in NumPy what `nn.RNN` does here.
"""

from collections.abc import Callable

import torch
from torch import nn
from torch.nn import functional

CELLS: dict[str, Callable[..., nn.RNNBase]] = {"RNN": nn.RNN, "GRU": nn.GRU}


class RecurrentNetwork(nn.Module):
    """Neurons with a memory read a sequence; a dense layer then reads the memory.

    The outputs are logits for `nn.CrossEntropyLoss`.

    Parameters
    ----------
    n_hidden : int
        Numbers in the memory.
    cell : {"RNN", "GRU"}
        RNN replaces its memory at each symbol. GRU decides for each number how much of it to keep.
    remember : float
        With GRU, added to the biases that decide so, before training: 0 keeps about half, 3 about
        95 % for the next symbol.
    n_symbols : int
        How many different symbols there are.
    n_classes : int
        Numbers out.

    Raises
    ------
    ValueError
        If `cell` is neither, or `remember` comes without GRU.

    References
    ----------
    GRU: K. Cho and others: Learning Phrase Representations using RNN Encoder-Decoder for
    Statistical Machine Translation. 2014. The biases: R. Jozefowicz, W. Zaremba, I. Sutskever: An
    Empirical Exploration of Recurrent Network Architectures. 2015.
    """

    def __init__(
        self,
        n_hidden: int = 16,
        *,
        cell: str = "RNN",
        remember: float = 0.0,
        n_symbols: int = 2,
        n_classes: int = 2,
    ) -> None:
        super().__init__()
        if cell not in CELLS:
            raise ValueError(f"cell must be one of {', '.join(CELLS)}, got {cell!r}.")
        if remember and cell != "GRU":
            raise ValueError(f"only a GRU has a bias for what to remember, got {cell!r}.")
        self.settings = {
            "n_hidden": n_hidden,
            "cell": cell,
            "remember": remember,
            "n_symbols": n_symbols,
            "n_classes": n_classes,
        }
        # --8<-- [start:layers]
        self.n_symbols = n_symbols
        self.memory = CELLS[cell](n_symbols, n_hidden, batch_first=True)
        self.answer = nn.Linear(n_hidden, n_classes)
        # --8<-- [end:layers]
        if remember:  # the second of three parts, r, z and n, belongs to z: how much to keep
            with torch.no_grad():
                self.memory.bias_hh_l0[n_hidden : 2 * n_hidden] += remember  # type: ignore[index, operator]

    # --8<-- [start:forward]
    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """Return the logits, shape (n_samples, n_classes).

        X holds the symbols, 0, 1 ..., shape (n_samples, longest); those
        below zero fill up a sequence that is over.
        """
        states, _ = self.memory(self.one_hot(X))  # one for each moment
        last = _lengths(X) - 1
        return self.answer(states[torch.arange(len(X), device=X.device), last])

    # --8<-- [end:forward]

    def one_hot(self, X: torch.Tensor) -> torch.Tensor:
        """Write each symbol as a row with a single 1; what fills up counts as the symbol 0.

        Parameters
        ----------
        X : tensor of int, shape (n_samples, longest)

        Returns
        -------
        tensor of float32, shape (n_samples, longest, n_symbols)
        """
        return functional.one_hot(X.clamp(min=0), self.n_symbols).float()


def _lengths(X: torch.Tensor) -> torch.Tensor:
    """Return the length of each sequence."""
    lengths = (X >= 0).sum(dim=1)
    if (empty := lengths == 0).any():
        raise ValueError(
            "Each sequence must have one symbol (0 or above) at least, got none in row "
            f"{empty.nonzero()[0].item()}. Leave empty sequences out."
        )
    return lengths


def slopes_by_distance(
    network: RecurrentNetwork,
    X: torch.Tensor,
    y: torch.Tensor,
    loss: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
) -> list[float]:
    """Measure how much the loss would change with the memory at each moment.

    Parameters
    ----------
    network : RecurrentNetwork
    X : tensor of int, shape (n_samples, length)
        Sequences of the same length, on the network's device.
    y : tensor of int, shape (n_samples,)
    loss : function
        Of the outputs and the targets.

    Returns
    -------
    list of float, shape (length,)
        The length of the gradient with respect to the memory, for all samples: at the end first,
        then one moment earlier, and so on.
    """
    inputs, state, states = network.one_hot(X), None, []
    for t in range(X.shape[1]):
        _, state = network.memory(inputs[:, t : t + 1], state)
        states.append(state)
    slopes = torch.autograd.grad(loss(network.answer(states[-1][0]), y), states)
    return [slope.norm().item() for slope in reversed(slopes)]
