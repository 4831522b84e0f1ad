"""Exercise 35: A step of k-means.

k-means sorts points into groups that nobody has labelled. It repeats two steps: each point joins
the nearest centre, then each centre moves to the middle of its points.

Write `k_means_step`, which takes both steps once:

- X: array of shape (n_samples, n_features), the points;
- centres: array of shape (k, n_features). X and centres may hold whole numbers.

It returns two things: labels, an array of shape (n_samples,) with the number of each point's
nearest centre, from 0, and the new centres, an array of the same shape as the old ones. Its numbers
need not be whole. A centre that no point has joined stays where it is. The old centres stay, too.

>>> X = np.array([[0.0, 0.0], [2.0, 0.0], [9.0, 6.0]])
>>> labels, centres = k_means_step(X, np.array([[1.0, 1.0], [8.0, 8.0], [50.0, 50.0]]))
>>> print(labels)
[0 0 1]
>>> print(centres)
[[ 1.  0.]
 [ 9.  6.]
 [50. 50.]]

Time: 15 minutes. Difficulty: two of three.
In the book: beyond/step16_clusters. Check it with: workshop check 35
"""

import numpy as np


def k_means_step(X, centres):
    """Return each point's nearest centre, and the centres after they have moved."""
    # TODO: find the nearest centre of each point; move each centre to the middle of its own
    raise NotImplementedError
