// How the playground draws: the plane with the answer, the network, the curves of the losses.
(() => {
  "use strict";
  const { EDGE, FEATURES, featuresOf } = globalThis.FirstNeuron.playgroundData;
  const { largest } = globalThis.FirstNeuron.playgroundNetwork;

  const SIDE = 50; // of the grid on which all is computed
  const SMALL = 25; // of a neuron's own picture, which takes every second of its points
  const PLACES = Array.from({ length: SIDE * SIDE }, (_, i) => [
    EDGE * ((2 * (i % SIDE) + 1) / SIDE - 1),
    EDGE * (1 - (2 * Math.floor(i / SIDE) + 1) / SIDE),
  ]);

  /** @type {(from: Rgb, to: Rgb, share: number) => Rgb} */
  const mixed = (from, to, share) => [
    from[0] + (to[0] - from[0]) * share,
    from[1] + (to[1] - from[1]) * share,
    from[2] + (to[2] - from[2]) * share,
  ];

  /**
   * Read the colours that the pictures are made of.
   * @param {CanvasRenderingContext2D} context
   * @param {(name: string) => string} colour
   * @param {number} em the size of the letters around, in pixels
   * @returns {PlaygroundPalette}
   */
  function palette(context, colour, em) {
    const rgb = (/** @type {string} */ name) => {
      context.fillStyle = colour(name);
      const found = String(context.fillStyle); // a system's colour may be half transparent
      const numbers = found.startsWith("#")
        ? [1, 3, 5].map((i) => parseInt(found.slice(i, i + 2), 16))
        : found.match(/[\d.]+/g)?.map(Number) ?? [];
      return /** @type {Rgb} */ (numbers.slice(0, 3));
    };
    const names = ["plot-1", "plot-2", "plot-3"].map(colour);
    return {
      paper: rgb("plot-paper"),
      classes: [rgb("plot-1"), rgb("plot-2"), rgb("plot-3")],
      ink: colour("plot-text"),
      soft: colour("plot-axis"),
      names,
      em,
      font: `${0.84 * em}px sans-serif`,
    };
  }

  /** What every neuron puts out all over the plane. */
  class Field {
    /** @param {string[]} features */
    constructor(features) {
      this.inputs = featuresOf(PLACES, features);
      /** One array for each layer, the inputs first. @type {Float64Array[]} */
      this.layers = [];
      /** What has been painted of them. @type {Map<string, { canvas: HTMLCanvasElement, of: unknown }>} */
      this.painted = new Map();
    }

    /** @param {PlaygroundNetwork} network */
    compute(network) {
      network.forward(this.inputs, PLACES.length);
      this.layers = network.outputs.map((output, layer) =>
        layer ? output.slice(0, PLACES.length * network.sizes[layer]) : this.inputs);
    }

    /**
     * Paint one neuron's output: paper for 0, blue above and orange below it.
     * @param {CanvasRenderingContext2D} context
     * @param {PlaygroundNeuron} which
     * @param {PlaygroundPalette} colours
     * @param {Box} box
     * @param {number} side of the grid
     */
    neuron(context, { layer, neuron, width, sharp }, colours, box, side = SMALL) {
      const values = this.layers[layer];
      const step = SIDE / side;
      let scale = 0;
      const largestOf = () => { // what can be large is shown in proportion to its own largest
        for (let i = 0; i < PLACES.length; i++) {
          const size = Math.abs(values[i * width + neuron]);
          if (size > scale && size < Infinity) scale = size;
        }
        return Math.max(1, scale);
      };
      const key = [layer, neuron, side, sharp, colours.names].join();
      this.paint(context, box, side, key, (column, row) => {
        const value = values[(row * step * SIDE + column * step) * width + neuron] / (scale ||= largestOf());
        const share = sharp ? Math.sign(value) : Math.max(-1, Math.min(1, value));
        return mixed(colours.paper, colours.classes[share > 0 ? 0 : 1], 0.85 * Math.abs(share || 0));
      });
    }

    /**
     * Paint one class's probability.
     * @param {CanvasRenderingContext2D} context
     * @param {PlaygroundNeuron} which
     * @param {PlaygroundPalette} colours
     * @param {Box} box
     * @param {number} side
     */
    probability(context, { layer, neuron, width, sharp }, colours, box, side = SMALL) {
      const values = this.layers[layer];
      const step = SIDE / side;
      const key = [layer, neuron, side, sharp, colours.names].join();
      this.paint(context, box, side, key, (column, row) => {
        const at = row * step * SIDE + column * step;
        const share = sharp
          ? Number(largest(values, at, width) === neuron)
          : values[at * width + neuron] || 0;
        return mixed(colours.paper, colours.classes[neuron], 0.85 * share);
      });
    }

    /**
     * Paint all classes' probabilities, mixed.
     * @param {CanvasRenderingContext2D} context
     * @param {Omit<PlaygroundNeuron, "neuron">} which
     * @param {PlaygroundPalette} colours
     * @param {Box} box
     */
    answer(context, { layer, width, sharp }, colours, box) {
      const values = this.layers[layer];
      const soft = colours.classes.map((colour) => mixed(colours.paper, colour, 0.5));
      this.paint(context, box, SIDE, ["answer", sharp, colours.names].join(), (column, row) => {
        const at = row * SIDE + column;
        if (sharp) return soft[largest(values, at, width)];
        /** @type {Rgb} */
        const sum = [0, 0, 0];
        for (let k = 0; k < width; k++) {
          for (let i = 0; i < 3; i++) sum[i] += (values[at * width + k] || 0) * soft[k][i];
        }
        return sum;
      });
    }

    /**
     * Paint a picture, or show the one that was painted of the same outputs.
     * @param {CanvasRenderingContext2D} context
     * @param {Box} box
     * @param {number} side
     * @param {string} key of what it shows
     * @param {(column: number, row: number) => Rgb} colour
     */
    paint(context, box, side, key, colour) {
      const kept = this.painted.get(key) ?? { canvas: document.createElement("canvas"), of: null };
      if (kept.of !== this.layers) {
        kept.of = this.layers;
        kept.canvas.width = kept.canvas.height = side;
        const own = /** @type {CanvasRenderingContext2D} */ (kept.canvas.getContext("2d"));
        const image = own.createImageData(side, side);
        for (let i = 0; i < side * side; i++) {
          const [red, green, blue] = colour(i % side, Math.floor(i / side));
          image.data[4 * i] = red;
          image.data[4 * i + 1] = green;
          image.data[4 * i + 2] = blue;
          image.data[4 * i + 3] = 255;
        }
        own.putImageData(image, 0, 0);
        this.painted.set(key, kept);
      }
      context.drawImage(kept.canvas, box.x, box.y, box.side, box.side);
    }

    /**
     * Trace where a value on the grid passes 0, straight through each of its squares.
     * @param {(i: number) => number} value
     * @param {(from: Place, to: Place) => void} line in the units of the grid
     */
    trace(value, line) {
      for (let row = 0; row < SIDE - 1; row++) {
        for (let column = 0; column < SIDE - 1; column++) {
          const corners = [[0, 0], [1, 0], [1, 1], [0, 1]].map(([dx, dy]) => ({
            x: column + dx,
            y: row + dy,
            height: value((row + dy) * SIDE + column + dx),
          }));
          /** @type {Place[]} */
          const ends = [];
          corners.forEach((a, i) => {
            const b = corners[(i + 1) % 4];
            if (a.height > 0 === b.height > 0) return;
            const share = a.height / (a.height - b.height);
            ends.push({ x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y) });
          });
          for (let i = 0; i + 1 < ends.length; i += 2) line(ends[i], ends[i + 1]);
        }
      }
    }
  }

  /**
   * Draw the mark of a point: a circle, a square or a triangle; test points are hollow.
   * @param {CanvasRenderingContext2D} context
   * @param {Place} place
   * @param {number} shape
   * @param {string} colour
   * @param {{ paper: string, hollow?: boolean, size?: number }} options
   */
  function mark(context, { x, y }, shape, colour, { paper, hollow = false, size = 3.4 }) {
    context.beginPath();
    if (shape === 0) context.arc(x, y, size, 0, 2 * Math.PI);
    else if (shape === 1) context.rect(x - size * 0.9, y - size * 0.9, size * 1.8, size * 1.8);
    else {
      context.moveTo(x, y - size * 1.25);
      context.lineTo(x + size * 1.15, y + size * 0.85);
      context.lineTo(x - size * 1.15, y + size * 0.85);
      context.closePath();
    }
    context.fillStyle = hollow ? paper : colour;
    context.strokeStyle = hollow ? colour : paper;
    context.lineWidth = hollow ? 1.6 : 1;
    context.fill();
    context.stroke();
  }

  /** The plane's square within its picture, with room for the numbers of the axes. */
  class Plane {
    /**
     * @param {number} width
     * @param {number} height
     * @param {number} em
     */
    constructor(width, height, em) {
      this.x = 1.6 * em;
      this.y = 0.5 * em;
      this.side = Math.max(10, Math.min(width - 2 * em, height - 2 * em));
    }

    /** @param {ArrayLike<number>} point @returns {Place} */
    place(point) {
      return {
        x: this.x + (this.side * (point[0] + EDGE)) / (2 * EDGE),
        y: this.y + (this.side * (EDGE - point[1])) / (2 * EDGE),
      };
    }

    /** @param {Place} place @returns {[number, number]} rounded to what a finger can meet */
    point({ x, y }) {
      const limit = (/** @type {number} */ value) =>
        Math.max(-EDGE, Math.min(EDGE, Math.round(100 * EDGE * value) / 100)) || 0;
      return [
        limit((2 * (x - this.x)) / this.side - 1),
        limit(1 - (2 * (y - this.y)) / this.side),
      ];
    }

    /**
     * @param {CanvasRenderingContext2D} context
     * @param {PlaygroundPalette} colours
     */
    axes(context, colours) {
      context.strokeStyle = colours.soft;
      context.lineWidth = 1;
      context.strokeRect(this.x, this.y, this.side, this.side);
      context.fillStyle = colours.ink;
      context.font = colours.font;
      for (const value of [-2, 0, 2]) {
        const text = String(value).replace("-", "\u2212");
        const { x, y } = this.place([value, value]);
        context.textAlign = "center";
        context.textBaseline = "top";
        context.fillText(text, x, this.y + this.side + 5);
        context.textAlign = "right";
        context.textBaseline = "middle";
        context.fillText(text, this.x - 5, y);
      }
      context.textAlign = "right";
      context.textBaseline = "top";
      context.fillText("x₁", this.x + this.side, this.y + this.side + 5);
      context.fillText("x₂", this.x - 4, this.y);
    }

    /**
     * Draw the lines on which two classes are equally likely, or a value is 0.
     * @param {CanvasRenderingContext2D} context
     * @param {Field} field
     * @param {number} layer
     * @param {number} width classes; 1 for a value
     * @param {string} colour
     */
    boundary(context, field, layer, width, colour) {
      const values = field.layers[layer];
      const cell = this.side / SIDE;
      context.beginPath();
      for (let k = 0; k < (width > 2 ? width : 1); k++) {
        const margin = (/** @type {number} */ i) => {
          if (width === 1) return values[i];
          let rival = -Infinity;
          for (let j = 0; j < width; j++) {
            if (j !== k) rival = Math.max(rival, values[i * width + j]);
          }
          return values[i * width + k] - rival;
        };
        field.trace(margin, (from, to) => {
          context.moveTo(this.x + (from.x + 0.5) * cell, this.y + (from.y + 0.5) * cell);
          context.lineTo(this.x + (to.x + 0.5) * cell, this.y + (to.y + 0.5) * cell);
        });
      }
      context.strokeStyle = colour;
      context.lineWidth = 1.6;
      context.stroke();
    }

    /**
     * @param {CanvasRenderingContext2D} context
     * @param {PlaygroundPoint[]} points
     * @param {number} classes
     * @param {PlaygroundPalette} colours
     * @param {boolean} hollow
     */
    points(context, points, classes, colours, hollow) {
      const paper = `rgb(${colours.paper.join(" ")})`;
      for (const point of points) {
        const shape = classes ? point[2] : Number(point[2] < 0);
        let colour = colours.names[shape];
        if (!classes) {
          const strength = 0.25 + 0.75 * Math.min(1, Math.abs(point[2]));
          colour = `rgb(${mixed(colours.paper, colours.classes[shape], strength).join(" ")})`;
        }
        mark(context, this.place(point), shape, colour, { paper, hollow });
      }
    }
  }

  /** Where the neurons and connections of a network stand in a picture. */
  class Layout {
    /**
     * @param {number[]} sizes
     * @param {number} width
     * @param {number} height
     * @param {number} em
     */
    constructor(sizes, width, height, em) {
      this.sizes = sizes;
      const rows = Math.max(...sizes);
      const [left, right] = [4.2 * em, 2.8 * em];
      const across = (width - left - right) / (sizes.length - 1);
      const down = Math.min(height / rows, 4.3 * em);
      this.side = Math.max(12, Math.min(2.8 * em, 0.74 * down, 0.52 * across));
      this.columns = sizes.map((count, layer) =>
        Array.from({ length: count }, (_, i) => ({
          x: left + layer * across,
          y: height / 2 + (i - (count - 1) / 2) * down,
        })));
    }

    /** The bend of a connection. @type {(layer: number, from: number, to: number) => number[]} */
    curve(layer, from, to) {
      const [a, b] = [this.columns[layer][from], this.columns[layer + 1][to]];
      const count = this.sizes[layer];
      const spread = count > 1 ? ((from / (count - 1)) * 2 - 1) * 0.3 * this.side : 0;
      const [x0, x1, y1] = [a.x + this.side / 2, b.x - this.side / 2, b.y + spread];
      const middle = (x0 + x1) / 2;
      return [x0, a.y, middle, a.y, middle, y1, x1, y1];
    }

    /** Where a neuron's bias is marked. @type {(layer: number, to: number) => Place} */
    bias(layer, to) {
      const { x, y } = this.columns[layer + 1][to];
      return { x: x - this.side / 2, y: y + this.side / 2 };
    }

    /**
     * What lies below a pointer: a bias, a neuron or a connection.
     * @param {Place} at
     * @returns {{ neuron?: [number, number], weight?: PlaygroundWeight } | null}
     */
    find({ x, y }) {
      for (let layer = 0; layer < this.sizes.length; layer++) {
        for (let i = 0; i < this.sizes[layer]; i++) {
          const bias = layer ? this.bias(layer - 1, i) : null;
          if (bias && Math.hypot(x - bias.x, y - bias.y) < 7) {
            return { weight: [layer - 1, this.sizes[layer - 1], i] };
          }
          const { x: cx, y: cy } = this.columns[layer][i];
          const reach = this.side / 2;
          if (Math.abs(x - cx) < reach && Math.abs(y - cy) < reach) return { neuron: [layer, i] };
        }
      }
      /** @type {{ weight: PlaygroundWeight } | null} */
      let found = null;
      let nearest = 9;
      for (let layer = 0; layer + 1 < this.sizes.length; layer++) {
        for (let from = 0; from < this.sizes[layer]; from++) {
          for (let to = 0; to < this.sizes[layer + 1]; to++) {
            const c = this.curve(layer, from, to);
            if (x < c[0] || x > c[6]) continue;
            for (let t = 0; t <= 1; t += 1 / 24) {
              const [a, b, d, e] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3];
              const away = Math.hypot(
                a * c[0] + b * c[2] + d * c[4] + e * c[6] - x,
                a * c[1] + b * c[3] + d * c[5] + e * c[7] - y,
              );
              if (away < nearest) {
                nearest = away;
                found = { weight: [layer, from, to] };
              }
            }
          }
        }
      }
      return found;
    }
  }

  /**
   * Draw the network: connections, neurons with their pictures, biases.
   * @param {CanvasRenderingContext2D} context
   * @param {Layout} layout
   * @param {{ network: PlaygroundNetwork, field: Field,
   *   classes: number, features: string[], sharp: boolean, viewed: number[] | null,
   *   chosen: number[] | null }} what `viewed`: the neuron in the plane; `chosen`: the weight
   * @param {PlaygroundPalette} colours
   */
  function drawNetwork(context, layout, what, colours) {
    const { network, field, classes, features, sharp, viewed, chosen } = what;
    const { sizes, parameters } = network;
    const line = (/** @type {number} */ layer, /** @type {number} */ from, /** @type {number} */ to) => {
      const weight = parameters[network.place(layer, from, to)];
      const [x0, y0, x1, y1, x2, y2, x3, y3] = layout.curve(layer, from, to);
      const size = Math.min(5, Math.abs(weight)) || 0;
      context.beginPath();
      context.moveTo(x0, y0);
      context.bezierCurveTo(x1, y1, x2, y2, x3, y3);
      context.lineWidth = 0.6 + 1.3 * size;
      context.globalAlpha = 0.3 + 0.6 * Math.min(1, size);
      context.setLineDash(weight < 0 ? [5, 3 + 0.6 * size] : []);
      context.strokeStyle = weight < 0 ? colours.names[1] : colours.names[0];
      context.stroke();
    };
    for (let layer = 0; layer + 1 < sizes.length; layer++) {
      for (let from = 0; from < sizes[layer]; from++) {
        for (let to = 0; to < sizes[layer + 1]; to++) line(layer, from, to);
      }
    }
    context.globalAlpha = 1;
    context.setLineDash([]);
    if (chosen && chosen[1] < sizes[chosen[0]]) {
      const [x0, y0, x1, y1, x2, y2, x3, y3] = layout.curve(chosen[0], chosen[1], chosen[2]);
      context.beginPath();
      context.moveTo(x0, y0);
      context.bezierCurveTo(x1, y1, x2, y2, x3, y3);
      context.strokeStyle = colours.ink;
      context.lineWidth = 2.5;
      context.stroke();
    }
    context.font = colours.font;
    context.textBaseline = "middle";
    const paper = `rgb(${colours.paper.join(" ")})`;
    sizes.forEach((width, layer) => {
      for (let neuron = 0; neuron < width; neuron++) {
        const { x, y } = layout.columns[layer][neuron];
        const box = { x: x - layout.side / 2, y: y - layout.side / 2, side: layout.side };
        const last = layer === sizes.length - 1;
        const which = { layer, neuron, width, sharp };
        if (last && classes) field.probability(context, which, colours, box);
        else field.neuron(context, which, colours, box);
        const seen = viewed && viewed[0] === layer && viewed[1] === neuron;
        context.strokeStyle = seen ? colours.ink : colours.soft;
        context.lineWidth = seen ? 3 : 1;
        context.strokeRect(box.x, box.y, box.side, box.side);
        if (layer === 0) {
          context.fillStyle = colours.ink;
          context.textAlign = "right";
          context.fillText(FEATURES[features[neuron]].label, box.x - 5, y, 3.6 * colours.em);
        } else {
          const bias = parameters[network.place(layer - 1, sizes[layer - 1], neuron)];
          const at = layout.bias(layer - 1, neuron);
          const picked = chosen && chosen[0] === layer - 1 && chosen[1] === sizes[layer - 1] &&
            chosen[2] === neuron;
          const size = 2 + 2.5 * Math.min(1, Math.abs(bias) || 0);
          mark(context, at, bias < 0 ? 1 : 0, picked ? colours.ink : colours.names[bias < 0 ? 1 : 0],
            { paper, size: picked ? 5.5 : size });
        }
        if (last && classes) {
          mark(context, { x: x + layout.side / 2 + 0.8 * colours.em, y }, neuron, colours.names[neuron],
            { paper, size: 5 });
        }
      }
    });
  }

  /**
   * Draw the losses by epoch: training solid, test dashed.
   * @param {CanvasRenderingContext2D} context
   * @param {number} width
   * @param {number} height
   * @param {PlaygroundEntry[]} history
   * @param {PlaygroundPalette} colours
   */
  function drawCurves(context, width, height, history, colours) {
    const { em } = colours;
    const [left, top, right, bottom] = [2.6 * em, 0.6 * em, width - 0.5 * em, height - 1.5 * em];
    const end = Math.max(10, history[history.length - 1].epoch);
    const first = history[0].train;
    let most = 0.01;
    for (const { train, test } of history) {
      for (const loss of [train, test]) if (loss > most) most = Math.min(loss, 3 * first || loss);
    }
    if (!Number.isFinite(most)) most = 1;
    const at = (/** @type {number} */ epoch, /** @type {number} */ loss) =>
      [left + ((right - left) * epoch) / end, bottom - ((bottom - top) * loss) / most];
    context.strokeStyle = colours.soft;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(left, top);
    context.lineTo(left, bottom);
    context.lineTo(right, bottom);
    context.stroke();
    context.fillStyle = colours.ink;
    context.font = colours.font;
    context.textAlign = "right";
    context.textBaseline = "middle";
    context.fillText(most.toPrecision(2), left - 4, top + 4);
    context.fillText("0", left - 4, bottom);
    context.textBaseline = "top";
    context.fillText(`epoch ${end}`, right, bottom + 5);
    context.save();
    context.beginPath();
    context.rect(left, top - 4, right - left + 4, bottom - top + 6);
    context.clip();
    for (const [name, colour, dash] of /** @type {const} */ ([
      ["train", colours.names[0], []],
      ["test", colours.names[1], [6, 4]],
    ])) {
      context.beginPath();
      history.forEach((entry, i) => {
        if (!Number.isFinite(entry[name])) return;
        const [x, y] = at(entry.epoch, entry[name]);
        if (i) context.lineTo(x, y);
        else context.moveTo(x, y);
      });
      context.strokeStyle = colour;
      context.setLineDash([...dash]);
      context.lineWidth = 2;
      context.stroke();
    }
    context.restore();
  }

  Object.assign(globalThis.FirstNeuron, {
    playgroundPicture: { SIDE, Field, Plane, Layout, palette, mark, drawNetwork, drawCurves },
  });
})();
