"""Settings of `NetworkClassifier` for MNIST, by how long you want to wait.

    NetworkClassifier(**MNIST_IN_SECONDS[5], random_state=0).fit(X_train / np.float32(255), y_train)

They share one recipe. The learning rate climbs to a bold 0.3 and falls to zero
when the time is up (one cycle). Every image is turned, slanted and moved a
little each time it is seen, so that the network never sees the same one twice.
Targets are softened a little. In half a minute a small network that sees every
image many times beats a large one that sees it a few times; then size begins to
pay.
The seconds are those of a laptop with two cores: a faster machine sees more
images in the same time, and does a little better.
"""

from typing import Any

_RECIPE: dict[str, Any] = {
    "optimizer": "momentum",
    "learning_rate": 0.3,
    "schedule": "one_cycle",
    "batch_size": 256,
    "epochs": 1000,  # the time limit comes first
    "label_smoothing": 0.1,
    "augmentation": "affine",
}

MNIST_IN_SECONDS: dict[int, dict[str, Any]] = {
    5: _RECIPE | {"time_limit": 5, "hidden_sizes": (256, 128)},
    10: _RECIPE | {"time_limit": 10, "hidden_sizes": (256, 128)},
    30: _RECIPE | {"time_limit": 30, "hidden_sizes": (256, 128)},
    60: _RECIPE | {"time_limit": 60, "hidden_sizes": (512, 512), "label_smoothing": 0.05},
}
