// <activation-functions>: the functions of the page and their slopes, one or several at a time, and
// a line to read them off.
(() => {
  "use strict";
  const { Widget, activations, chart, element, fields } = globalThis.FirstNeuron;
  const { ACTIVATIONS, SATURATED, saturation } = activations;
  const { Chart, draggable, number, put, svg } = chart;

  const REACH = 6; // as on the page
  const NAMES = Object.keys(ACTIVATIONS);
  /** Each with its slope, in HTML; a is the output. @type {Record<string, [string, string]>} */
  const FORMULAS = {
    step: ["1 if <i>z</i> &gt; 0, else 0", "0, and none at 0"],
    sigmoid: ["1 / (1 + <i>e</i><sup>−<i>z</i></sup>)", "<i>a</i> (1 − <i>a</i>)"],
    tanh: ["2 <i>σ</i>(2<i>z</i>) − 1", "1 − <i>a</i>²"],
    relu: ["max(0, <i>z</i>)", "1 if <i>z</i> &gt; 0, else 0"],
    leaky: ["<i>z</i> if <i>z</i> &gt; 0, else 0.01<i>z</i>", "1 if <i>z</i> &gt; 0, else 0.01"],
    gelu: ["<i>z</i> <i>Φ</i>(<i>z</i>)", "<i>Φ</i>(<i>z</i>) + <i>z</i> <i>φ</i>(<i>z</i>)"],
  };
  const LIST = new Intl.ListFormat("en-GB");
  const FLAT = Object.fromEntries(NAMES.map((name) => [name, saturation(ACTIVATIONS[name])]));

  /** @typedef {{ z: number } & Record<string, any>} State a flag for each function, by its name */

  /** Four digits behind the point, and more only where nothing would be left. @param {number} value */
  const four = (value) => {
    if (Number.isNaN(value)) return "none";
    if (value !== 0 && Math.abs(value) < 5e-5) return value.toExponential(1).replaceAll("-", "−");
    return number(value, 4);
  };

  /** @param {string} name @param {number} z */
  const isFlat = (name, z) => z <= FLAT[name][0] || z >= FLAT[name][1];

  /** @param {string} name */
  const tellFlat = (name) => {
    const [left, right] = FLAT[name];
    if (left > right) return "flat everywhere";
    const sides = [
      Number.isFinite(left) ? `below ${number(left, 1)}` : "",
      Number.isFinite(right) ? `above ${number(right, 1)}` : "",
    ].filter(Boolean);
    return sides.length ? `flat ${sides.join(" and ")}` : "flat nowhere";
  };

  /** @param {"th" | "td"} tag @param {string} kind @param {string} html */
  const cell = (tag, kind, html) => {
    const made = element(tag, tag === "th" ? { scope: kind } : {});
    made.innerHTML = html;
    return made;
  };

  /** One of the two plots. @param {"value" | "slope"} what @param {string} label */
  const panelOf = (what, label) => {
    const image = svg("svg", { class: "chart", role: "img", "aria-label": label });
    const parts = {
      bands: svg("g"), frame: svg("g"), window: svg("g"), dots: svg("g"),
      probe: svg("path", { class: "chart-lead" }), mark: svg("path", { class: "chart-mark", d: "M0 -9l9 9l-9 9l-9 -9z" }),
      grip: svg("rect", { class: "chart-grip activation-grip" }),
    };
    image.append(...Object.values(parts));
    const plot = /** @type {Chart | null} */ (null);
    return { what, image, box: element("div", { class: "chart-box" }, image), ...parts, plot };
  };

  /** @extends {Widget<State>} */
  class ActivationFunctions extends Widget {
    static label = "Activation functions and their slopes";
    static fields = {
      z: fields.number(2, -REACH, REACH),
      ...Object.fromEntries(NAMES.map((name) => [name, fields.flag(name === "sigmoid")])),
    };

    panels = [panelOf("value", "The chosen functions"), panelOf("slope", "The slopes of the chosen functions")];
    rows = Object.fromEntries(NAMES.map((name) => [name, {
      row: element("tr"), value: element("span", { class: "activation-number" }),
      slope: element("span", { class: "activation-number" }),
    }]));
    words = element("p", { class: "activation-words" });

    /** @override @param {HTMLElement} body */
    build(body) {
      for (const panel of this.panels) {
        draggable(panel.grip, panel.image, null, (x) => {
          const z = panel.plot?.fromX(x) ?? 0;
          this.set({ z: Math.min(REACH, Math.max(-REACH, Math.round(z * 20) / 20)) + 0 });
        });
        new ResizeObserver(() => this.redraw()).observe(panel.box);
      }
      const head = element("thead", {}, element("tr", {},
        cell("th", "col", "Function"), cell("th", "col", "Output\u00a0<i>a</i>"), cell("th", "col", "Slope")));
      const table = element("table", { class: "widget-table activation-table" }, head,
        element("tbody", {}, ...NAMES.map((name) => this.line(name))));
      body.append(
        element("div", { class: "activation-plots" },
          element("div", { class: "activation-panels" }, ...this.panels.map(({ box }) => box)),
          this.slider("z", { label: "Sum z", step: 0.05, format: (value) => number(value) })),
        element("div", { class: "activation-side" }, table, this.words, this.row(this.resetButton())),
      );
    }

    /** A row of the table: whether to show the function, its formulas, and its numbers. @param {string} name */
    line(name) {
      const { row, value, slope } = this.rows[name];
      const swatch = svg("svg", { class: "activation-swatch", width: 30, height: 10, "aria-hidden": "true" },
        svg("path", { class: `chart-curve activation-${name}`, d: "M0 5H30" }));
      const box = this.checkbox(name, { label: ACTIVATIONS[name].title });
      box.append(swatch);
      const head = cell("th", "row", "");
      head.append(box, element("span", { class: "activation-small" }, tellFlat(name)));
      row.append(head);
      [value, slope].forEach((span, i) => {
        const formula = cell("td", "", `<span class="activation-small">${FORMULAS[name][i]}</span>`);
        formula.prepend(span);
        row.append(formula);
      });
      return row;
    }

    opened = false; // nothing is announced as the page opens

    /** @returns {string[]} */
    get chosen() {
      return NAMES.filter((name) => this.state[name]);
    }

    /** @override */
    changed() {
      const { z } = this.state;
      for (const name of NAMES) {
        const { row, value, slope } = this.rows[name];
        value.textContent = four(ACTIVATIONS[name].value(z));
        slope.textContent = four(ACTIVATIONS[name].slope(z));
        row.classList.toggle("activation-chosen", this.state[name]);
      }
      const flat = this.chosen.filter((name) => isFlat(name, z)).map((name) => ACTIVATIONS[name].title);
      this.words.textContent = flat.length
        ? `At ${number(z)}, ${LIST.format(flat)} ${flat.length > 1 ? "are" : "is"} flat, or saturated, and drawn pale: the slope is below ${
          SATURATED}, and a neuron hardly learns there.`
        : this.chosen.length
          ? `At ${number(z)}, ${this.chosen.length > 1 ? "each has" : "it has"} a slope to learn by.`
          : "Choose a function in the table.";
      const told = this.chosen.map((name) => `${ACTIVATIONS[name].title} ${four(ACTIVATIONS[name].value(z))}, slope ${
        four(ACTIVATIONS[name].slope(z))}`);
      if (this.opened) this.announce(`At ${number(z)}: ${told.join("; ")}. ${this.words.textContent}`);
      this.opened = true;
    }

    /** @override */
    draw() {
      const rising = this.chosen.some((name) => ACTIVATIONS[name].value(REACH) > 2);
      const below = this.chosen.some((name) => ACTIVATIONS[name].value(-REACH) < -0.5);
      const bumpy = this.state.gelu;
      /** @type {{ y: [number, number], yTicks: number[], title: string }[]} */
      const looks = [
        {
          y: rising ? [below ? -1.4 : -0.5, 6.4] : below ? [-1.16, 1.16] : [-0.08, 1.08],
          yTicks: rising ? [...(below ? [-1] : []), 0, 3, 6] : below ? [-1, 0, 1] : [0, 0.5, 1],
          title: "output",
        },
        { y: bumpy ? [-0.2, 1.2] : [-0.08, 1.08], yTicks: [0, 0.5, 1], title: "slope" },
      ];
      this.panels.forEach((panel, i) => this.drawPanel(panel, looks[i]));
    }

    /** @param {typeof this.panels[number]} panel @param {{ y: [number, number], yTicks: number[], title: string }} look */
    drawPanel(panel, look) {
      const { clientWidth: width, clientHeight: height } = panel.box;
      if (width < 100 || height < 100) return; // not laid out yet
      const em = parseFloat(getComputedStyle(panel.box).fontSize);
      const plot = new Chart({
        width, height, em, x: [-REACH, REACH], xTicks: [-5, 0, 5], xLabel: "sum z", ...look,
      });
      const { z } = this.state;
      const { chosen } = this;
      panel.plot = plot;
      put(panel.image, { width, height });
      panel.frame.replaceChildren(plot.frame());

      const [only] = chosen;
      const flat = chosen.length === 1 ? FLAT[only] : [-Infinity, Infinity];
      const bands = flat[0] > flat[1] ? [plot.band(-REACH, REACH)]
        : [plot.band(-REACH, flat[0]), plot.band(flat[1], REACH)];
      panel.bands.replaceChildren(...bands.flatMap((band) => {
        if (!band) return [];
        const [x, y] = [band.x + band.width / 2, plot.top + 2 * em];
        const word = svg("text", { class: "chart-quiet", x, y, "text-anchor": "middle" }, "flat");
        return [svg("rect", { class: "chart-flat", ...band }), ...(band.width > 2.5 * em ? [word] : [])];
      }));

      const window = plot.window();
      window.append(...chosen.flatMap((name) => {
        const { jump, bend, [panel.what]: curve } = ACTIVATIONS[name];
        const broken = panel.what === "value" ? jump : jump ?? bend;
        const breaks = broken === undefined ? [] : [broken];
        const [left, right] = FLAT[name];
        /** @param {string} kind @param {number} from @param {number} to */
        const piece = (kind, from, to) =>
          svg("path", { class: `chart-curve activation-${name} ${kind}`, d: plot.path(curve, breaks, [from, to]) });
        const pale = "activation-flat";
        return left > right ? [piece(pale, -REACH, REACH)]
          : [piece(pale, -REACH, left), piece("", left, right), piece(pale, right, REACH)];
      }));
      panel.window.replaceChildren(window);
      const at = plot.toX(z);
      put(panel.probe, { d: `M${at} ${plot.top}V${plot.bottom}` });
      put(panel.mark, { transform: `translate(${at} ${plot.bottom})` });
      put(panel.grip, { x: plot.left, y: plot.top, width: plot.right - plot.left, height: plot.bottom - plot.top + 12 });
      panel.dots.replaceChildren(...chosen.flatMap((name) => {
        const value = ACTIVATIONS[name][panel.what](z);
        return Number.isNaN(value) ? []
          : [svg("circle", { class: `chart-dot activation-${name}`, cx: at, cy: plot.toY(value), r: 6 })];
      }));
    }
  }
  customElements.define("activation-functions", ActivationFunctions);
})();
