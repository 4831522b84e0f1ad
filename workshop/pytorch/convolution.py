"""The convolutional network: small filters that slide over an image, and what they need to learn.

`workshop.convolution` does in NumPy what `nn.Conv2d` and `nn.MaxPool2d` do here.
"""

from collections.abc import Callable, Sequence

import torch
from torch import nn
from torch.nn import functional

Augment = Callable[[torch.Tensor, torch.Generator], torch.Tensor]


class ConvolutionalNetwork(nn.Module):
    """Three layers of filters, each with batch normalisation and ReLU, then one dense layer.

    The outputs are logits for `nn.CrossEntropyLoss`.

    Parameters
    ----------
    widths : sequence of three int
        Filters in each layer, hence channels that come out of it.
    side : int, pixels
        Width and height of the images.
    stride : int
        Of the first layer: 2 looks at every second place only, which makes all that follows
        four times as fast.
    padding : int, pixels
        Of the second and the third layer. With 0 they answer only where a whole neighbourhood
        lies in the image: faster, and on MNIST, whose edges are empty, no worse. Small images
        need 1.
    n_classes : int
        Numbers out.

    Raises
    ------
    ValueError
        If the images are too small for three layers and two poolings.

    References
    ----------
    S. Ioffe, C. Szegedy: Batch Normalization. ICML, 2015.
    """

    def __init__(
        self,
        widths: Sequence[int] = (16, 32, 64),
        *,
        side: int = 28,
        stride: int = 2,
        padding: int = 1,
        n_classes: int = 10,
    ) -> None:
        super().__init__()
        self.settings = {
            "widths": list(widths),
            "side": side,
            "stride": stride,
            "padding": padding,
            "n_classes": n_classes,
        }
        self.side = side
        small, middle, large = widths
        side_at_end = -(-side // stride)
        for _ in range(2):  # a layer without padding takes two pixels off, pooling half of the rest
            side_at_end = (side_at_end + 2 * padding - 2) // 2
        if side_at_end < 1:
            raise ValueError(
                f"Images of {side} x {side} pixels are too small for stride {stride} and padding "
                f"{padding}: nothing would be left of them. Try stride=1, padding=1."
            )
        # --8<-- [start:layers]
        self.layers = nn.Sequential(
            nn.Conv2d(1, small, kernel_size=5, stride=stride, padding=2, bias=False),
            nn.BatchNorm2d(small),
            nn.ReLU(),
            nn.Conv2d(small, middle, kernel_size=3, padding=padding, bias=False),
            nn.MaxPool2d(2),  # first, so that there is less to normalise
            nn.BatchNorm2d(middle),
            nn.ReLU(),
            nn.Conv2d(middle, large, kernel_size=3, padding=padding, bias=False),
            nn.MaxPool2d(2),
            nn.BatchNorm2d(large),
            nn.ReLU(),
            nn.Flatten(),
            nn.Linear(large * side_at_end**2, n_classes),
        )
        # --8<-- [end:layers]
        # On a CPU, about half as fast again. Its type stub lacks this argument.
        self.to(memory_format=torch.channels_last)  # type: ignore[call-overload]

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """Return the logits.

        Parameters
        ----------
        X : tensor of shape (n_samples, side * side) or (n_samples, side, side)
            Images row by row.

        Returns
        -------
        tensor of shape (n_samples, n_classes)
        """
        return self.layers(X.reshape(len(X), 1, self.side, self.side))

    def feature_maps(self, X: torch.Tensor) -> list[torch.Tensor]:
        """Return what the filters of each layer answer to images, after their ReLU.

        Parameters
        ----------
        X : tensor of shape (n_samples, side * side) or (n_samples, side, side)
            On the network's device.

        Returns
        -------
        list of three tensors, each of shape (n_samples, n_filters, rows, columns)
        """
        was_training = self.training
        self.eval()
        maps, answers = [], X.reshape(len(X), 1, self.side, self.side)
        with torch.inference_mode():
            for layer in self.layers:
                answers = layer(answers)
                if isinstance(layer, nn.ReLU):
                    maps.append(answers)
        self.train(was_training)
        return maps


def shifts(side: int, *, pixels: int = 1) -> Augment:
    """Move each image by up to `pixels` in each direction; what comes in at the edge is empty.

    Parameters
    ----------
    side : int, pixels
        Width and height of the images.
    pixels : int
        The largest shift.

    Returns
    -------
    function
        Takes a batch, shape (n_samples, side * side), and a random generator of its device;
        returns a new batch of the same shape.
    """

    def augment(X: torch.Tensor, rng: torch.Generator) -> torch.Tensor:
        padded = functional.pad(X.reshape(-1, side, side), (pixels,) * 4)
        # All the places at which the frame can lie: (n_samples, 2 pixels + 1, the same, side, side)
        windows = padded.unfold(1, side, 1).unfold(2, side, 1)
        down, right = torch.randint(
            2 * pixels + 1, (2, len(X)), generator=rng, device=X.device
        ).unbind()
        return windows[torch.arange(len(X), device=X.device), down, right].reshape(X.shape)

    return augment
