"""The challenge: how many of MNIST's test digits does your estimator read?

Put anything with fit(X, y) and predict(X) under the name estimator: a network
of this workshop, a class of scikit-learn, or one of your own. X has shape
(n_samples, 784), whole numbers from 0 to 255; y holds digits from 0 to 9.

Small digits, some seconds:  workshop challenge challenge.py --quick
MNIST, at most 60 seconds:   workshop challenge challenge.py
"""

import numpy as np

from workshop.classifier import NetworkClassifier


class Scaled:
    """A network that gets its pixels scaled to the range from 0 to 1."""

    def __init__(self, **settings):
        self.network = NetworkClassifier(**settings)

    def fit(self, X, y):
        self.largest = X.max()
        self.network.fit(X / np.float32(self.largest), y)
        return self

    def predict(self, X):
        return self.network.predict(X / np.float32(self.largest))


estimator = Scaled(hidden_sizes=(32,), epochs=3, random_state=0)
