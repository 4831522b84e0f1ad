// The playground's network: workshop.network and workshop.optimizers once more, and the experiment
// that trains it batch by batch. Runs in Node too, where the tests compare it with Python.
(() => {
  "use strict";
  const { randomNumbers, normalNumbers, shuffle, makeData, featuresOf } =
    globalThis.FirstNeuron.playgroundData;

  /** How a neuron bends its sum, and the slope there by what it puts out, as in Python. */
  /** @type {Record<string, { of: (z: number) => number, slope: (output: number) => number }>} */
  const ACTIVATIONS = {
    tanh: { of: Math.tanh, slope: (output) => 1 - output * output },
    relu: { of: (z) => Math.max(z, 0), slope: (output) => (output > 0 ? 1 : 0) },
    sigmoid: {
      of: (z) => 0.5 * Math.tanh(0.5 * z) + 0.5,
      slope: (output) => output * (1 - output),
    },
    linear: { of: (z) => z, slope: () => 1 },
  };

  /**
   * Layers of neurons. With the loss "mean_squared_error" the last one is linear; otherwise
   * ("cross_entropy", "squared_error") a softmax stands at the end.
   *
   * `parameters` has the layout of workshop.network: for each layer its weights, shape
   * (inputs, outputs) row by row, then its biases.
   */
  class Network {
    /**
     * @param {number[]} sizes inputs, hidden layers, outputs
     * @param {string} activation of the hidden layers, a key of ACTIVATIONS
     * @param {string} loss
     */
    constructor(sizes, activation, loss) {
      this.sizes = sizes;
      this.activation = ACTIVATIONS[activation];
      this.loss = loss;
      /** Where the weights of each layer begin. @type {number[]} */
      this.starts = [];
      let count = 0;
      for (let layer = 1; layer < sizes.length; layer++) {
        this.starts.push(count);
        count += (sizes[layer - 1] + 1) * sizes[layer];
      }
      this.parameters = new Float64Array(count);
      this.gradient = new Float64Array(count);
      /** What each layer puts out, one sample a row; the inputs first. @type {Float64Array[]} */
      this.outputs = sizes.map(() => new Float64Array(0));
      /** The derivative of the batch's loss by each neuron's sum. @type {Float64Array[]} */
      this.deltas = sizes.map(() => new Float64Array(0));
    }

    /**
     * Where a weight stands in `parameters`; with `from` = the number of inputs, the bias.
     * @param {number} layer 0 for the first that computes
     * @param {number} from
     * @param {number} to
     */
    place(layer, from, to) {
      return this.starts[layer] + from * this.sizes[layer + 1] + to;
    }

    /**
     * Draw the first weights: normal, scaled as in workshop.network, rounded to four digits so
     * that they can be written down. Biases begin at 0.
     * @param {number} seed 0 sets all weights to 0, too
     * @param {boolean} wide the scale for ReLU (He), not the one for the others (Glorot)
     */
    start(seed, wide) {
      const normal = normalNumbers(randomNumbers(seed));
      this.parameters.fill(0);
      for (let layer = 0; seed && layer < this.starts.length; layer++) {
        const [inputs, outputs] = [this.sizes[layer], this.sizes[layer + 1]];
        const scale = Math.sqrt(wide ? 2 / inputs : 2 / (inputs + outputs));
        for (let i = 0; i < inputs * outputs; i++) {
          this.parameters[this.starts[layer] + i] = Math.round(scale * normal() * 1e4) / 1e4 || 0;
        }
      }
    }

    /**
     * Compute all layers' outputs for `n` samples, into `this.outputs`.
     * @param {Float64Array} X shape (n, sizes[0])
     * @param {number} n
     * @returns {Float64Array} of the last layer, shape (n, sizes.at(-1)); longer if it was once
     */
    forward(X, n) {
      const { sizes, parameters, outputs } = this;
      outputs[0] = X;
      for (let layer = 0; layer < this.starts.length; layer++) {
        const [inputs, width, start] = [sizes[layer], sizes[layer + 1], this.starts[layer]];
        if (outputs[layer + 1].length < n * width) outputs[layer + 1] = new Float64Array(n * width);
        const [from, to, biases] = [outputs[layer], outputs[layer + 1], start + inputs * width];
        const bend = layer + 1 < this.starts.length ? this.activation.of : null;
        for (let row = 0; row < n; row++) {
          for (let j = 0; j < width; j++) {
            let sum = 0;
            for (let k = 0; k < inputs; k++) {
              sum += from[row * inputs + k] * parameters[start + k * width + j];
            }
            sum += parameters[biases + j];
            to[row * width + j] = bend ? bend(sum) : sum;
          }
        }
      }
      const last = outputs[outputs.length - 1];
      if (this.loss !== "mean_squared_error") softmax(last, n, /** @type {number} */ (sizes.at(-1)));
      return last;
    }

    /**
     * Return the loss of the outputs that lie in the last layer: the mean over `n` samples.
     * @param {Float64Array} targets shape (n, sizes.at(-1))
     * @param {number} n
     */
    lossOf(targets, n) {
      const last = this.outputs[this.outputs.length - 1];
      const length = n * /** @type {number} */ (this.sizes.at(-1));
      let sum = 0;
      for (let i = 0; i < length; i++) {
        if (this.loss === "cross_entropy") {
          // Math.max keeps log(0) out, as np.maximum does; NaN stays NaN
          sum -= targets[i] && targets[i] * Math.log(Math.max(last[i], 2.2250738585072014e-308));
        } else sum += (last[i] - targets[i]) ** 2;
      }
      return sum / n;
    }

    /**
     * Go forwards and backwards: return the loss, leave its gradient in `this.gradient`.
     * @param {Float64Array} X shape (n, sizes[0])
     * @param {Float64Array} targets shape (n, sizes.at(-1))
     * @param {number} n
     */
    backpropagate(X, targets, n) {
      const { sizes, parameters, gradient, outputs, deltas } = this;
      const last = this.forward(X, n);
      const { slope } = this.activation;
      sizes.forEach((width, layer) => {
        if (deltas[layer].length < n * width) deltas[layer] = new Float64Array(n * width);
      });
      this.lossDelta(last, targets, n);
      for (let layer = this.starts.length - 1; layer >= 0; layer--) {
        const [inputs, width, start] = [sizes[layer], sizes[layer + 1], this.starts[layer]];
        const [from, delta, before] = [outputs[layer], deltas[layer + 1], deltas[layer]];
        gradient.fill(0, start, start + (inputs + 1) * width);
        for (let row = 0; row < n; row++) {
          for (let j = 0; j < width; j++) {
            const slopeHere = delta[row * width + j];
            for (let k = 0; k < inputs; k++) {
              gradient[start + k * width + j] += from[row * inputs + k] * slopeHere;
            }
            gradient[start + inputs * width + j] += slopeHere;
          }
          for (let k = 0; layer && k < inputs; k++) {
            let sum = 0;
            for (let j = 0; j < width; j++) {
              sum += delta[row * width + j] * parameters[start + k * width + j];
            }
            before[row * inputs + k] = sum * slope(from[row * inputs + k]);
          }
        }
      }
      return this.lossOf(targets, n);
    }

    /**
     * The derivative of the loss by the sums of the last layer, into its deltas.
     * @param {Float64Array} last
     * @param {Float64Array} targets
     * @param {number} n
     */
    lossDelta(last, targets, n) {
      const width = /** @type {number} */ (this.sizes.at(-1));
      const delta = this.deltas[this.deltas.length - 1];
      for (let i = 0; i < n * width; i++) {
        delta[i] = ((this.loss === "cross_entropy" ? 1 : 2) / n) * (last[i] - targets[i]);
      }
      if (this.loss !== "squared_error") return;
      for (let row = 0; row < n; row++) {
        let tie = 0; // softmax ties the outputs of a row together
        for (let i = row * width; i < (row + 1) * width; i++) tie += delta[i] * last[i];
        for (let i = row * width; i < (row + 1) * width; i++) delta[i] = last[i] * (delta[i] - tie);
      }
    }
  }

  /**
   * Turn each row of `values` into probabilities, in place.
   * @param {Float64Array} values
   * @param {number} n
   * @param {number} width
   */
  function softmax(values, n, width) {
    for (let start = 0; start < n * width; start += width) {
      let [largest, sum] = [-Infinity, 0];
      for (let i = start; i < start + width; i++) largest = Math.max(largest, values[i]);
      for (let i = start; i < start + width; i++) sum += values[i] = Math.exp(values[i] - largest);
      for (let i = start; i < start + width; i++) values[i] /= sum;
    }
  }

  /** How a gradient becomes a step, with the numbers of workshop.optimizers. */
  class Optimizer {
    /**
     * @param {string} kind "sgd", "momentum", "rmsprop" or "adam"
     * @param {number} count of parameters
     */
    constructor(kind, count) {
      this.kind = kind;
      this.steps = 0;
      this.mean = new Float64Array(count); // the velocity of momentum
      this.square = new Float64Array(count);
    }

    /**
     * The change of parameter `i` that the next `step` would make, without making it.
     * @param {number} i
     * @param {number} slope its derivative
     * @param {number} rate
     */
    change(i, slope, rate) {
      const next = this.next(i, slope, rate, this.steps + 1);
      return next.change;
    }

    /**
     * @param {Float64Array} parameters changed in place
     * @param {Float64Array} gradient
     * @param {number} rate
     */
    step(parameters, gradient, rate) {
      this.steps++;
      for (let i = 0; i < parameters.length; i++) {
        const { mean, square, change } = this.next(i, gradient[i], rate, this.steps);
        this.mean[i] = mean;
        this.square[i] = square;
        parameters[i] += change;
      }
    }

    /**
     * @param {number} i
     * @param {number} slope
     * @param {number} rate
     * @param {number} steps
     * @returns {{ mean: number, square: number, change: number }} what to remember, and the step
     */
    next(i, slope, rate, steps) {
      let [mean, square] = [this.mean[i], this.square[i]];
      if (this.kind === "sgd") return { mean, square, change: -(slope * rate) };
      if (this.kind === "momentum") {
        mean = mean * 0.9 - slope * rate;
        return { mean, square, change: mean };
      }
      const decay = this.kind === "adam" ? 0.999 : 0.9;
      square = square * decay + slope * (1 - decay) * slope;
      if (this.kind === "rmsprop") {
        return { mean, square, change: -((slope / (Math.sqrt(square) + 1e-8)) * rate) };
      }
      mean = mean * 0.9 + slope * (1 - 0.9);
      const root = Math.sqrt(1 - 0.999 ** steps);
      const size = (rate * root) / (1 - 0.9 ** steps);
      return { mean, square, change: -((mean / (Math.sqrt(square) + 1e-8 * root)) * size) };
    }
  }

  /** Data, network and optimiser of one set of settings, and how far the training has come. */
  class Experiment {
    /** @param {PlaygroundSettings} settings */
    constructor(settings) {
      this.settings = { ...settings, changes: settings.changes.map((change) => [...change]) };
      const { train, test, classes } = makeData(settings);
      this.train = train;
      this.test = test;
      this.classes = classes;
      this.loss = classes ? settings.loss : "mean_squared_error";
      const sizes = [settings.features.length, ...settings.layers, classes || 1];
      this.network = new Network(sizes, settings.activation, this.loss);
      this.network.start(settings.start, settings.activation === "relu");
      this.first = this.network.parameters.slice();
      this.optimizer = new Optimizer(settings.optimizer, this.first.length);
      this.X = featuresOf(train, settings.features);
      this.targets = targetsOf(train, classes);
      this.XTest = featuresOf(test, settings.features);
      this.targetsTest = targetsOf(test, classes);
      this.batch = Math.min(settings.batch, train.length);
      this.random = randomNumbers(settings.seed + 1);
      this.order = new Int32Array(train.length);
      this.XBatch = new Float64Array(this.batch * sizes[0]);
      this.targetsBatch = new Float64Array(this.batch * (classes || 1));
      this.rate = settings.rate;
      this.updates = 0;
      this.changesDone = 0;
      this.shuffledFor = -1; // the update before which the order was drawn last
      /** @type {PlaygroundEntry[]} */
      this.history = [];
      this.every = 1; // epochs between two entries of the history
      this.makeChanges();
      this.remember();
    }

    /** Updates in one epoch; the last batch may be smaller. */
    get perEpoch() {
      return Math.max(1, Math.ceil(this.train.length / this.batch));
    }

    get epoch() {
      return Math.floor(this.updates / this.perEpoch);
    }

    /** Whether all numbers are still finite. */
    get finite() {
      return this.network.parameters.every(Number.isFinite);
    }

    /** Make the changes by hand that come before the next update. */
    makeChanges() {
      const { changes } = this.settings;
      while (this.changesDone < changes.length && changes[this.changesDone][0] <= this.updates) {
        const [, what, value] = changes[this.changesDone++];
        if (what < 0) this.rate = value;
        else if (what < this.first.length) this.network.parameters[what] = value;
      }
    }

    /**
     * Change a parameter (or the rate, -1) now, and note it.
     * @param {number} what
     * @param {number} value
     */
    change(what, value) {
      const { changes } = this.settings;
      const last = changes.at(-1);
      if (last && last[0] === this.updates && last[1] === what) last[2] = value;
      else changes.push([this.updates, what, value]);
      this.changesDone = changes.length;
      if (what < 0) this.rate = value;
      else this.network.parameters[what] = value;
    }

    /**
     * Put the next batch into its buffers, and return how many samples it has.
     * @returns {number}
     */
    gather() {
      const turn = this.updates % this.perEpoch;
      if (turn === 0 && this.shuffledFor !== this.updates) {
        shuffle(this.order, this.random);
        this.shuffledFor = this.updates;
      }
      const start = turn * this.batch;
      const n = Math.min(this.batch, this.order.length - start);
      const [inputs, outputs] = [this.network.sizes[0], this.classes || 1];
      for (let row = 0; row < n; row++) {
        const i = this.order[start + row];
        for (let k = 0; k < inputs; k++) this.XBatch[row * inputs + k] = this.X[i * inputs + k];
        for (let k = 0; k < outputs; k++) {
          this.targetsBatch[row * outputs + k] = this.targets[i * outputs + k];
        }
      }
      return n;
    }

    /** Train on one batch. */
    update() {
      if (!this.train.length) return;
      const { network, rate } = this;
      const { penalty, strength } = this.settings;
      network.backpropagate(this.XBatch, this.targetsBatch, this.gather());
      if (penalty === "l2" && strength) this.eachWeight((weight) => weight * (1 - rate * strength));
      this.optimizer.step(network.parameters, network.gradient, rate);
      if (penalty === "l1" && strength) {
        this.eachWeight(
          (weight) => Math.sign(weight) * Math.max(Math.abs(weight) - rate * strength, 0),
        );
      }
      this.updates++;
      this.makeChanges();
      if (this.updates % (this.perEpoch * this.every) === 0) this.remember();
    }

    /**
     * Set every weight, but no bias, by its old value.
     * @param {(weight: number) => number} turn
     */
    eachWeight(turn) {
      const { sizes, starts, parameters } = this.network;
      starts.forEach((start, layer) => {
        for (let i = start; i < start + sizes[layer] * sizes[layer + 1]; i++) {
          parameters[i] = turn(parameters[i]);
        }
      });
    }

    /** Note both losses; with many of them, keep every second one. */
    remember() {
      const [train, test] = [this.evaluate(true).loss, this.evaluate(false).loss];
      this.history.push({ epoch: this.epoch, train, test });
      if (this.history.length < 400) return;
      this.every *= 2;
      this.history = this.history.filter(({ epoch }) => epoch % this.every === 0);
    }

    /**
     * @param {boolean} training on the training points, or on the test points
     * @returns {{ loss: number, accuracy: number }} NaN without points; accuracy of values, too
     */
    evaluate(training) {
      const [X, targets] = training ? [this.X, this.targets] : [this.XTest, this.targetsTest];
      const n = (training ? this.train : this.test).length;
      if (!n) return { loss: NaN, accuracy: NaN };
      const outputs = this.network.forward(X, n);
      const loss = this.network.lossOf(targets, n);
      let right = 0;
      for (let row = 0; row < n; row++) {
        if (targets[row * this.classes + largest(outputs, row, this.classes)] === 1) right++;
      }
      return { loss, accuracy: this.classes ? right / n : NaN };
    }

    /**
     * Take the gradient of one parameter apart, on the batch that comes next.
     * @param {number} layer
     * @param {number} from the number of the input; one beyond the last for the bias
     * @param {number} to
     */
    explain(layer, from, to) {
      const { network, rate } = this;
      const n = this.gather();
      const place = network.place(layer, from, to);
      network.backpropagate(this.XBatch, this.targetsBatch, n);
      const [inputs, width] = [network.sizes[layer], network.sizes[layer + 1]];
      const parts = Array.from({ length: n }, (_, row) => {
        const activation = from < inputs ? network.outputs[layer][row * inputs + from] : 1;
        const delta = n * network.deltas[layer + 1][row * width + to]; // of this sample's own loss
        return { activation, delta, product: activation * delta };
      });
      const [value, slope] = [network.parameters[place], network.gradient[place]];
      const { penalty, strength } = this.settings;
      const isWeight = from < inputs && penalty !== "none";
      const shrunk = penalty === "l2" && isWeight ? value * (1 - rate * strength) : value;
      let next = shrunk + this.optimizer.change(place, slope, rate);
      if (penalty === "l1" && isWeight) {
        next = Math.sign(next) * Math.max(Math.abs(next) - rate * strength, 0);
      }
      const nudge = 1e-5;
      const [above, below] = [1, -1].map((sign) => {
        network.parameters[place] = value + sign * nudge;
        network.forward(this.XBatch, n);
        return network.lossOf(this.targetsBatch, n);
      });
      network.parameters[place] = value;
      return { place, value, slope, parts, next, nudged: (above - below) / (2 * nudge) };
    }
  }

  /**
   * @param {Float64Array} values
   * @param {number} row
   * @param {number} width
   */
  function largest(values, row, width) {
    let best = 0;
    for (let i = 1; i < width; i++) {
      if (values[row * width + i] > values[row * width + best]) best = i;
    }
    return best;
  }

  /**
   * @param {ArrayLike<number>[]} points
   * @param {number} classes
   * @returns {Float64Array} shape (points, classes): one-hot; without classes, the values
   */
  function targetsOf(points, classes) {
    const targets = new Float64Array(points.length * (classes || 1));
    points.forEach((point, row) => {
      if (classes) targets[row * classes + point[2]] = 1;
      else targets[row] = point[2];
    });
    return targets;
  }

  Object.assign(globalThis.FirstNeuron, {
    playgroundNetwork: { ACTIVATIONS, Network, Optimizer, Experiment, largest },
  });
})();
