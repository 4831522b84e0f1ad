"""Networks that take a while to train are trained once and kept in the data folder."""

from collections.abc import Callable
from contextlib import ExitStack, suppress

import numpy as np

from workshop.classifier import NetworkClassifier
from workshop.datasets import data_folder


def trained(
    classifier: NetworkClassifier,
    name: str,
    load_data: Callable[[], tuple[np.ndarray, ...]],
) -> NetworkClassifier:
    """Return `classifier` trained, from its file where there is one with the same settings.

    Parameters
    ----------
    classifier : NetworkClassifier
        With an int as its `random_state`, so that training it again gives the same network.
    name : str
        Of the file ``networks/<name>.npz`` in the data folder. A damaged file, or one with other
        settings, is replaced. Where the folder is read-only, nothing is kept.
    load_data : function
        Returns images (pixels 0 to 255) and labels, and whatever else; called only to train.

    Returns
    -------
    NetworkClassifier
        Either `classifier` itself, now trained, or the one from the file.
    """
    import filelock

    path = data_folder() / "networks" / f"{name}.npz"
    with ExitStack() as held:
        with suppress(OSError):  # a folder that is read-only: then nothing is kept
            path.parent.mkdir(parents=True, exist_ok=True)
            # two programs need not both train it
            held.enter_context(filelock.FileLock(path.with_suffix(".lock")))
        with suppress(OSError, ValueError):
            kept = NetworkClassifier.load(path)
            if kept.get_params() == classifier.get_params():
                return kept
        X, y, *_ = load_data()
        classifier.fit(X / np.float32(255), y)
        with suppress(OSError):
            classifier.save(path)
    return classifier
