"""What a convolutional layer computes, in NumPy: first by hand, then fast.

A small grid of weights, the kernel, slides over an image. At each place, every weight is
multiplied by the pixel under it, and the products are added up. Strictly, mathematics calls this
cross-correlation: its convolution turns the kernel upside down and back to front first. Networks
learn their kernels, so it makes no difference to them, and the field says convolution.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def convolve2d(
    image: np.ndarray, kernel: np.ndarray, *, stride: int = 1, padding: int = 0
) -> np.ndarray:
    """Slide a kernel over an image; every step written out.

    Parameters
    ----------
    image : ndarray of shape (height, width)
    kernel : ndarray of shape (kernel_height, kernel_width)
    stride : int, pixels
        How far the kernel moves from one place to the next.
    padding : int, pixels
        Width of the frame of zeros that is put around the image first.

    Returns
    -------
    ndarray of shape (rows, columns)
        One weighted sum for each place of the kernel.

    Raises
    ------
    ValueError
        If the kernel does not fit into the image.
    """
    image = np.pad(image, padding)
    rows, columns = _places(image.shape, kernel.shape, stride)
    # --8<-- [start:by_hand]
    height, width = kernel.shape
    result = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            for i in range(height):
                for j in range(width):
                    pixel = image[top + i, left + j]
                    result[row, column] += kernel[i, j] * pixel
    return result
    # --8<-- [end:by_hand]


def convolve_layer(
    images: np.ndarray,
    kernels: np.ndarray,
    biases: np.ndarray | None = None,
    *,
    stride: int = 1,
    padding: int = 0,
) -> np.ndarray:
    """Do what `torch.nn.functional.conv2d` does: many images, channels and kernels at once.

    Parameters
    ----------
    images : ndarray of shape (n_images, n_channels, height, width)
    kernels : ndarray of shape (n_kernels, n_channels, kernel_height, kernel_width)
        A kernel has a grid of weights for each channel; what they give is added up.
    biases : ndarray of shape (n_kernels,), optional
        Added to all that the kernel gives.
    stride : int, pixels
        As for `convolve2d`.
    padding : int, pixels
        As for `convolve2d`.

    Returns
    -------
    ndarray of shape (n_images, n_kernels, rows, columns)
        One feature map for each image and kernel.

    Raises
    ------
    ValueError
        If images and kernels differ in their channels, or the kernels do not fit.

    References
    ----------
    Y. LeCun, L. Bottou, Y. Bengio, P. Haffner: Gradient-Based Learning Applied to Document
    Recognition. Proceedings of the IEEE 86, 1998.
    """
    images = np.pad(images, [(0, 0), (0, 0), (padding, padding), (padding, padding)])
    _places(images.shape[1:], kernels.shape[1:], stride)
    # --8<-- [start:layer]
    windows = sliding_window_view(images, kernels.shape[2:], axis=(2, 3))
    # now (images, channels, rows, columns, height, width)
    windows = windows[:, :, ::stride, ::stride]
    maps = np.einsum("nchwij,kcij->nkhw", windows, kernels, optimize=True)
    return maps if biases is None else maps + biases[:, None, None]
    # --8<-- [end:layer]


def max_pool(images: np.ndarray, size: int = 2) -> np.ndarray:
    """Keep the largest number of each square of `size` by `size` pixels.

    Parameters
    ----------
    images : ndarray of shape (..., height, width)
        What does not fill a whole square at the right and at the bottom is left out.
    size : int, pixels

    Returns
    -------
    ndarray of shape (..., height // size, width // size)
    """
    rows, columns = (length // size for length in images.shape[-2:])
    squares = images[..., : rows * size, : columns * size].reshape(
        *images.shape[:-2], rows, size, columns, size
    )
    return squares.max(axis=(-3, -1))


def output_size(size: int, kernel: int, *, stride: int = 1, padding: int = 0) -> int:
    """Return at how many places along one side a kernel fits.

    Parameters
    ----------
    size : int, pixels
        Length of the image's side.
    kernel : int, pixels
        Length of the kernel's side.
    stride : int, pixels
        As for `convolve2d`.
    padding : int, pixels
        As for `convolve2d`.

    Returns
    -------
    int
        0 or less if the kernel does not fit at all.
    """
    return (size + 2 * padding - kernel) // stride + 1


def _places(image: tuple[int, ...], kernel: tuple[int, ...], stride: int) -> tuple[int, int]:
    """Return in how many rows and columns of places a kernel fits; check both shapes."""
    *channels, height, width = image
    *kernel_channels, kernel_height, kernel_width = kernel
    if channels != kernel_channels:
        raise ValueError(
            "an image and a kernel must have as many channels, and then two sides each, got shapes "
            f"{image} and {kernel}. A grey image has one channel: images[:, None] adds that axis."
        )
    if kernel_height > height or kernel_width > width:
        raise ValueError(
            f"the kernel must fit into the image, got a kernel of {kernel_height} x {kernel_width} "
            f"for {height} x {width} pixels with their padding. Take a smaller kernel, or pad more."
        )
    return (
        output_size(height, kernel_height, stride=stride),
        output_size(width, kernel_width, stride=stride),
    )
