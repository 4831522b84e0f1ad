// <sigmoid-neuron>: one input, one weight, one bias, and the sigmoid. Drag the curve's middle
// sideways (the bias), turn it about its middle (the weight), and move the input along it.
(() => {
  "use strict";
  const { Widget, activations, chart, element, fields } = globalThis.FirstNeuron;
  const { ACTIVATIONS, SATURATED, saturation, sigmoid } = activations;
  const { Chart, draggable, number, put, svg } = chart;

  const REACH = 8; // how far the input goes to either side
  const LIMITS = { weight: 5, bias: 20, x: REACH };
  const [, FLAT] = saturation(ACTIVATIONS.sigmoid); // beyond this sum, the sigmoid is flat

  /** @typedef {{ weight: number, bias: number, x: number, hold: boolean }} State */

  /** To hundredths, and not too far. @param {number} value @param {"weight" | "bias" | "x"} name */
  const round = (value, name) =>
    Math.min(LIMITS[name], Math.max(-LIMITS[name], Math.round(value * 100) / 100)) + 0;

  /** What the curve turns about, and what "hold" keeps in place. @param {State} state */
  const pivot = ({ weight, bias }) =>
    weight === 0 ? { x: 0, y: sigmoid(bias) } : { x: -bias / weight + 0, y: 0.5 };

  /** What weight, bias and input do, in words. @param {State} state */
  const tell = (state) => {
    const { weight, bias, x } = state;
    const sum = weight * x + bias;
    const steep = Math.abs(weight);
    const product = `${number(weight)} · ${x < 0 ? `(${number(x)})` : number(x)}`;
    const flat = weight !== 0 && Math.abs(sum) > FLAT;
    const edges = [(-FLAT - bias) / weight, (FLAT - bias) / weight].sort((a, b) => a - b);
    return {
      input: `Input ${number(x)}: the sum is ${product} ${bias < 0 ? "−" : "+"} ${
        number(Math.abs(bias))} = ${number(sum, 4)}, the output ${sigmoid(sum).toFixed(3)}.${
        flat ? " Here the neuron is saturated." : ""}`,
      weight: weight === 0
        ? "Weight 0: the input makes no difference, and the curve is flat."
        : `Weight ${number(weight)}: the curve ${weight < 0 ? "falls" : "climbs"}${
          steep === 1 ? "" : `, ${number(steep)} times as steeply as with ${weight < 0 ? "−1" : "1"}`}.`,
      bias: weight === 0
        ? `Bias ${number(bias)}: it alone decides. Any input gives the output ${sigmoid(bias).toFixed(3)}.`
        : `Bias ${number(bias)}: the middle of the curve, with the output 0.5, is at ${
          number(pivot(state).x)}. That is minus bias over weight.`,
      flat: weight === 0 ? ""
        : `Saturated below ${number(edges[0], 1)} and above ${number(edges[1], 1)}: there, σ has a `
          + `slope of less than ${SATURATED}.`,
    };
  };

  /** @param {number} width @param {number} height @param {number} em */
  const plotOf = (width, height, em) => new Chart({
    width, height, em, x: [-REACH, REACH], y: [0, 1], xTicks: [-8, -4, 0, 4, 8], yTicks: [0, 0.5, 1],
    xLabel: "input x (dotted: weight 1, bias 0)", title: "output σ(w · x + b)",
  });

  /** @param {string} name @param {SVGElement} shape */
  const handleOf = (name, shape) =>
    svg("g", { class: "chart-handle" }, svg("circle", { class: "chart-grip", r: 22 }), shape,
      svg("text", { class: "chart-value" }, name));

  /** @extends {Widget<State>} */
  class SigmoidNeuron extends Widget {
    static label = "A neuron with one input, and its curve";
    static fields = {
      weight: fields.number(1, -LIMITS.weight, LIMITS.weight),
      bias: fields.number(0, -LIMITS.bias, LIMITS.bias),
      x: fields.number(3, -REACH, REACH),
      hold: fields.flag(false),
    };

    plot = plotOf(640, 320, 14);
    opened = false; // nothing is announced as the page opens
    held = 0; // where "hold" keeps the middle
    about = { x: 0, y: 0.5 }; // what the curve is being turned about
    frame = svg("g");
    bands = [0, 1].map(() => svg("rect", { class: "chart-flat" }));
    bandNames = [0, 1].map(() => svg("text", { class: "chart-quiet", "text-anchor": "middle" }, "saturated"));
    plain = svg("path", { class: "chart-curve chart-plain" });
    curve = svg("path", { class: "chart-curve chart-first" });
    lead = svg("path", { class: "chart-lead" });
    arm = svg("path", { class: "chart-arm" });
    dot = svg("circle", { class: "chart-dot", r: 6 });
    value = svg("text", { class: "chart-value" });
    away = svg("text", { class: "chart-quiet" });
    handles = {
      middle: handleOf("bias", svg("circle", { r: 9 })),
      arm: handleOf("weight", svg("rect", { x: -8, y: -8, width: 16, height: 16 })),
      input: handleOf("input", svg("path", { d: "M0 -11l11 11l-11 11l-11 -11z" })),
    };
    image = svg("svg", { class: "chart", role: "img", "aria-label": "The output of the neuron, by its input" });
    box = element("div", { class: "chart-box" }, this.image);
    words = element("div", { class: "sigmoid-words" });

    /** @override @param {HTMLElement} body */
    build(body) {
      const window = svg("g", {}, ...this.bands, ...this.bandNames);
      this.image.append(window, this.frame, this.lead, this.plain, this.curve, this.arm, this.dot, this.value, this.away,
        this.handles.input, this.handles.arm, this.handles.middle);
      draggable(this.handles.middle, this.image, () => this.places().middle,
        (x) => this.set({ bias: round(-this.state.weight * this.plot.fromX(x), "bias") }));
      draggable(this.handles.arm, this.image, () => {
        this.about = pivot(this.state); // as the turn begins
        return this.places().arm;
      }, (x, y) => this.turn(x, y));
      draggable(this.handles.input, this.image, () => this.places().input,
        (x) => this.set({ x: round(this.plot.fromX(x), "x") }));
      body.append(
        this.box,
        element("div", { class: "sigmoid-side" },
          element("div", { class: "sigmoid-controls" },
            this.pair("weight", "Weight w"), this.pair("bias", "Bias b"), this.pair("x", "Input x")),
          this.words,
          this.row(
            this.checkbox("hold", { label: "Keep the middle in place" }),
            this.resetButton())),
      );
      new ResizeObserver(() => this.redraw()).observe(this.box);
    }

    /** A slider, and the same as a number to type. @param {"weight" | "bias" | "x"} field @param {string} label */
    pair(field, label) {
      return element("div", { class: "sigmoid-pair" },
        this.slider(field, { label, step: 0.1, format: (value) => number(value) }),
        this.number(field, { label: `${label}, as a number`, step: 0.1 }));
    }

    /** Turn the curve about its middle, towards a place in the picture. @param {number} x @param {number} y */
    turn(x, y) {
      const { plot, about } = this;
      const [across, up] = [x - plot.toX(about.x), plot.toY(about.y) - y];
      if (Math.hypot(across, up) < 4) return;
      const slope = (Math.sign(across || 1) * up) / Math.max(Math.abs(across), 0.1);
      const weight = round(4 * slope * this.squeeze(), "weight"); // a plain sigmoid's slope is 1/4 there
      const held = about.y === 0.5;
      this.set(held ? { weight, bias: round(-weight * about.x, "bias") } : { weight });
    }

    /** How much steeper the picture makes a slope: px across for 1, over px up for 1. */
    squeeze() {
      const { plot } = this;
      return (plot.toX(1) - plot.toX(0)) / (plot.toY(0) - plot.toY(1));
    }

    /** Where the handles are, in px. @returns {Record<"middle" | "arm" | "input", [number, number]>} */
    places() {
      const { plot, state } = this;
      const at = pivot(state);
      const middle = Math.min(REACH, Math.max(-REACH, at.x));
      const angle = Math.atan(state.weight / 4 / this.squeeze());
      const length = Math.min(0.4 * (plot.bottom - plot.top), 0.3 * (plot.right - plot.left));
      const [x, y] = [plot.toX(middle), plot.toY(at.y)];
      return {
        middle: [x, y],
        arm: [x + length * Math.cos(angle), y - length * Math.sin(angle)],
        input: [plot.toX(state.x), plot.bottom],
      };
    }

    /** @override @param {string[]} names */
    changed(names) {
      const { weight, bias, hold } = this.state;
      if (hold && names.includes("weight") && !names.includes("bias")) {
        this.state.bias = round(-weight * this.held, "bias");
      } else if (weight !== 0) {
        this.held = -bias / weight;
      }
      const said = tell(this.state);
      this.words.replaceChildren(
        ...Object.values(said).filter(Boolean).map((text) => element("p", {}, text)));
      if (this.opened) this.announce(`${said.input} ${said.bias}`);
      this.opened = true;
    }

    /** @override */
    draw() {
      const { clientWidth: width, clientHeight: height } = this.box;
      if (width < 100 || height < 100) return; // not laid out yet
      const em = parseFloat(getComputedStyle(this.box).fontSize);
      const plot = plotOf(width, height, em);
      const { weight, bias, x } = this.state;
      this.plot = plot;
      put(this.image, { width, height });
      this.frame.replaceChildren(plot.frame());
      put(this.plain, { d: plot.path(sigmoid) });
      put(this.curve, { d: plot.path((at) => sigmoid(weight * at + bias)) });

      const edges = weight === 0 ? [-Infinity, Infinity]
        : [(-FLAT - bias) / weight, (FLAT - bias) / weight].sort((a, b) => a - b);
      [plot.band(-REACH, edges[0]), plot.band(edges[1], REACH)].forEach((band, i) => {
        put(this.bands[i], band ?? { x: 0, y: 0, width: 0, height: 0 });
        const named = band !== null && band.width > 5 * em;
        put(this.bandNames[i], { visibility: named ? "visible" : "hidden" });
        if (named) put(this.bandNames[i], { x: band.x + band.width / 2, y: plot.toY(0.24) });
      });

      const { middle, arm, input } = this.places();
      const away = Math.abs(pivot(this.state).x) > REACH;
      const left = pivot(this.state).x < 0;
      put(this.away, { x: middle[0] + (left ? 1.2 : -1.2) * em, y: middle[1] - 1.2 * em,
        "text-anchor": left ? "start" : "end", visibility: away ? "visible" : "hidden" });
      this.away.textContent = left ? "← the middle is farther out" : "the middle is farther out →";
      put(this.arm, { d: `M${2 * middle[0] - arm[0]} ${2 * middle[1] - arm[1]}L${arm[0]} ${arm[1]}`,
        visibility: away ? "hidden" : "visible" });
      put(this.handles.arm, { visibility: away ? "hidden" : "visible" });
      put(this.handles.middle, { visibility: weight === 0 ? "hidden" : "visible" });
      for (const [name, place] of Object.entries({ middle, arm, input })) {
        put(this.handles[/** @type {keyof typeof this.handles} */ (name)], { transform: `translate(${place})` });
      }
      const [across, up] = [input[0], plot.toY(sigmoid(weight * x + bias))];
      put(this.dot, { cx: across, cy: up });
      put(this.lead, { d: `M${across} ${plot.bottom}V${up}H${plot.left}` });
      const high = up < plot.top + 2 * em;
      put(this.value, { x: plot.left + 0.4 * em, y: up + (high ? 1.3 : -0.5) * em });
      this.value.textContent = sigmoid(weight * x + bias).toFixed(3);
      this.names(em, arm[0], across);
    }

    /**
     * Write the names of the handles beside them, away from the curve and inside the picture.
     * @param {number} em
     * @param {number} arm where that handle is
     * @param {number} input
     */
    names(em, arm, input) {
      const { plot, handles } = this;
      const falls = this.state.weight < 0;
      /** @param {SVGElement} handle @param {number} x @param {number} y @param {string} anchor */
      const write = (handle, x, y, anchor) =>
        put(/** @type {SVGElement} */ (handle.lastChild), { x: x * em, y: y * em, "text-anchor": anchor });
      write(handles.middle, 0.9, falls ? -0.6 : 1.4, "start");
      const [armEnds, inputEnds] = [arm, input].map((x) => x > plot.right - 5 * em);
      write(handles.arm, armEnds ? -1 : 1, 0.35, armEnds ? "end" : "start");
      write(handles.input, inputEnds ? -1 : 1, -0.6, inputEnds ? "end" : "start");
    }
  }
  customElements.define("sigmoid-neuron", SigmoidNeuron);
})();
