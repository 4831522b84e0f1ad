// The network that is worked out by hand, number by number: pure mathematics, no page needed.
//
// Names: w212 is the weight of layer 2 to neuron 1 from neuron 2; b, z, a, d (delta) have the layer
// and the neuron; gw212 and gb21 are the derivatives of the cost, and a name with "new" behind it is
// the number after the step. Layer 0 is the inputs: a01 and x1 are the same.

(() => {
  "use strict";
  const { sigmoid } = globalThis.FirstNeuron.activations;

  const TWO = [1, 2];

  /** The numbers of the page. @type {Readonly<HandNumbers>} */
  const START = Object.freeze({
    x1: 2, x2: 1,
    w111: 2, w112: -2, b11: -1,
    w121: 1, w122: 2, b12: -2,
    w211: -2, w212: 1, b21: -1,
    w221: -1, w222: 0.5, b22: -1,
    y1: 1, y2: 0,
    rate: 0.01,
  });
  /** The twelve that are learned. */
  const LEARNED = Object.keys(START).filter((name) => /^[wb]/.test(name));

  /** @type {Record<HandHidden, { value: (z: number) => number, slope: (a: number) => number }>} */
  const HIDDEN = {
    relu: { value: (z) => Math.max(z, 0), slope: (a) => (a > 0 ? 1 : 0) },
    sigmoid: { value: sigmoid, slope: (a) => a * (1 - a) },
  };

  /**
   * The targets in use: with softmax they add up to 1, so the first one decides.
   * @param {HandNumbers} numbers
   * @param {HandCost} cost
   * @returns {[number, number]}
   */
  const targets = ({ y1, y2 }, cost) => {
    if (cost === "squares") return [y1, y2];
    const first = Math.min(1, Math.max(0, y1));
    return [first, 1 - first];
  };

  /**
   * Go forwards: every sum z, every answer a, and the cost C.
   * @param {HandNumbers} n
   * @param {HandHidden} hidden
   * @param {HandCost} cost
   * @returns {HandNumbers} n, and what was computed
   */
  const forwards = (n, hidden, cost) => {
    const { value, slope } = HIDDEN[hidden];
    /** @type {HandNumbers} */
    const v = { ...n, a01: n.x1, a02: n.x2 };
    [v.t1, v.t2] = targets(n, cost);
    for (const layer of TWO) {
      for (const to of TWO) {
        const at = `${layer}${to}`;
        const before = layer - 1;
        v[`z${at}`] = v[`w${at}1`] * v[`a${before}1`] + v[`w${at}2`] * v[`a${before}2`] + v[`b${at}`];
        v[`a${at}`] = layer === 1 ? value(v[`z${at}`]) : v[`z${at}`];
        if (layer === 1) v[`s${at}`] = slope(v[`a${at}`]);
      }
    }
    if (cost === "squares") {
      v.C = (v.a21 - v.t1) ** 2 + (v.a22 - v.t2) ** 2;
    } else {
      const largest = Math.max(v.z21, v.z22); // changes nothing, and keeps exp from overflowing
      const powers = [Math.exp(v.z21 - largest), Math.exp(v.z22 - largest)];
      v.a21 = powers[0] / (powers[0] + powers[1]);
      v.a22 = powers[1] / (powers[0] + powers[1]);
      const tiny = 2.2250738585072014e-308; // log(0) would be infinite
      v.C = -(v.t1 * Math.log(Math.max(v.a21, tiny)) + v.t2 * Math.log(Math.max(v.a22, tiny)));
    }
    return v;
  };

  /**
   * Work out everything: forwards, back, one step, and forwards once more.
   * @param {HandNumbers} n the numbers of START, changed or not
   * @param {HandHidden} [hidden]
   * @param {HandCost} [cost]
   * @returns {HandNumbers}
   */
  const workOut = (n, hidden = "relu", cost = "squares") => {
    const v = forwards(n, hidden, cost);
    for (const j of TWO) {
      v[`d2${j}`] = (cost === "squares" ? 2 : 1) * (v[`a2${j}`] - v[`t${j}`]);
    }
    for (const k of TWO) {
      v[`d1${k}`] = (v[`w21${k}`] * v.d21 + v[`w22${k}`] * v.d22) * v[`s1${k}`];
    }
    for (const name of LEARNED) {
      const [kind, layer, to, from] = name;
      const delta = v[`d${layer}${to}`];
      v[`g${name}`] = kind === "b" ? delta : delta * v[`a${Number(layer) - 1}${from}`];
      v[`${name}new`] = v[name] - v.rate * v[`g${name}`];
    }
    const after = forwards({ ...n, ...learned(v) }, hidden, cost);
    for (const name of ["z11", "z12", "z21", "z22", "a11", "a12", "a21", "a22", "C"]) {
      v[`${name}new`] = after[name];
    }
    return v;
  };

  /**
   * The twelve numbers after the step, by their own names.
   * @param {HandNumbers} v what workOut returned
   * @returns {HandNumbers}
   */
  const learned = (v) => Object.fromEntries(LEARNED.map((name) => [name, v[`${name}new`]]));

  globalThis.FirstNeuron.handNetwork = { LEARNED, START, learned, workOut };
})();
