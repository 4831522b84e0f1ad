// What stands in the address of a playground, and which of its parts can be hidden.
(() => {
  "use strict";
  const { fields } = globalThis.FirstNeuron;
  const { EDGE, SOURCES, FEATURES } = globalThis.FirstNeuron.playgroundData;

  const MOST_LAYERS = 6;
  const MOST_NEURONS = 8;

  /** What can be hidden: its name in the address, and in words. */
  const PARTS = {
    train: "Train", step: "One update, one epoch", again: "Start again", reset: "Reset",
    speed: "Speed", network: "Network", curves: "Curves", plane: "Plane", numbers: "Losses",
    data: "Points", noise: "Noise", share: "Share for training", pen: "Click in the plane",
    renew: "New points, new weights", features: "Features", layers: "Hidden layers",
    activation: "Activation", view: "In the plane", test: "Test points", sharp: "Only the winner",
    rate: "Learning rate", batch: "Batch size", optimizer: "Optimizer", loss: "Loss",
    penalty: "Penalty", strength: "Strength of the penalty", weight: "Gradient of one weight",
    code: "Python script", parts: "This list",
  };

  /**
   * Some of a few words, in their order: "x1,x2"; "none" for none.
   * @param {string[]} start
   * @param {string[]} names
   * @param {number} least
   * @returns {Field<string[]>}
   */
  const words = (start, names, least = 0) => ({
    start,
    read: (text) => {
      const found = text === "none" ? [] : text.split(",");
      if (found.length < least || found.some((name) => !names.includes(name))) return undefined;
      return names.filter((name) => found.includes(name));
    },
    write: (value) => value.join(",") || "none",
  });

  /** How many neurons each hidden layer has: "8,4"; "none" without a layer. @type {Field<number[]>} */
  const layers = {
    start: [8, 8],
    read: (text) => {
      if (text === "none") return [];
      const found = text.split(",").map(Number);
      const sound = found.every((n) => Number.isInteger(n) && n >= 1 && n <= MOST_NEURONS);
      return sound && found.length <= MOST_LAYERS ? found : undefined;
    },
    write: (value) => value.join(",") || "none",
  };

  /**
   * The place of a neuron or a weight: "1.0", "0.1.2"; empty for none.
   * @param {number} length
   * @returns {Field<number[]>}
   */
  const path = (length) => ({
    start: [],
    read: (text) => {
      if (!text) return [];
      const found = text.split(".").map(Number);
      const sound = found.length === length && found.every((n) => Number.isInteger(n) && n >= 0);
      return sound ? found : undefined;
    },
    write: (value) => value.join("."),
  });

  const LABEL = /** @type {[number, number]} */ ([0, 2]);
  const PLACE = /** @type {[number, number]} */ ([-EDGE, EDGE]);

  /** What the training hangs on: another value starts it again. */
  const TRAINED = {
    data: fields.choice("circles", [...Object.keys(SOURCES), "none"]),
    noise: fields.whole(10, 0, 50),
    share: fields.whole(50, 10, 90),
    seed: fields.whole(1, 1, 99999),
    points: fields.rows([], [PLACE, PLACE, LABEL], 300),
    features: words(["x1", "x2"], Object.keys(FEATURES), 1),
    layers,
    start: fields.whole(1, 0, 99999), // 0: all weights begin at 0
    activation: fields.choice("tanh", ["tanh", "relu", "sigmoid", "linear"]),
    loss: fields.choice("cross_entropy", ["cross_entropy", "squared_error"]),
    optimizer: fields.choice("adam", ["sgd", "momentum", "rmsprop", "adam"]),
    rate: fields.number(0.01, 1e-5, 10),
    batch: fields.whole(10, 1, 100),
    penalty: fields.choice("none", ["none", "l1", "l2"]),
    strength: fields.number(0.01, 1e-5, 10),
  };

  const STATE = {
    ...TRAINED,
    steps: fields.whole(0, 0, 1e6), // updates
    changes: fields.rows([], [[0, 1e6], [-1, 1e4], [-1e6, 1e6]], 500), // by hand, see Experiment
    speed: fields.choice("normal", ["slow", "normal", "fast"]),
    test: fields.flag(false),
    sharp: fields.flag(false),
    pen: fields.choice("look", ["look", "0", "1", "2", "remove"]),
    view: path(2),
    weight: path(3),
    hide: words([], Object.keys(PARTS)),
  };

  Object.assign(globalThis.FirstNeuron, {
    playgroundState: { STATE, TRAINING: Object.keys(TRAINED), PARTS, MOST_LAYERS, MOST_NEURONS },
  });
})();
