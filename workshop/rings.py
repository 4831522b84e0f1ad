"""A ring of eight clouds of points: what the generator of step 17 should learn to make."""

import math
from dataclasses import dataclass

import numpy as np

FAIR_SHARE = 0.2  # of what falls to each mode if all get the same


@dataclass(frozen=True)
class Ring:
    """Round clouds of points, evenly spaced on a circle. Each cloud is called a *mode*.

    Parameters
    ----------
    modes : int
        Number of clouds.
    radius : float
        Of the circle on which their centres lie.
    std : float
        Standard deviation of each cloud, along both axes.

    References
    ----------
    L. Metz, B. Poole, D. Pfau, J. Sohl-Dickstein: Unrolled Generative Adversarial Networks. 2017.
    """

    modes: int = 8
    radius: float = 2.0
    std: float = 0.1

    @property
    def centres(self) -> np.ndarray:
        """Where the clouds have their middle, shape (modes, 2)."""
        angles = 2 * math.pi * np.arange(self.modes) / self.modes
        return self.radius * np.column_stack([np.cos(angles), np.sin(angles)])

    def sample(self, n_samples: int, seed: int = 0) -> np.ndarray:
        """Draw points, each of a cloud chosen at random.

        Parameters
        ----------
        n_samples : int
        seed : int

        Returns
        -------
        ndarray of float32, shape (n_samples, 2)
        """
        rng = np.random.default_rng(seed)
        chosen = self.centres[rng.integers(self.modes, size=n_samples)]
        return (chosen + rng.normal(0, self.std, chosen.shape)).astype(np.float32)

    def counts(self, samples: np.ndarray) -> np.ndarray:
        """Count the good samples of each mode.

        A sample is good if it lies within three standard deviations of the nearest centre. Of true
        samples, 98.9 % do.

        Parameters
        ----------
        samples : ndarray of shape (n_samples, 2)

        Returns
        -------
        ndarray of int64, shape (modes,)

        Raises
        ------
        ValueError
            If the samples are none, or no points of a plane.
        """
        if np.ndim(samples) != 2 or not len(samples) or np.shape(samples)[1] != 2:
            raise ValueError(
                f"samples must have shape (n_samples, 2), got {np.shape(samples)}. A generator for "
                "this ring has two outputs."
            )
        # --8<-- [start:judge]
        distances = np.linalg.norm(samples[:, None] - self.centres, axis=2)
        good = distances.min(axis=1) < 3 * self.std
        return np.bincount(distances.argmin(axis=1)[good], minlength=self.modes)
        # --8<-- [end:judge]

    def modes_covered(self, samples: np.ndarray) -> int:
        """Count the modes that get a fifth or more of their fair share of the samples.

        Parameters
        ----------
        samples : ndarray of shape (n_samples, 2)
            Checked as in `counts`.

        Returns
        -------
        int, 0 to modes
        """
        return int(np.sum(self.counts(samples) >= FAIR_SHARE * len(samples) / self.modes))

    def good_share(self, samples: np.ndarray) -> float:
        """Return the share of good samples.

        Parameters
        ----------
        samples : ndarray of shape (n_samples, 2)
            Checked as in `counts`.

        Returns
        -------
        float, 0 to 1
        """
        return float(self.counts(samples).sum() / len(samples))
