// Activation functions, their slopes, and where they saturate: pure mathematics, no page needed.
(() => {
  "use strict";

  const SATURATED = 0.01; // where the slope stays below this, hardly anything is learned

  /** @param {number} z */
  const sigmoid = (z) => 0.5 * Math.tanh(0.5 * z) + 0.5; // as in workshop.functions

  /** The inverse of the sigmoid. @param {number} output between 0 and 1 */
  const logit = (output) => Math.log(output / (1 - output));

  /**
   * The error function, by its series without cancellation: correct to the last digits or so.
   * @param {number} x
   */
  const erf = (x) => {
    if (Math.abs(x) > 6) return Math.sign(x); // 1 - erf(6) is 2e-17
    let term = x;
    let sum = x;
    for (let n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n += 1) {
      term *= (2 * x * x) / (2 * n + 1);
      sum += term;
    }
    return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
  };

  /** How much of a normal distribution lies below z. @param {number} z */
  const below = (z) => 0.5 * (1 + erf(z / Math.SQRT2));
  /** @param {number} z */
  const density = (z) => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);

  /** In the order of the page. @type {Record<string, Activation>} */
  const ACTIVATIONS = {
    step: {
      title: "step",
      value: (z) => (z > 0 ? 1 : 0),
      slope: (z) => (z === 0 ? NaN : 0),
      jump: 0,
    },
    sigmoid: {
      title: "sigmoid",
      value: sigmoid,
      slope: (z) => sigmoid(z) * sigmoid(-z), // a (1 - a), exact far out on the right, too
    },
    tanh: {
      title: "tanh",
      value: Math.tanh,
      slope: (z) => 4 * sigmoid(2 * z) * sigmoid(-2 * z), // 1 - a²
    },
    relu: {
      title: "ReLU",
      value: (z) => Math.max(0, z),
      slope: (z) => (z > 0 ? 1 : 0), // at the bend, code takes 0
      bend: 0,
    },
    leaky: {
      title: "leaky ReLU",
      value: (z) => (z > 0 ? z : 0.01 * z),
      slope: (z) => (z > 0 ? 1 : 0.01),
      bend: 0,
    },
    gelu: {
      title: "GELU",
      value: (z) => z * below(z),
      slope: (z) => below(z) + z * density(z),
    },
  };

  /**
   * Say from where on a function is flat: [up to here on the left, from here on the right].
   * Flat means that the slope stays below 0.01 from there on; infinite where it never does.
   * @param {Activation} activation
   * @returns {[number, number]}
   */
  const saturation = ({ slope }) => {
    const far = 12;
    /** @param {1 | -1} side */
    const edge = (side) => {
      /** @param {number} distance from the far end */
      const flat = (distance) => {
        const there = slope(side * (far - distance));
        return Number.isNaN(there) || Math.abs(there) < SATURATED;
      };
      const step = 1 / 64;
      let reached = 0;
      while (reached < 2 * far && flat(reached)) reached += step;
      if (reached === 0) return side * Infinity;
      if (reached >= 2 * far) return -side * Infinity; // flat all over
      let [low, high] = [reached - step, reached];
      for (let i = 0; i < 50; i += 1) {
        const middle = (low + high) / 2;
        if (flat(middle)) low = middle;
        else high = middle;
      }
      return side * (far - low);
    };
    return [edge(-1), edge(1)];
  };

  globalThis.FirstNeuron ??= /** @type {any} */ ({});
  globalThis.FirstNeuron.activations = { ACTIVATIONS, SATURATED, logit, saturation, sigmoid };
})();
