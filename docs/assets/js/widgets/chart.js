// What the widgets with curves share: SVG elements, a plot with axes, and handles to drag.
(() => {
  "use strict";

  /** @type {FirstNeuronScripts["chart"]["put"]} */
  const put = (element, attributes) => {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  };

  /** @type {FirstNeuronScripts["chart"]["svg"]} */
  const svg = (tag, attributes = {}, ...children) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    put(made, attributes);
    made.append(...children);
    return made;
  };

  /** @type {FirstNeuronScripts["chart"]["number"]} */
  const number = (value, digits = 2) => {
    const text = value.toFixed(digits).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
    return (/^-0$/.test(text) ? "0" : text).replace("-", "−");
  };

  /** @implements {Chart} */
  class Plot {
    /** @param {ChartOptions} options */
    constructor(options) {
      const { width, height, em, x, y } = options;
      this.options = options;
      this.em = em;
      this.left = 2.2 * em;
      this.right = width - 0.8 * em;
      this.top = 1.9 * em;
      this.bottom = height - 2.5 * em;
      this.x = x;
      this.y = y;
    }

    /** @param {number} x */
    toX(x) {
      return this.left + ((x - this.x[0]) / (this.x[1] - this.x[0])) * (this.right - this.left);
    }

    /** @param {number} y */
    toY(y) {
      return this.bottom - ((y - this.y[0]) / (this.y[1] - this.y[0])) * (this.bottom - this.top);
    }

    /** @param {number} px */
    fromX(px) {
      return this.x[0] + ((px - this.left) / (this.right - this.left)) * (this.x[1] - this.x[0]);
    }

    /** @param {number} px */
    fromY(px) {
      return this.y[0] + ((this.bottom - px) / (this.bottom - this.top)) * (this.y[1] - this.y[0]);
    }

    /** @param {number} from @param {number} to */
    band(from, to) {
      const start = Math.max(this.left, this.toX(from));
      const width = Math.min(this.right, this.toX(to)) - start;
      return width > 0 ? { x: start, y: this.top, width, height: this.bottom - this.top } : null;
    }

    frame() {
      const { xTicks, yTicks, xLabel, title } = this.options;
      const { left, right, top, bottom, em } = this;
      const group = svg("g", { class: "chart-frame" });
      for (const tick of xTicks) {
        const at = this.toX(tick);
        group.append(
          svg("path", { class: "chart-grid", d: `M${at} ${top}V${bottom}` }),
          svg("text", { x: at, y: bottom + 1.2 * em, "text-anchor": "middle" }, number(tick)));
      }
      for (const tick of yTicks) {
        const at = this.toY(tick);
        group.append(
          svg("path", { class: "chart-grid", d: `M${left} ${at}H${right}` }),
          svg("text", { x: left - 0.5 * em, y: at + 0.35 * em, "text-anchor": "end" }, number(tick)));
      }
      group.append(
        svg("path", { class: "chart-axis", d: `M${left} ${top}V${bottom}H${right}` }),
        svg("text", { x: (left + right) / 2, y: bottom + 2.3 * em, "text-anchor": "middle" }, xLabel),
        svg("text", { class: "chart-title", x: left, y: top - 0.7 * em }, title));
      return group;
    }

    window() {
      const { left, right, top, bottom } = this;
      const room = 2; // for half of a thick line
      const [x, y, width, height] = [left, top - room, right - left, bottom - top + 2 * room];
      return svg("svg", { x, y, width, height, viewBox: `${x} ${y} ${width} ${height}` });
    }

    /**
     * @param {(x: number) => number} curve
     * @param {number[]} [jumps]
     * @param {[number, number]} [range]
     */
    path(curve, jumps = [], [from, to] = this.x) {
      const [start, end] = [Math.max(from, this.x[0]), Math.min(to, this.x[1])];
      if (start >= end) return "";
      const between = jumps.filter((jump) => jump > start && jump < end);
      const stops = [start, ...between, end].map((x) => this.toX(x));
      let way = "";
      for (let i = 1; i < stops.length; i += 1) {
        const [begin, stop] = [stops[i - 1], stops[i]];
        const count = Math.max(1, Math.ceil((stop - begin) / 2));
        let drawing = false;
        for (let j = 0; j <= count; j += 1) {
          const near = (j === 0 ? 1e-6 : 0) - (j === count ? 1e-6 : 0); // not on the jump itself
          const at = begin + ((stop - begin) * j) / count + near;
          const value = curve(this.fromX(at));
          if (Number.isFinite(value)) {
            const height = Math.min(1e4, Math.max(-1e4, this.toY(value)));
            way += `${drawing ? "L" : "M"}${at.toFixed(2)} ${height.toFixed(2)}`;
          }
          drawing = Number.isFinite(value);
        }
      }
      return way;
    }
  }

  /** @type {FirstNeuronScripts["chart"]["draggable"]} */
  const draggable = (element, picture, at, move) => {
    let [apart, below] = [0, 0]; // from the middle of what is dragged to the pointer
    /** @param {PointerEvent} event */
    const place = (event) =>
      new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.getScreenCTM()?.inverse());
    element.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      const { x, y } = place(event);
      const [left, top] = at?.() ?? [x, y];
      [apart, below] = [x - left, y - top];
      if (!at) move(x, y);
      element.setPointerCapture(event.pointerId);
      element.classList.add("dragging");
      event.preventDefault(); // selects no text
    });
    element.addEventListener("pointermove", (event) => {
      if (!element.hasPointerCapture(event.pointerId)) return;
      const { x, y } = place(event);
      move(x - apart, y - below);
    });
    // The property touch-action does nothing for parts of an SVG: without this, the page would scroll
    if (at) element.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
    for (const end of /** @type {const} */ (["pointerup", "pointercancel"])) {
      element.addEventListener(end, () => element.classList.remove("dragging"));
    }
  };

  globalThis.FirstNeuron ??= /** @type {any} */ ({});
  globalThis.FirstNeuron.chart = { Chart: Plot, draggable, number, put, svg };
})();
