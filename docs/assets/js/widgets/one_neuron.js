// <one-neuron>: points, a line, and gradient descent to the line that fits them best. On the left
// the points with the neuron's line, on the right the map of the cost with the path.
(() => {
  "use strict";
  const { Widget, fields, descent, element, general } = globalThis.FirstNeuron;

  const MOST_STEPS = 1000;
  const MOST_POINTS = 40;
  const REACH = 22; // pixels within which a pointer takes hold of something
  const LEFT = "The line has left the picture.";
  const FAR = 1e4; // weights and biases beyond it only cross the map
  const HEIGHTS = [1, 4, 16, 64, 256, 1024, 4096]; // of the map's curves, above the lowest point

  /** @typedef {{ left: number, right: number, bottom: number, top: number }} Limits */

  /** @type {Limits} */
  const PLANE = { left: -6, right: 6, bottom: -3, top: 8 }; // of the points
  /** @type {Limits} */
  const MAP = { left: -3, right: 3, bottom: -2, top: 6 }; // of weight and bias

  /**
   * @typedef {object} State
   * @property {number} rate
   * @property {number} steps
   * @property {number} weight - where the path begins
   * @property {number} bias
   * @property {number[][]} points
   */

  /** @param {number} value */
  const rounded = (value) => Math.round(value * 10) / 10;

  /**
   * @param {number} value
   * @param {number} least
   * @param {number} most
   */
  const within = (value, least, most) => Math.min(most, Math.max(least, value));

  /**
   * A number for a sentence or a table.
   *
   * @param {number} value
   */
  const said = (value, digits = 4) => general(value, digits).replace("-", "\u2212");

  /** Where a plot lies in its picture: numbers to pixels, and back. */
  class Plot {
    /**
     * @param {Limits} limits
     * @param {string} across - the name of the horizontal axis
     * @param {string} up
     */
    constructor(limits, across, up) {
      this.limits = limits;
      this.names = [across, up];
      this.box = { x: 0, y: 0, width: 1, height: 1 };
    }

    /** @param {number} value */
    x(value) {
      const { left, right } = this.limits;
      return this.box.x + ((value - left) / (right - left)) * this.box.width;
    }

    /** @param {number} value */
    y(value) {
      const { bottom, top } = this.limits;
      return this.box.y + ((top - value) / (top - bottom)) * this.box.height;
    }

    /**
     * The numbers at a place in the picture, to a tenth.
     *
     * @param {{ x: number, y: number }} place
     * @returns {[number, number]}
     */
    numbers({ x, y }) {
      const { left, right, bottom, top } = this.limits;
      const across = left + ((x - this.box.x) / this.box.width) * (right - left);
      const up = top - ((y - this.box.y) / this.box.height) * (top - bottom);
      return [rounded(within(across, left, right)), rounded(within(up, bottom, top))];
    }

    /**
     * @param {number} x
     * @param {number} y
     */
    holds(x, y) {
      const { left, right, bottom, top } = this.limits;
      return x >= left && x <= right && y >= bottom && y <= top;
    }

    /**
     * The part of a line from one point to another that lies in the plot; null if none does.
     *
     * @param {number} x1
     * @param {number} y1
     * @param {number} x2
     * @param {number} y2
     */
    part(x1, y1, x2, y2) {
      const { left, right, bottom, top } = this.limits;
      const [dx, dy] = [x2 - x1, y2 - y1];
      if (![x1, y1, dx, dy].every(Number.isFinite)) return null;
      let [from, to] = [0, 1];
      let [first, last] = [[x1, y1], [x2, y2]];
      for (const [way, room, x, y] of [
        [-dx, x1 - left, left, null], [dx, right - x1, right, null],
        [-dy, y1 - bottom, null, bottom], [dy, top - y1, null, top],
      ]) {
        if (way === null || room === null || (way === 0 && room < 0)) return null;
        const share = room / way;
        // On the edge exactly: of a line that is nearly upright, rounding would leave nothing
        const end = [x ?? x1 + share * dx, y ?? y1 + share * dy];
        if (way < 0 && share > from) [from, first] = [share, end];
        if (way > 0 && share < to) [to, last] = [share, end];
      }
      return from > to ? null : [...first, ...last];
    }
  }

  /** @extends {Widget<State>} */
  class OneNeuron extends Widget {
    static label = "One neuron learns";
    static fields = {
      rate: fields.number(0.01, 1e-4, 1),
      steps: fields.whole(0, 0, MOST_STEPS),
      weight: fields.number(1, MAP.left, MAP.right),
      bias: fields.number(1, MAP.bottom, MAP.top),
      points: fields.rows(
        descent.POINTS,
        [[PLANE.left, PLANE.right], [PLANE.bottom, PLANE.top]],
        MOST_POINTS,
      ),
    };

    /** @type {DescentPoint[]} */
    path = [];
    said = "";
    chosen = -1; // the point that was touched last
    plane = new Plot(PLANE, "x", "y");
    map = new Plot(MAP, "weight w", "bias b");

    /**
     * @override
     * @param {HTMLElement} body
     */
    build(body) {
      const rate = this.slider("rate", {
        label: "Learning rate",
        log: true,
        step: 400,
        marks: () => [{ value: this.limit, text: `limit ${said(this.limit)}` }],
      });
      const buttons = this.row(
        this.button("Step", () => this.walk(1), { primary: true, disabled: () => this.ended }),
        this.button(() => (this.running ? "Pause" : "Run"), () => this.toggle(), {
          disabled: () => this.ended && !this.running,
        }),
        this.button("Rewind", () => this.rewind(), { disabled: () => this.state.steps === 0 }),
        this.resetButton(),
      );
      this.says = element("p", { class: "one-neuron-says" });
      this.graph = this.picture({
        label: "The points and the neuron's line",
        draw: (pen, width, height) => this.drawGraph(pen, width, height),
      });
      this.chart = this.picture({
        label: "The map of the cost and the path",
        draw: (pen, width, height) => this.drawMap(pen, width, height),
      });
      this.handles = element("div", { role: "application", "aria-label": "The points" });
      this.graph.element.append(this.handles);
      const start = element("div", { role: "application", "aria-label": "Where the path begins" });
      this.startHandle = element("button", { type: "button", class: "one-neuron-handle" });
      start.append(this.startHandle);
      this.chart.element.append(start);
      const change = this.row(
        this.button("Add point", () => this.addPoint([0, 0]), {
          disabled: () => this.state.points.length === MOST_POINTS,
        }),
        this.button("Remove point", () => {
          const last = this.state.points.length - 1;
          this.removePoint(this.chosen < 0 ? last : this.chosen);
        }, { disabled: () => this.state.points.length === 1 }),
      );
      const graph = element("div", { class: "one-neuron-part" }, this.graph.element, change);
      const hint = element("p", { class: "one-neuron-hint" },
        "Drag a point, or tap where one is missing. On the map, drag the start.");
      const chart = element("div", { class: "one-neuron-part" }, this.chart.element, hint);
      this.rows = element("tbody");
      const head = element("tr", {},
        ...["step", "w", "b", "cost"].map((name) => element("th", { scope: "col" }, name)));
      const table = element("table", { class: "widget-table one-neuron-table" },
        element("caption", { class: "widget-hidden" }, "The first and the last steps"),
        element("thead", {}, head), this.rows);
      body.classList.add("one-neuron");
      body.append(
        element("div", { class: "one-neuron-controls" }, rate, buttons), this.says, graph, chart, table,
      );
      this.listen();
    }

    get limit() {
      return descent.largestStableRate(this.state.points);
    }

    /** The numbers now. */
    get now() {
      return this.path[this.path.length - 1];
    }

    get ended() {
      return this.state.steps === MOST_STEPS;
    }

    /**
     * @override
     * @param {string[]} names
     */
    changed(names) {
      const { rate, steps, weight, bias, points } = this.state;
      if (names.some((name) => name !== "steps")) this.path = [];
      if (!this.path.length) this.path = descent.descend(points, weight, bias, rate, 0);
      this.path.length = Math.min(this.path.length, steps + 1);
      while (this.path.length <= steps) this.path.push(descent.step(points, this.now, rate));
      this.chosen = Math.min(this.chosen, points.length - 1);
    }

    // -- what the reader does ------------------------------------------------------------------

    /** @param {number} count */
    walk(count) {
      this.set({ steps: Math.min(MOST_STEPS, this.state.steps + count) });
    }

    rewind() {
      this.stop();
      this.set({ steps: 0 });
    }

    /** Go on until nothing changes any more: at the lowest point, or beyond all numbers. */
    toggle() {
      if (this.running) {
        this.stop();
        return;
      }
      this.run(() => {
        const { steps } = this.state;
        this.walk(this.still ? 10 : steps < 20 ? 1 : steps < 100 ? 5 : 20);
        return !this.ended && !this.arrived && !Number.isNaN(this.now.cost);
      }, { perSecond: this.still ? 2 : 10 });
    }

    get arrived() {
      const before = this.path[this.path.length - 2];
      return !!before && Math.abs(this.now.weight - before.weight) < 1e-6 &&
        Math.abs(this.now.bias - before.bias) < 1e-6;
    }

    /** @param {[number, number]} place */
    addPoint(place) {
      if (this.state.points.length === MOST_POINTS) return;
      this.chosen = this.state.points.length;
      this.set({ points: [...this.state.points, place] });
      this.placeHandles();
      this.handle(this.chosen)?.focus();
    }

    /** @param {number} index */
    removePoint(index) {
      if (this.state.points.length === 1) return;
      const points = this.state.points.filter((_, i) => i !== index);
      const focused = this.handles?.contains(document.activeElement);
      this.chosen = Math.min(index, points.length - 1);
      this.set({ points });
      this.placeHandles();
      if (focused) this.handle(this.chosen)?.focus();
    }

    /**
     * @param {number} index
     * @param {[number, number]} place
     */
    movePoint(index, place) {
      this.chosen = index;
      this.set({ points: this.state.points.map((point, i) => (i === index ? place : point)) });
    }

    /** @param {number} index */
    handle(index) {
      return /** @type {HTMLElement | undefined} */ (this.handles?.children[index]);
    }

    listen() {
      const { graph, chart, handles, startHandle } = this;
      if (!graph || !chart || !handles || !startHandle) return;
      this.drag(graph, this.plane, () => this.state.points, (index, place) => {
        if (index < 0) this.addPoint(place);
        else this.movePoint(index, place);
        this.placeHandles();
        this.handle(this.chosen)?.focus({ preventScroll: true });
      });
      this.drag(chart, this.map, () => [[this.state.weight, this.state.bias]], (_, [weight, bias]) => {
        this.set({ weight, bias });
        startHandle.focus({ preventScroll: true });
      });
      handles.addEventListener("focusin", ({ target }) => {
        this.chosen = [...handles.children].indexOf(/** @type {Element} */ (target));
        this.redraw();
      });
      handles.addEventListener("keydown", (event) => {
        const [x, y] = this.state.points[this.chosen];
        const place = this.moved(event, this.plane, x, y);
        if (place) this.movePoint(this.chosen, place);
        else if (/^(Delete|Backspace)$/.test(event.key)) this.removePoint(this.chosen);
      });
      startHandle.addEventListener("keydown", (event) => {
        const place = this.moved(event, this.map, this.state.weight, this.state.bias);
        if (place) this.set({ weight: place[0], bias: place[1] });
      });
    }

    /**
     * Where an arrow key moves something: by a tenth, with Shift by one.
     *
     * @param {KeyboardEvent} event
     * @param {Plot} plot
     * @param {number} x
     * @param {number} y
     * @returns {[number, number] | null}
     */
    moved(event, plot, x, y) {
      const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] }[event.key];
      if (!way || event.ctrlKey || event.metaKey || event.altKey) return null;
      event.preventDefault();
      const far = event.shiftKey ? 1 : 0.1;
      const { left, right, bottom, top } = plot.limits;
      return [
        rounded(within(x + far * way[0], left, right)),
        rounded(within(y + far * way[1], bottom, top)),
      ];
    }

    /**
     * Let the pointer drag the nearest of some things, or put one where there is none (-1).
     *
     * @param {Picture} picture
     * @param {Plot} plot
     * @param {() => number[][]} things
     * @param {(index: number, place: [number, number]) => void} put
     */
    drag(picture, plot, things, put) {
      const { canvas } = picture;
      let held = -1;
      const nearest = (/** @type {{ x: number, y: number }} */ { x, y }) => {
        const far = things().map(([across, up]) => Math.hypot(plot.x(across) - x, plot.y(up) - y));
        const index = far.indexOf(Math.min(...far));
        return far[index] < REACH ? index : -1;
      };
      canvas.addEventListener("pointerdown", (event) => {
        if (event.button !== 0) return;
        held = nearest(picture.at(event));
        if (held < 0) return;
        event.preventDefault(); // the focus goes where we say
        canvas.setPointerCapture(event.pointerId);
        put(held, /** @type {[number, number]} */ (things()[held]));
      });
      canvas.addEventListener("pointermove", (event) => {
        const at = picture.at(event);
        if (held >= 0) put(held, plot.numbers(at));
        else canvas.style.cursor = nearest(at) < 0 ? "" : "grab";
      });
      for (const end of /** @type {const} */ (["pointerup", "pointercancel"])) {
        canvas.addEventListener(end, () => setTimeout(() => { held = -1; }));
      }
      canvas.addEventListener("click", (event) => {
        const { x, y } = picture.at(event);
        const { box } = plot;
        const inside = x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
        if (held < 0 && inside && nearest({ x, y }) < 0) put(-1, plot.numbers({ x, y }));
      });
      // A finger that holds something moves it; elsewhere it scrolls the page.
      canvas.addEventListener("touchstart", (event) => {
        const touch = event.touches[0];
        const at = picture.at(new MouseEvent("touch", { clientX: touch.clientX, clientY: touch.clientY }));
        if (event.touches.length === 1 && nearest(at) >= 0) event.preventDefault();
      }, { passive: false });
    }

    // -- what it says --------------------------------------------------------------------------

    /** @override */
    draw() {
      const { steps, points } = this.state;
      const { weight, bias, cost } = this.now;
      const numbers = `w = ${said(weight)}, b = ${said(bias)}, cost ${said(cost)}`;
      const verdict = this.verdict();
      const words = `Step ${steps}: ${numbers}. ${verdict}`;
      if (this.says && this.said !== words) {
        if (this.said) this.announce(words);
        this.said = words;
        this.says.replaceChildren(
          `Step ${steps}`, element("span", { class: "one-neuron-numbers" }, `: ${numbers}`), `. ${verdict}`);
      }
      const { limits } = this.plane;
      const off = !this.plane.part(limits.left, bias + limits.left * weight, limits.right, bias + limits.right * weight);
      this.graph?.describe(`${points.length} points and a line with ${numbers}.` +
        (off ? ` ${LEFT}` : ""));
      const lowest = descent.lowest(points);
      this.chart?.describe(
        `Ovals of equal cost around the lowest point, w = ${said(lowest.weight)}, b = ${said(lowest.bias)}. ` +
        `The path goes from w = ${said(this.state.weight)}, b = ${said(this.state.bias)} in ${steps} steps to ` +
        `w = ${said(weight)}, b = ${said(bias)}${this.map.holds(weight, bias) ? "" : ", which is off the map"}.`,
      );
      this.placeHandles();
      this.fillTable();
    }

    /** What can be seen now, in a sentence. */
    verdict() {
      const { rate, steps } = this.state;
      const { weight, bias, cost } = this.now;
      const over = rate > this.limit;
      const why = over ? " The rate is above the limit." : "";
      if (Number.isNaN(cost)) return `The numbers are lost: nan is "not a number".${why}`;
      if (!Number.isFinite(cost)) return `The cost is too large for the computer's numbers.${why}`;
      if (!steps) return why.trim();
      if (!this.map.holds(weight, bias)) {
        const line = this.path[steps - 1].cost < cost ? "It explodes: each step lands further away." : "It is off the map.";
        return line + why;
      }
      if (this.arrived) return "It has arrived: nothing changes any more.";
      return cost < this.path[steps - 1].cost ? "The cost falls." : `The cost rises.${why}`;
    }

    fillTable() {
      const narrow = this.clientWidth < 480;
      const digits = narrow ? 3 : this.closest(".presenting") ? 4 : 5; // for which there is room
      const { steps } = this.state;
      const shown = [0, 1, 2, 3, 4, 5, 6].map((i) => (steps <= 6 || i < 3 ? i : steps - 6 + i));
      const cells = shown.flatMap((index) => {
        const at = this.path[index];
        return at ? [String(index), ...[at.weight, at.bias, at.cost].map((value) => said(value, Math.abs(value) < 1e100 ? digits : digits - 1))] : ["", "", "", ""];
      });
      const { rows } = this;
      if (!rows) return;
      while (rows.childElementCount < shown.length) {
        rows.append(element("tr", {}, ...[0, 1, 2, 3].map(() => element("td"))));
      }
      rows.querySelectorAll("td").forEach((cell, i) => {
        if (cell.textContent !== cells[i]) cell.textContent = cells[i];
      });
      [...rows.children].forEach((row, i) => {
        row.classList.toggle("one-neuron-now", shown[i] === steps);
        row.classList.toggle("one-neuron-gap", i === 3 && steps > 6);
      });
    }

    /** Lay what the keyboard reaches over what is drawn. */
    placeHandles() {
      const { handles, startHandle, graph } = this;
      if (!handles || !startHandle || !graph) return;
      const { points, weight, bias } = this.state;
      while (handles.childElementCount > points.length) handles.lastElementChild?.remove();
      while (handles.childElementCount < points.length) {
        handles.append(element("button", { type: "button", class: "one-neuron-handle" }));
      }
      const put = (/** @type {Element} */ handle, /** @type {Plot} */ plot, /** @type {number[]} */ [x, y], /** @type {string} */ label) => {
        if (!(handle instanceof HTMLElement)) return;
        handle.style.translate = `${plot.x(x)}px ${plot.y(y)}px`;
        if (handle.getAttribute("aria-label") !== label) handle.setAttribute("aria-label", label);
      };
      points.forEach((point, i) => {
        const [x, y] = point.map((value) => said(value));
        put(handles.children[i], this.plane, point,
          `Point ${i + 1} of ${points.length}: x = ${x}, y = ${y}. Arrow keys move it, Delete removes it.`);
      });
      put(startHandle, this.map, [weight, bias],
        `Start: w = ${said(weight)}, b = ${said(bias)}. Arrow keys move it.`);
    }

    // -- what it draws -------------------------------------------------------------------------

    /**
     * Draw the axes of a plot, and leave the pen inside them.
     *
     * @param {CanvasRenderingContext2D} pen
     * @param {Plot} plot
     * @param {number} width
     * @param {number} height
     */
    axes(pen, plot, width, height) {
      const letter = parseFloat(getComputedStyle(this).fontSize) * 0.9;
      const { limits, box } = plot;
      Object.assign(box, {
        x: 2.2 * letter, y: 0.6 * letter, width: width - 2.9 * letter, height: height - 3.4 * letter,
      });
      pen.font = `${letter}px ${getComputedStyle(this).fontFamily}`;
      pen.lineWidth = 1;
      pen.fillStyle = this.colour("plot-text");
      pen.textAlign = "center";
      pen.textBaseline = "top";
      const line = (/** @type {string} */ colour, /** @type {number[]} */ [x1, y1, x2, y2]) => {
        pen.strokeStyle = this.colour(colour);
        pen.beginPath();
        pen.moveTo(x1, y1);
        pen.lineTo(x2, y2);
        pen.stroke();
      };
      const [right, bottom] = [box.x + box.width, box.y + box.height];
      for (let x = Math.ceil(limits.left / 2) * 2; x <= limits.right; x += 2) {
        line("plot-grid", [plot.x(x), box.y, plot.x(x), bottom]);
        pen.fillText(said(x), plot.x(x), bottom + 0.3 * letter);
      }
      pen.fillText(plot.names[0], box.x + box.width / 2, bottom + 1.6 * letter);
      pen.textAlign = "right";
      pen.textBaseline = "middle";
      for (let y = Math.ceil(limits.bottom / 2) * 2; y <= limits.top; y += 2) {
        line("plot-grid", [box.x, plot.y(y), right, plot.y(y)]);
        pen.fillText(said(y), box.x - 0.4 * letter, plot.y(y));
      }
      pen.textAlign = "left";
      pen.textBaseline = "top";
      pen.fillText(plot.names[1], box.x + 0.4 * letter, box.y + 0.2 * letter);
      line("plot-axis", [box.x, box.y, box.x, bottom]);
      line("plot-axis", [box.x, bottom, right, bottom]);
      pen.beginPath();
      pen.rect(box.x, box.y, box.width, box.height);
      pen.clip();
    }

    /**
     * @param {CanvasRenderingContext2D} pen
     * @param {Plot} plot
     * @param {number[]} ends - x and y of both
     */
    segment(pen, plot, [x1, y1, x2, y2]) {
      const part = plot.part(x1, y1, x2, y2);
      if (!part) return false;
      pen.beginPath();
      pen.moveTo(plot.x(part[0]), plot.y(part[1]));
      pen.lineTo(plot.x(part[2]), plot.y(part[3]));
      pen.stroke();
      return true;
    }

    /**
     * @param {CanvasRenderingContext2D} pen
     * @param {number} width
     * @param {number} height
     */
    drawGraph(pen, width, height) {
      const { plane } = this;
      const { left, right } = plane.limits;
      const { weight, bias } = this.now;
      const line = (/** @type {DescentPoint} */ at) =>
        this.segment(pen, plane, [left, at.bias + left * at.weight, right, at.bias + right * at.weight]);
      pen.save();
      this.axes(pen, plane, width, height);
      pen.strokeStyle = this.colour("plot-2");
      pen.lineWidth = 1;
      for (const [x, y] of this.state.points) this.segment(pen, plane, [x, y, x, bias + weight * x]);
      pen.strokeStyle = this.colour("plot-6");
      pen.lineWidth = 1.5;
      pen.setLineDash([5, 5]);
      if (this.state.steps) line(this.path[0]);
      pen.setLineDash([]);
      pen.strokeStyle = this.colour("plot-1");
      pen.lineWidth = 2.5;
      const seen = line(this.now);
      for (const [i, [x, y]] of this.state.points.entries()) {
        pen.beginPath();
        pen.arc(plane.x(x), plane.y(y), i === this.chosen ? 6.5 : 5, 0, 7);
        pen.fillStyle = this.colour("plot-2");
        pen.strokeStyle = this.colour(i === this.chosen ? "plot-text" : "plot-paper");
        pen.lineWidth = i === this.chosen ? 2 : 1.5;
        pen.fill();
        pen.stroke();
      }
      if (!seen) this.tell(pen, plane, Number.isFinite(weight) ? LEFT : "No line is left.");
      pen.restore();
    }

    /**
     * Write something at the lower edge of a plot.
     *
     * @param {CanvasRenderingContext2D} pen
     * @param {Plot} plot
     * @param {string} words
     */
    tell(pen, plot, words) {
      const { box } = plot;
      pen.textAlign = "center";
      pen.textBaseline = "bottom";
      const room = pen.measureText(words).width + 12;
      const high = parseFloat(pen.font) * 1.5;
      pen.fillStyle = this.colour("plot-paper");
      pen.fillRect(box.x + (box.width - room) / 2, box.y + box.height - high - 6, room, high);
      pen.fillStyle = this.colour("book-orange");
      pen.fillText(words, box.x + box.width / 2, box.y + box.height - 9);
    }

    /**
     * @param {CanvasRenderingContext2D} pen
     * @param {number} width
     * @param {number} height
     */
    drawMap(pen, width, height) {
      const { map, path } = this;
      pen.save();
      this.axes(pen, map, width, height);
      this.drawOvals(pen);
      const { weight, bias } = this.now;
      pen.strokeStyle = pen.fillStyle = this.colour("plot-1");
      pen.lineWidth = 1.5;
      this.drawPath(pen);
      // Where it began: a square. Where it is: a larger dot.
      const [x, y] = [map.x(path[0].weight), map.y(path[0].bias)];
      pen.fillStyle = this.colour("plot-paper");
      pen.lineWidth = 2;
      pen.fillRect(x - 5, y - 5, 10, 10);
      pen.strokeRect(x - 5, y - 5, 10, 10);
      if (map.holds(weight, bias)) {
        pen.fillStyle = this.colour("plot-1");
        pen.beginPath();
        pen.arc(map.x(weight), map.y(bias), this.state.steps ? 6 : 2.5, 0, 7);
        pen.fill();
      } else {
        this.tell(pen, map, "The path has left the map.");
      }
      pen.restore();
    }

    /**
     * The way so far: in one stroke, and without what would not be seen.
     *
     * @param {CanvasRenderingContext2D} pen
     */
    drawPath(pen) {
      const { map, path } = this;
      pen.beginPath();
      let before = path[0];
      for (const at of path) {
        const ends = [before.weight, before.bias, at.weight, at.bias];
        const part = ends.every((end) => Math.abs(end) < FAR) ? map.part(ends[0], ends[1], ends[2], ends[3]) : null;
        if (part) {
          pen.moveTo(map.x(part[0]), map.y(part[1]));
          pen.lineTo(map.x(part[2]), map.y(part[3]));
        }
        before = at;
      }
      pen.stroke();
      pen.beginPath();
      let [x, y] = [NaN, NaN];
      for (const { weight, bias } of path) {
        if (!map.holds(weight, bias) || Math.hypot(map.x(weight) - x, map.y(bias) - y) < 1) continue;
        [x, y] = [map.x(weight), map.y(bias)];
        pen.moveTo(x, y);
        pen.arc(x, y, 2.5, 0, 7);
      }
      pen.fill();
    }

    /**
     * Curves of equal cost. The cost is a bowl, so they are ovals around its lowest point.
     *
     * @param {CanvasRenderingContext2D} pen
     */
    drawOvals(pen) {
      const { map } = this;
      const { points } = this.state;
      const [flattest, steepest] = descent.curvatures(points);
      const lowest = descent.lowest(points);
      const turned = descent.steepestDirection(points);
      const [acrossPixels, upPixels] = [map.x(1) - map.x(0), map.y(1) - map.y(0)];
      const oval = (/** @type {number} */ height) => {
        const wide = Math.sqrt((2 * height) / steepest);
        const long = Math.sqrt((2 * height) / Math.max(flattest, 1e-4));
        pen.save();
        pen.translate(map.x(lowest.weight), map.y(lowest.bias));
        pen.scale(acrossPixels, upPixels);
        pen.rotate(turned);
        pen.beginPath();
        pen.ellipse(0, 0, wide, long, 0, 0, 2 * Math.PI);
        pen.restore();
      };
      pen.lineWidth = 1;
      pen.strokeStyle = this.colour("plot-6");
      for (const height of HEIGHTS) {
        oval(height);
        pen.stroke();
      }
      const { box } = map;
      const least = descent.cost(points, lowest.weight, lowest.bias);
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      const letter = parseFloat(pen.font) * 0.85;
      for (const height of HEIGHTS.slice(2)) { // the cost, at one end of an oval
        const long = Math.sqrt((2 * height) / Math.max(flattest, 1e-4));
        const words = said(Math.round(least + height));
        const room = pen.measureText(words).width / 2 + 2;
        const end = [1, -1].map((way) => ({
          x: map.x(lowest.weight - way * long * Math.sin(turned)),
          y: map.y(lowest.bias + way * long * Math.cos(turned)),
        })).find(({ x, y }) => x > box.x + room && x < box.x + box.width - room &&
          y > box.y + 2 * letter && y < box.y + box.height - letter);
        if (!end) continue;
        const { x, y } = end;
        pen.fillStyle = this.colour("plot-paper");
        pen.fillRect(x - room, y - letter / 2, 2 * room, letter);
        pen.fillStyle = this.colour("plot-6");
        pen.fillText(words, x, y);
      }
      if (flattest > 1e-9) {
        pen.strokeStyle = this.colour("plot-5");
        pen.lineWidth = 2;
        const [x, y] = [map.x(lowest.weight), map.y(lowest.bias)];
        pen.beginPath();
        for (const way of [1, -1]) {
          pen.moveTo(x - 6, y - 6 * way);
          pen.lineTo(x + 6, y + 6 * way);
        }
        pen.stroke();
      }
    }
  }

  customElements.define("one-neuron", OneNeuron);
})();
