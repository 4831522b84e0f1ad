// One neuron and how it learns: `workshop/neuron.py`, in the same order of operations, so that the
// numbers are the same to the last bit.
(() => {
  "use strict";

  const POINTS = [
    [-2, 4.4], [3.7, 0.5], [4.7, -0.3], [1, 1.4], [3.4, 0.4],
    [1.9, 1.4], [0.5, 2], [3.7, 0.5], [-3.7, 5.6], [-1.4, 3.5],
  ]; // workshop.datasets.load_ten_points

  /**
   * Add up to 128 numbers as NumPy does: from eight on, in eight sums side by side.
   *
   * @param {number[]} values
   */
  const sum = (values) => {
    let from = 0;
    let total = 0;
    if (values.length >= 8) {
      const sums = values.slice(0, 8);
      for (from = 8; from + 8 <= values.length; from += 8) {
        for (let i = 0; i < 8; i += 1) sums[i] += values[from + i];
      }
      const [a, b, c, d, e, f, g, h] = sums;
      total = ((a + b) + (c + d)) + ((e + f) + (g + h));
    }
    for (; from < values.length; from += 1) total += values[from];
    return total;
  };

  /** @type {FirstNeuronDescent["cost"]} */
  const cost = (points, weight, bias) =>
    sum(points.map(([x, y]) => {
      const error = bias + weight * x - y;
      return error * error;
    }));

  /** @type {FirstNeuronDescent["gradients"]} */
  const gradients = (points, weight, bias) => {
    const errors = points.map(([x, y]) => bias + weight * x - y);
    return [sum(points.map(([x], i) => 2 * x * errors[i])), sum(errors.map((error) => 2 * error))];
  };

  /** @type {FirstNeuronDescent["step"]} */
  const step = (points, at, rate) => {
    const [byWeight, byBias] = gradients(points, at.weight, at.bias);
    const weight = at.weight - rate * byWeight;
    const bias = at.bias - rate * byBias;
    return { weight, bias, cost: cost(points, weight, bias) };
  };

  /** @type {FirstNeuronDescent["descend"]} */
  const descend = (points, weight, bias, rate, steps) => {
    const path = [{ weight, bias, cost: cost(points, weight, bias) }];
    for (let i = 0; i < steps; i += 1) path.push(step(points, path[i], rate));
    return path;
  };

  /** @type {FirstNeuronDescent["lowest"]} */
  const lowest = (points) => {
    const n = points.length;
    const meanX = sum(points.map(([x]) => x)) / n;
    const meanY = sum(points.map(([, y]) => y)) / n;
    const spread = sum(points.map(([x]) => (x - meanX) ** 2));
    if (spread > 1e-12) {
      const weight = sum(points.map(([x, y]) => (x - meanX) * (y - meanY))) / spread;
      return { weight, bias: meanY - weight * meanX };
    }
    // All points stand above one another: of all lines through their middle, the one nearest to 0, 0
    const share = meanY / (meanX * meanX + 1);
    return { weight: share * meanX, bias: share };
  };

  /**
   * The second derivatives of the cost: by the weight twice, by both, by the bias twice.
   *
   * @param {number[][]} points
   */
  const hessian = (points) =>
    [2 * sum(points.map(([x]) => x * x)), 2 * sum(points.map(([x]) => x)), 2 * points.length];

  /** @type {FirstNeuronDescent["curvatures"]} */
  const curvatures = (points) => {
    const [byWeight, both, byBias] = hessian(points);
    const middle = (byWeight + byBias) / 2;
    const steepest = middle + Math.hypot((byWeight - byBias) / 2, both);
    const product = byWeight * byBias - both * both; // of the two curvatures
    return [Math.max(0, product) / steepest, steepest];
  };

  /** @type {FirstNeuronDescent["steepestDirection"]} */
  const steepestDirection = (points) => {
    const [byWeight, both, byBias] = hessian(points);
    return Math.atan2(2 * both, byWeight - byBias) / 2;
  };

  /** @type {FirstNeuronDescent["largestStableRate"]} */
  const largestStableRate = (points) => 2 / curvatures(points)[1];

  globalThis.FirstNeuron ??= /** @type {any} */ ({});
  globalThis.FirstNeuron.descent = {
    POINTS, cost, gradients, step, descend, lowest, curvatures, steepestDirection, largestStableRate,
  };
})();
