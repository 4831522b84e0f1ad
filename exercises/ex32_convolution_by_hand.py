"""Exercise 32: A convolution by hand.

A convolution slides a small grid of numbers, the kernel, over an image. At each place, it
multiplies each number of the kernel by the pixel under it, and adds up the products. So a kernel is
a pattern to look for, and the result, the feature map, says where it is.

Write `output_size`:

- n: whole number, the side of the image in pixels;
- k: the side of the kernel;
- stride: how far the kernel moves at a time;
- padding: how wide the frame of zeros around the image is.

It returns at how many places the kernel fits along this side, a whole number.

Write `convolve`:

- image: array of shape (height, width);
- kernel: array of shape (kernel_height, kernel_width), no larger than the image;
- stride: whole number, 1 or more.

It returns the feature map, without padding, an array with a sum for each place.

>>> print(output_size(28, 5, stride=2, padding=2))
14
>>> image = np.array([[1, 1, 1], [0, 1, 0], [0, 1, 0]])
>>> print(convolve(image, np.array([[-1, 2], [-1, 2]])))
[[ 3.  0.]
 [ 4. -2.]]

Time: 20 minutes. Difficulty: two of three.
In the book: pytorch/step13_convolutional_network. Check it with: workshop check 32
"""

import numpy as np


def output_size(n, k, stride=1, padding=0):
    """Return at how many places a kernel fits."""
    # TODO: the formula of the page; a place that does not fit is left out
    raise NotImplementedError


def convolve(image, kernel, stride=1):
    """Return the feature map."""
    # TODO: for each place, multiply the kernel by the pixels under it, and add up
    raise NotImplementedError
