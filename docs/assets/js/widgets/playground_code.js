// An experiment of the playground as a Python script on the package `workshop`.
(() => {
  "use strict";
  const { FEATURES } = globalThis.FirstNeuron.playgroundData;

  /** @type {Record<string, string>} */
  const OPTIMIZERS = { sgd: "SGD", momentum: "Momentum", rmsprop: "RMSProp", adam: "Adam" };

  /**
   * Write numbers over as many lines as they need.
   * @param {Iterable<string>} words
   */
  function folded(words) {
    const lines = ["   "];
    for (const word of words) {
      if (lines[lines.length - 1].length + word.length > 94) lines.push("   ");
      lines[lines.length - 1] += ` ${word},`;
    }
    return lines.join("\n");
  }

  const number = (/** @type {number} */ value) =>
    Number.isFinite(value) ? String(value) : `float("${String(value).replace("Infinity", "inf")}")`;

  /** What stands before the training where Network has no such activation or no such end. */
  /** @type {Record<string, string>} */
  const ADDED_ACTIVATIONS = {
    tanh: 'network.ACTIVATIONS["tanh"] = (np.tanh, lambda output: 1 - output**2)\n',
    linear: 'network.ACTIVATIONS["linear"] = (lambda z: z, np.ones_like)\n',
  };
  const LINEAR_END = `network.LOSSES["mean_squared_error"] = (
    lambda outputs, targets: float(np.sum((outputs - targets) ** 2)) / len(targets),
    lambda outputs, targets: 2 / len(targets) * (outputs - targets),
)


class LinearEnd(network.Network):
    """A network that puts out the last layer's sums: values instead of probabilities."""

    def feedforward(self, X):
        activate, _ = network.ACTIVATIONS[self.activation]
        outputs = [X]
        for weights, biases in zip(self.weights[:-1], self.biases[:-1], strict=True):
            outputs.append(activate(outputs[-1] @ weights + biases))
        return [*outputs, outputs[-1] @ self.weights[-1] + self.biases[-1]]
`;

  /**
   * Write a script that repeats an experiment up to its present update and says whether it came
   * to the same losses.
   * @param {PlaygroundExperiment} experiment
   * @returns {string}
   */
  function toPython(experiment) {
    const { settings, train, test, first, updates, epoch, classes, loss } = experiment;
    const { penalty, strength, activation, layers, changes } = settings;
    const sizes = [settings.features.length, ...layers, classes || 1];
    const [expected, expectedTest] = [true, false].map((on) => experiment.evaluate(on).loss);
    const numbers = (/** @type {number[][]} */ points) =>
      folded(points.map((point) => `(${point.join(", ")})`));
    const decay = strength
      ? { none: "", l1: "", l2: `
    for weights in net.weights:
        weights *= 1 - learning_rate * ${strength}` }[penalty]
      : "";
    const shrink = strength && penalty === "l1" ? `
    for weights in net.weights:
        weights[:] = np.sign(weights) * np.maximum(abs(weights) - learning_rate * ${strength}, 0)`
      : "";
    const byHand = changes.length
      ? `
# Changes by hand: before which update, which parameter (-1: the learning rate), its new value
CHANGES = [
${folded(changes.map((change) => `(${change.join(", ")})`))}
]
`
      : "";
    const change = changes.length
      ? (/** @type {string} */ when) => `for _, which, value in [c for c in CHANGES if c[0] == ${when}]:
    if which < 0:
        learning_rate = value
    else:
        net.parameters[which] = value
`
      : () => "";
    const indented = change("update").replace(/^(?=.)/gm, "    ");
    const targets = classes
      ? `np.eye(${classes})[points[:, 2].astype(int)]`
      : "points[:, 2:]";
    const added = ADDED_ACTIVATIONS[activation] ?? "";
    return `"""An experiment from the playground of First Neuron, repeated by its package workshop.

Run it with a Python that has workshop: python playground.py
It repeats ${updates} updates (${epoch} epochs), and says whether it comes to the playground's losses.
They differ by rounding, far below a millionth as a rule. A training that jumps about (a large
learning rate, thousands of updates) can magnify that.
"""

import numpy as np

from workshop import network
from workshop.optimizers import ${OPTIMIZERS[settings.optimizer]}

# Each point: x1, x2 and its ${classes ? "class" : "value"}
TRAINING = [
${numbers(train)}
]
TEST = [
${numbers(test)}
]
FIRST_PARAMETERS = [
${folded(Array.from(first, number))}
]
PLAYGROUND_LOSSES = (${number(expected)}, ${number(expectedTest)})
${byHand}

def prepare(points):
    points = np.array(points, dtype=float).reshape(-1, 3)
    x1, x2 = points[:, 0], points[:, 1]
    X = np.column_stack([${settings.features.map((name) => FEATURES[name].python).join(", ")}])
    return X, ${targets}


def random_numbers(seed):
    """Yield numbers from 0 to 1, the same as the playground's: mulberry32."""
    mask = 0xFFFFFFFF
    while True:
        seed = (seed + 0x6D2B79F5) & mask
        mixed = (seed ^ seed >> 15) * (seed | 1) & mask
        mixed ^= (mixed + (mixed ^ mixed >> 7) * (mixed | 61)) & mask
        yield (mixed ^ mixed >> 14) / 2**32


def shuffled(n, random):
    order = np.arange(n)
    for i in range(n - 1, 0, -1):
        j = int(next(random) * (i + 1))
        order[[i, j]] = order[[j, i]]
    return order


${added && `${added}\n`}${classes ? "" : `${LINEAR_END}\n\n`}X, targets = prepare(TRAINING)
net = ${classes ? "network.Network" : "LinearEnd"}(
    (${sizes.join(", ")}), activation="${activation}", loss="${loss}", dtype=np.float64
)
net.parameters[:] = FIRST_PARAMETERS
optimizer = ${OPTIMIZERS[settings.optimizer]}()
learning_rate = ${settings.rate}
batch_size = ${experiment.batch}
random = random_numbers(${settings.seed} + 1)
for update in range(${updates}):
${indented}    start = update * batch_size % (-(-len(X) // batch_size) * batch_size)
    if start == 0:
        order = shuffled(len(X), random)
    batch = order[start : start + batch_size]
    _, gradient = net.backpropagate(X[batch], targets[batch])${decay}
    optimizer.step(net.parameters, gradient, learning_rate)${shrink}
${change(String(updates))}
loss_of = network.LOSSES[net.loss][0]
LOSSES = tuple(
    loss_of(net.feedforward(X)[-1], targets) if len(X) else float("nan")
    for X, targets in (prepare(TRAINING), prepare(TEST))
)
for name, loss, playground in zip(("training", "test"), LOSSES, PLAYGROUND_LOSSES, strict=True):
    same = np.isclose(loss, playground, rtol=1e-6, atol=1e-9, equal_nan=True)
    print(f"{name} loss {loss:.9g}, in the playground {playground:.9g}", "" if same else "(!)")
`;
  }

  Object.assign(globalThis.FirstNeuron, { playgroundCode: { toPython } });
})();
