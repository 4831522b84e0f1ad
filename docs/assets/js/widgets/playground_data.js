// The points of the playground, what the network is fed with, and the random numbers behind them.
(() => {
  "use strict";

  /** Both axes go from -EDGE to EDGE. */
  const EDGE = 3;
  const COUNT = 600;

  /**
   * Numbers from 0 to 1 (left out), the same for the same seed on every machine: mulberry32, so
   * few lines that the exported Python has them too.
   * @param {number} seed a whole number
   * @returns {() => number}
   */
  function randomNumbers(seed) {
    let state = seed >>> 0;
    return () => {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
  }

  /**
   * Turn even random numbers into normal ones, mean 0, standard deviation 1 (Box and Muller).
   * @param {() => number} random
   * @returns {() => number}
   */
  const normalNumbers = (random) => () =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

  /**
   * Fill `order` with 0, 1, 2 ... in random order (Fisher and Yates).
   * @param {Int32Array} order
   * @param {() => number} random
   */
  function shuffle(order, random) {
    for (let i = 0; i < order.length; i++) order[i] = i;
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      const held = order[i];
      order[i] = order[j];
      order[j] = held;
    }
  }

  /**
   * @typedef {PlaygroundSource} Source
   * @typedef {Parameters<Source["point"]>[1]} Dice
   */

  /** @type {(arms: number, turn: number) => Source["point"]} */
  const spiral = (arms, turn) => (i, { random, normal, noise }) => {
    const along = random();
    const angle = turn * along + (2 * Math.PI * (i % arms)) / arms + 2 * noise * normal();
    return [0.9 * EDGE * along * Math.sin(angle), 0.9 * EDGE * along * Math.cos(angle), i % arms];
  };
  /** @type {(radius: number, angle: number, label: number, dice: Dice) => PlaygroundPoint} */
  const around = (radius, angle, label, { normal, noise }) => [
    radius * Math.cos(angle) + 2 * noise * normal(),
    radius * Math.sin(angle) + 2 * noise * normal(),
    label,
  ];
  /** @type {(value: (x1: number, x2: number) => number) => Source["point"]} */
  const surface = (value) => (_, { random, normal, noise }) => {
    const x1 = EDGE * (2 * random() - 1);
    const x2 = EDGE * (2 * random() - 1);
    return [x1, x2, value(x1, x2) + noise * normal()];
  };

  /** Where the points come from; `classes` is 0 where a value is to be learned. */
  /** @type {Record<string, Source>} */
  const SOURCES = {
    circles: {
      name: "Circles",
      classes: 2,
      point: (i, dice) => {
        const radius = i % 2 ? 1.1 * Math.sqrt(dice.random()) : 1.8 + 0.8 * dice.random();
        return around(radius, 2 * Math.PI * dice.random(), i % 2, dice);
      },
    },
    xor: {
      name: "XOR",
      classes: 2,
      point: (i, { random, normal, noise }) => {
        const [right, up] = [i & 1, (i >> 1) & 1];
        const place = (/** @type {number} */ side) =>
          (side ? 1 : -1) * (0.15 + 2.5 * random()) + 2 * noise * normal();
        return [place(right), place(up), right ^ up];
      },
    },
    moons: {
      name: "Moons",
      classes: 2,
      point: (i, dice) => {
        const lower = i % 2;
        const [x1, x2] = around(1.6, Math.PI * (dice.random() + lower), lower, dice);
        return [x1 + (lower ? 0.8 : -0.8), x2 + (lower ? 0.4 : -0.4), lower];
      },
    },
    blobs: {
      name: "Blobs",
      classes: 2,
      point: (i, { normal, noise }) => {
        const [side, spread] = [i % 2 ? 1.2 : -1.2, 0.35 + noise];
        return [side + spread * normal(), side + spread * normal(), i % 2];
      },
    },
    spirals: { name: "Spiral, three arms", classes: 3, point: spiral(3, 4) },
    spirals2: { name: "Spiral, two arms", classes: 2, point: spiral(2, 6) },
    plane: { name: "Plane", classes: 0, point: surface((x1, x2) => (x1 + x2) / (2 * EDGE)) },
    hills: {
      name: "Hills and hollows",
      classes: 0,
      point: surface((x1, x2) => {
        let value = 0;
        for (let i = 0; i < 6; i++) {
          const [dx, dy] = [x1 - 2 * ((i % 3) - 1), x2 - (i < 3 ? 1.25 : -1.25)];
          value += (i % 2 ? -1 : 1) * Math.exp(-1.5 * (dx * dx + dy * dy));
        }
        return value;
      }),
    },
  };

  /** What a network can be fed with; `python` is the same for the exported script. */
  /** @type {Record<string, { label: string, python: string, of: (x1: number, x2: number) => number }>} */
  const FEATURES = {
    x1: { label: "x₁", python: "x1", of: (x1) => x1 },
    x2: { label: "x₂", python: "x2", of: (_, x2) => x2 },
    x1x1: { label: "x₁²", python: "x1 * x1", of: (x1) => x1 * x1 },
    x2x2: { label: "x₂²", python: "x2 * x2", of: (_, x2) => x2 * x2 },
    x1x2: { label: "x₁·x₂", python: "x1 * x2", of: (x1, x2) => x1 * x2 },
    sin1: { label: "sin 2x₁", python: "np.sin(2 * x1)", of: (x1) => Math.sin(2 * x1) },
    sin2: { label: "sin 2x₂", python: "np.sin(2 * x2)", of: (_, x2) => Math.sin(2 * x2) },
  };

  const rounded = (/** @type {number} */ value) => Math.round(value * 1000) / 1000 || 0;

  /**
   * Make the points of an experiment, in random order, each number rounded to three digits.
   * The reader's own are for training; with data "none" there are no others.
   * @type {FirstNeuronScripts["playgroundData"]["makeData"]}
   */
  const makeData = ({ data, noise, seed, share, points }) => {
    const random = randomNumbers(seed);
    const dice = { random, normal: normalNumbers(random), noise: noise / 100 };
    /** @type {PlaygroundPoint[]} */
    const all = [];
    const source = SOURCES[data];
    if (source) {
      const order = new Int32Array(COUNT);
      const made = Array.from(order, (_, i) => source.point(i, dice));
      shuffle(order, random);
      order.forEach((i) => all.push(/** @type {PlaygroundPoint} */ (made[i].map(rounded))));
    }
    const classes = source ? source.classes : 3;
    const split = Math.round((all.length * share) / 100);
    const own = points.map(([x1, x2, label]) => {
      const meant = classes ? Math.min(label, classes - 1) : label ? 1 : -1;
      return /** @type {PlaygroundPoint} */ ([x1, x2, meant]);
    });
    return { train: [...all.slice(0, split), ...own], test: all.slice(split), classes };
  };

  /**
   * Compute the features of points, one point a row.
   * @param {ArrayLike<number>[]} points x1 and x2 first
   * @param {string[]} names of FEATURES
   * @returns {Float64Array} shape (points, names)
   */
  function featuresOf(points, names) {
    const values = new Float64Array(points.length * names.length);
    let at = 0;
    for (const point of points) {
      for (const name of names) values[at++] = FEATURES[name].of(point[0], point[1]);
    }
    return values;
  }

  globalThis.FirstNeuron ??= /** @type {any} */ ({});
  Object.assign(globalThis.FirstNeuron, {
    playgroundData: {
      EDGE, SOURCES, FEATURES, randomNumbers, normalNumbers, shuffle, makeData, featuresOf,
    },
  });
})();
