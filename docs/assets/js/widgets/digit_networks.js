// The networks that read a digit: weights of bytes, layer by layer, as benchmarks/quantised.py.
(() => {
  "use strict";

  /**
   * @param {string[]} lines base 64
   * @returns {Uint8Array<ArrayBuffer>}
   */
  const bytes = (lines) => Uint8Array.from(atob(lines.join("")), (letter) => letter.charCodeAt(0));

  /**
   * Return a function from an image to what each layer puts out, the probabilities last.
   * @param {PackedNetwork} network
   * @returns {(pixels: ArrayLike<number>) => LayerAnswers[]} of 784 pixels, 0 to 255
   */
  const network = ({ layers }) => {
    const steps = layers.map((layer) => {
      const weights = new Int8Array(bytes(layer.weights).buffer);
      const row = weights.length / layer.shape[0];
      const scaled = Float64Array.from(weights);
      return layer.shape.length === 2 ? dense(layer, scaled, row) : convolution(layer, scaled);
    });
    return (pixels) => {
      const side = Math.sqrt(pixels.length);
      /** @type {LayerAnswers} */
      let answers = { values: Float64Array.from(pixels, (pixel) => pixel / 255), channels: 1, side };
      return steps.map((step, i) => {
        answers = step(answers);
        const { values } = answers;
        if (i === steps.length - 1) softmax(values);
        else for (let j = 0; j < values.length; j += 1) values[j] = Math.max(values[j], 0);
        return answers;
      });
    };
  };

  /**
   * @param {PackedLayer} layer
   * @param {Float64Array} weights
   * @param {number} inputs
   * @returns {(answers: LayerAnswers) => LayerAnswers} its sums
   */
  const dense = ({ scales, biases }, weights, inputs) => ({ values }) => {
    const sums = Float64Array.from(biases);
    for (let j = 0; j < sums.length; j += 1) {
      const start = j * inputs;
      let sum = 0;
      for (let i = 0; i < inputs; i += 1) sum += weights[start + i] * values[i];
      sums[j] += scales[j] * sum;
    }
    return { values: sums, channels: sums.length, side: 1 };
  };

  /**
   * Each number that is not zero is handed on to all places whose filter looks at it: most of an
   * image is empty, and ReLU leaves half of what follows at zero.
   * @param {PackedLayer} layer
   * @param {Float64Array} weights
   * @returns {(answers: LayerAnswers) => LayerAnswers} its sums: filters, then pooling, then scales and biases
   */
  const convolution = ({ shape, stride, padding, pool, scales, biases }, weights) => {
    const [filters, channels, kernel] = shape;
    const parts = channels * kernel * kernel;
    const turned = new Float64Array(weights.length); // those of all filters for one part together
    weights.forEach((weight, i) => { turned[(i % parts) * filters + Math.floor(i / parts)] = weight; });
    return ({ values: inputs, side: before }) => {
      const side = Math.floor((before + 2 * padding - kernel) / stride) + 1;
      const sums = new Float64Array(side * side * filters);
      for (let i = 0; i < inputs.length; i += 1) {
        const input = inputs[i];
        if (input === 0) continue;
        const channel = Math.floor(i / (before * before));
        const bottom = (Math.floor(i / before) % before) + padding;
        const right = (i % before) + padding;
        for (let down = 0; down < kernel; down += 1) {
          const row = (bottom - down) / stride;
          if (row < 0 || row >= side || row !== Math.floor(row)) continue;
          for (let along = 0; along < kernel; along += 1) {
            const column = (right - along) / stride;
            if (column < 0 || column >= side || column !== Math.floor(column)) continue;
            const to = (row * side + column) * filters;
            const from = ((channel * kernel + down) * kernel + along) * filters;
            for (let f = 0; f < filters; f += 1) sums[to + f] += input * turned[from + f];
          }
        }
      }
      const pooled = Math.floor(side / pool);
      const values = new Float64Array(filters * pooled * pooled).fill(-Infinity);
      for (let place = 0; place < side * side; place += 1) {
        const row = Math.floor(Math.floor(place / side) / pool);
        const column = Math.floor((place % side) / pool);
        if (row >= pooled || column >= pooled) continue;
        for (let f = 0; f < filters; f += 1) {
          const to = (f * pooled + row) * pooled + column;
          values[to] = Math.max(values[to], sums[place * filters + f]);
        }
      }
      const size = pooled * pooled;
      for (let i = 0; i < values.length; i += 1) {
        const f = Math.floor(i / size);
        values[i] = values[i] * scales[f] + biases[f];
      }
      return { values, channels: filters, side: pooled };
    };
  };

  /** @param {Float64Array} values turned into probabilities in place */
  const softmax = (values) => {
    const most = Math.max(...values);
    let sum = 0;
    for (let i = 0; i < values.length; i += 1) sum += values[i] = Math.exp(values[i] - most);
    for (let i = 0; i < values.length; i += 1) values[i] /= sum;
  };

  /**
   * @param {ArrayLike<number>} values
   * @returns {number} the place of the largest; the first of equals
   */
  const largest = (values) => {
    let best = 0;
    for (let i = 1; i < values.length; i += 1) if (values[i] > values[best]) best = i;
    return best;
  };

  globalThis.FirstNeuron ??= /** @type {any} */ ({});
  globalThis.FirstNeuron.digitNetworks ??= {};
  Object.assign(globalThis.FirstNeuron, { bytes, digitNetwork: network, largest });
})();
