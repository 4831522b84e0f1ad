// <draw-digit>: draw a digit and see what a network makes of it, from stroke to stroke.
//
// The sheet has pen.SHEET units each way. A drawing becomes 28 x 28 pixels as a photo does in step 4;
// on a test image of MNIST one draws in its own pixels, so that it can be changed, and stays what
// it is until then.
(() => {
  "use strict";
  const { Widget, fields, element } = globalThis.FirstNeuron;
  const { bytes, digitImage, digitNetwork, digitNetworks, largest, mnistDigits, pen } =
    globalThis.FirstNeuron;
  const pictures = globalThis.FirstNeuron.digitPictures;

  const SIDE = 28;
  const NONE = -1; // no test image; and for `at`: the whole drawing
  const NEAR = 2; // units between two points of a stroke
  const EVERY = 2; // points between two answers of the way
  const STEP = 4; // units that an arrow key moves the pen
  const MOST_CHIPS = 8;
  const NETWORKS = { dense: "dense", convolutional: "convolutional" };
  const ARROWS = /** @type {Record<string, [number, number]>} */ ({
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
  });
  const NO_BREAK = "\u00a0";

  const pixels = bytes(mnistDigits.images);
  const imageOf = (/** @type {number} */ digit) =>
    pixels.subarray(digit * SIDE * SIDE, (digit + 1) * SIDE * SIDE);
  /** @type {Record<string, ReturnType<typeof digitNetwork>>} */
  const ready = {};
  const networkOf = (/** @type {string} */ name) =>
    (ready[name] ??= digitNetwork(digitNetworks[name]));

  /** @type {Field<string>} */
  const drawing = {
    start: "",
    read: (text) => (pen.decode(text) ? text : undefined),
    write: (text) => text,
  };
  /** A test image, by its place among the 10,000. @type {Field<number>} */
  const testImage = {
    start: NONE,
    read: (text) => {
      const digit = mnistDigits.indices.indexOf(/^\d+$/.test(text) ? Number(text) : NONE);
      return digit >= 0 || text === "none" ? digit : undefined;
    },
    write: (digit) => (digit === NONE ? "none" : String(mnistDigits.indices[digit])),
  };

  const percent = (/** @type {number} */ share) => `${(100 * share).toFixed(1)}${NO_BREAK}%`;
  const roughly = (/** @type {number} */ share) =>
    `${Math.min(Math.round(100 * share), 99)}${NO_BREAK}%`; // never certain
  const article = (/** @type {number} */ digit) => 
    `${digit === 8 ? "an" : "a"}${NO_BREAK}${digit}`;

  /**
   * @typedef {object} State
   * @property {"dense" | "convolutional"} network
   * @property {number} digit
   * @property {string} strokes
   * @property {number} at how many points of the drawing count, or NONE for all
   * @property {number} width of the pen
   */

  /** @extends {Widget<State>} */
  class DrawDigit extends Widget {
    static label = "Draw a digit";
    static fields = {
      network: fields.choice("dense", ["dense", "convolutional"]),
      digit: testImage,
      strokes: drawing,
      at: fields.whole(NONE, NONE, pen.MOST),
      width: fields.whole(10, 4, 24),
    };

    /** @type {PenPoint[][]} */
    strokes = [];
    /** @type {Uint8Array | null} */
    image = null;
    /** @type {LayerAnswers[]} */
    layers = [];
    /** How many points there are after each stroke. @type {number[]} */
    ends = [];
    /** After how many points the network is asked. @type {number[]} */
    counts = [];
    /** Probabilities by how many points of the drawing are there. @type {Map<number, Float64Array>} */
    way = new Map();
    wayOf = "";
    /** The pointer that draws. @type {number | null} */
    pointer = null;
    cursor = { x: pen.SHEET / 2, y: pen.SHEET / 4, down: false, shown: false };
    pixels = element("canvas", { width: SIDE, height: SIDE });
    /** Arrow keys that are held. @type {Set<string>} */
    held = new Set();

    // -- what it is made of --------------------------------------------------------------------

    /**
     * @override
     * @param {HTMLElement} body
     */
    build(body) {
      this.sheet = this.picture({
        label: "Sheet to draw on",
        className: "digit-sheet",
        draw: (context, width) => this.drawSheet(context, width),
      });
      this.seen = this.picture({
        label: "What the network sees",
        draw: (context, width) => this.drawSeen(context, width),
      });
      this.inside = this.picture({
        label: "What is inside the network",
        draw: (context, width) => this.drawInside(context, width),
      });
      this.time = this.picture({
        label: "How the answer changed",
        className: "digit-way",
        draw: (context, width, height) => this.drawWay(context, width, height),
      });
      this.insideWords = element("p", { class: "digit-caption" });
      this.answer = element("p", { class: "digit-answer" });
      this.truth = element("p", { class: "digit-caption" });
      this.bars = Array.from({ length: 10 }, (_, digit) => element("li", {},
        element("span", {}, String(digit)),
        element("span", { class: "digit-bar" }),
        element("span", {}, "")));
      this.replay = this.makeReplay();
      this.chips = element("div", { class: "widget-row digit-chips" });
      this.listen(this.sheet.canvas);
      const part = (/** @type {string} */ name, /** @type {HTMLElement[]} */ ...parts) =>
        element("div", { class: `digit-${name}` }, ...parts);
      body.append(
        part("board",
          this.sheet.element,
          part("tools",
            this.slider("width", { label: "Pen", step: 1, format: String }),
            this.button("Undo", () => this.undo(), { disabled: () => !this.strokes.length }),
            this.button("Clear", () => this.clear(), { disabled: () => this.isEmpty }),
            this.resetButton()),
          part("says", this.select("network", { label: "Network", names: NETWORKS }), this.answer, this.truth,
            element("ol", { class: "digit-bars", "aria-label": "Probability of each digit" },
              ...this.bars)),
          part("sees", element("p", { class: "digit-caption" }, "The network sees"), this.seen.element),
          part("inside", this.insideWords, this.inside.element),
          part("time", element("p", { class: "digit-caption" }, "How the answer changed, from point to point"),
            this.time.element, this.replay, this.chips)),
        this.makeGallery(),
      );
    }

    makeReplay() {
      const input = element("input", { type: "range", min: 0, step: 1, autocomplete: "off", "aria-label": "Replay the drawing" });
      input.addEventListener("input", () => this.show(Number(input.value)));
      input.addEventListener("change", () => this.announce(this.inWords));
      this.replayInput = input;
      return element("div", { class: "widget-slider digit-replay" }, element("span", { class: "widget-track" }, input));
    }

    makeGallery() {
      this.samples = mnistDigits.indices.map((_, digit) => {
        const canvas = element("canvas", { width: SIDE, height: SIDE, "aria-hidden": "true" });
        pictures.paint(canvas, imageOf(digit));
        const input = element("input", { type: "radio", name: `${this.id}-test-image`, autocomplete: "off" });
        input.addEventListener("change", () => {
          this.lift();
          this.set({ digit, strokes: "", at: NONE });
          this.announce(this.inWords);
        });
        return { input, label: element("label", { class: "digit-sample" }, input, canvas) };
      });
      return element("fieldset", { class: "digit-gallery" },
        element("legend", {}, "Or take one of MNIST's test images. ",
          element("span", { class: "digit-mark", "aria-hidden": "true" }, "\u2717"),
          " marks those that this network misreads."),
        ...this.samples.map(({ label }) => label));
    }

    // -- drawing by mouse, finger, pen ---------------------------------------------------------

    /** @param {HTMLCanvasElement} canvas */
    listen(canvas) {
      canvas.tabIndex = 0;
      canvas.setAttribute("role", "application");
      canvas.setAttribute("aria-roledescription", "sheet");
      canvas.addEventListener("pointerdown", (event) => {
        if (this.pointer !== null || event.button !== 0) return;
        canvas.setPointerCapture(event.pointerId);
        this.pointer = event.pointerId;
        this.cursor.shown = false;
        this.begin(this.pointOf(event));
      });
      canvas.addEventListener("pointermove", (event) => {
        if (event.pointerId !== this.pointer) return;
        const events = event.getCoalescedEvents?.() ?? [];
        this.extend((events.length ? events : [event]).map((each) => this.pointOf(each)));
      });
      for (const name of ["pointerup", "pointercancel"]) {
        canvas.addEventListener(name, (event) => {
          if (/** @type {PointerEvent} */ (event).pointerId !== this.pointer) return;
          this.pointer = null;
          this.announce(this.inWords);
        });
      }
      canvas.addEventListener("keydown", (event) => this.onKey(event));
      canvas.addEventListener("keyup", ({ key }) => this.held.delete(key));
      canvas.addEventListener("blur", () => {
        this.held.clear();
        this.lift();
        this.cursor.shown = false;
        this.redraw();
      });
      canvas.addEventListener("focus", () => {
        this.cursor.shown = canvas.matches(":focus-visible") && this.pointer === null;
        this.redraw();
      });
    }

    /** @param {PointerEvent} event @returns {PenPoint} */
    pointOf(event) {
      const { x, y } = this.sheet?.at(event) ?? { x: 0, y: 0 };
      const scale = pen.SHEET / (this.sheet?.canvas.clientWidth || 1);
      // A pen tells how hard it is pressed; half is what the slider says
      const pressed = event.pointerType === "pen" && event.pressure > 0 ? 0.5 + event.pressure : 1;
      return pen.point(x * scale, y * scale, (pressed * this.state.width) / 2);
    }

    /** @param {PenPoint} point */
    begin(point) {
      const { digit, strokes, at } = this.state;
      const example = strokes && strokes === this.start.strokes && digit === this.start.digit;
      const before = example && at === this.start.at ? [] : this.shownStrokes;
      if (pen.count(before) >= pen.MOST) return;
      this.set({ strokes: pen.encode([...before, [point]]), at: NONE });
    }

    /** @param {PenPoint[]} points */
    extend(points) {
      let stroke = this.strokes.at(-1);
      if (!stroke) return;
      for (const point of points) {
        const [x, y] = stroke[stroke.length - 1];
        if (Math.hypot(point[0] - x, point[1] - y) >= NEAR) stroke = pen.extended(stroke, point);
      }
      const strokes = [...this.strokes.slice(0, -1), stroke];
      if (pen.count(strokes) <= pen.MOST) this.set({ strokes: pen.encode(strokes) });
    }

    // -- drawing by keyboard -------------------------------------------------------------------

    /** @param {KeyboardEvent} event */
    onKey(event) {
      const { cursor } = this;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key in ARROWS) {
        this.held.add(event.key);
        const moves = [...this.held].map((key) => ARROWS[key]);
        const size = event.shiftKey ? 1 : STEP;
        const moved = (/** @type {number} */ from, /** @type {0 | 1} */ way) =>
          Math.min(Math.max(from + size * moves.reduce((sum, move) => sum + move[way], 0), 0), pen.SHEET);
        [cursor.x, cursor.y] = [moved(cursor.x, 0), moved(cursor.y, 1)];
        cursor.shown = true;
        if (cursor.down) this.extend([this.cursorPoint]);
        this.announce(`Pen ${cursor.down ? "down" : "up"}, ${this.cursorWords}`);
        this.redraw();
      } else if (event.key === " " || event.key === "Enter") {
        if (event.repeat) { event.preventDefault(); return; }
        cursor.shown = true;
        if (cursor.down) {
          this.lift();
          this.announce(`Pen up. ${this.inWords}`);
        } else {
          this.begin(this.cursorPoint);
          cursor.down = true;
          this.announce(`Pen down, ${this.cursorWords}`);
        }
        this.redraw();
      } else if (event.key === "Backspace" || event.key === "Delete") {
        this.undo();
      } else if (event.key === "Escape" && cursor.down) {
        this.lift();
        this.announce(`Pen up. ${this.inWords}`);
      } else {
        return;
      }
      event.preventDefault();
    }

    lift() {
      this.cursor.down = false;
    }

    get cursorPoint() {
      return pen.point(this.cursor.x, this.cursor.y, this.state.width / 2);
    }

    get cursorWords() {
      const share = (/** @type {number} */ n) => Math.round((100 * n) / pen.SHEET);
      return `${share(this.cursor.x)} across, ${share(this.cursor.y)} down, of 100`;
    }

    // -- changing a drawing --------------------------------------------------------------------

    undo() {
      this.lift();
      const left = this.shownStrokes.slice(0, -1);
      this.set({ strokes: pen.encode(left), at: NONE });
      this.announce(`Took a stroke back. ${this.inWords}`);
    }

    clear() {
      this.lift();
      this.set({ strokes: "", at: NONE, digit: NONE });
      this.announce(this.inWords);
    }

    /** @param {number} points show the drawing as it was when it had so many */
    show(points) {
      this.lift();
      this.set({ at: points >= this.total ? NONE : points });
    }

    get isEmpty() {
      return this.state.digit === NONE && !this.strokes.length;
    }

    /** How many points the drawing has. */
    get total() {
      return pen.count(this.strokes);
    }

    get shownStrokes() {
      return this.state.at === NONE ? this.strokes : pen.begun(this.strokes, this.state.at);
    }

    // -- what the network makes of it ----------------------------------------------------------

    /** @override */
    changed() {
      const { digit, network, strokes } = this.state;
      this.strokes = pen.decode(strokes) ?? [];
      if (this.state.at >= this.total) this.state.at = NONE;
      this.image = this.imageOf(this.shownStrokes);
      this.layers = this.image ? networkOf(network)(this.image) : [];

      const [key, before] = [`${network} ${digit} ${strokes}`, this.wayOf];
      if (!key.startsWith(before) && !before.startsWith(key)) this.way.clear();
      this.wayOf = key;
      this.ends = this.strokes.map((_, i) => pen.count(this.strokes.slice(0, i + 1)));
      const counts = Array.from({ length: Math.floor(this.total / EVERY) }, (_, i) => (i + 1) * EVERY);
      this.counts = [...new Set([...(digit === NONE ? [] : [0]), ...counts, ...this.ends])]
        .sort((a, b) => a - b);
      if (this.total && this.counts.some((count) => !this.way.has(count))) this.run(() => this.look());
    }

    /** Ask the network about one point of the way; return whether there are more. */
    look() {
      const next = this.counts.find((count) => !this.way.has(count));
      if (next === undefined) return false;
      const image = this.imageOf(pen.begun(this.strokes, next));
      const layers = image ? networkOf(this.state.network)(image) : [];
      this.way.set(next, layers[layers.length - 1].values);
      return true;
    }

    /**
     * @param {PenPoint[][]} strokes
     * @returns {Uint8Array | null}
     */
    imageOf(strokes) {
      const { SHEET } = pen;
      if (this.state.digit === NONE) {
        return digitImage.mnistImage(digitImage.ink(strokes, SHEET), SHEET, SHEET);
      }
      const below = imageOf(this.state.digit);
      const ink = digitImage.ink(strokes, SIDE, SIDE / SHEET);
      return below.map((pixel, i) => Math.max(pixel, Math.round(255 * ink[i])));
    }

    get probabilities() {
      return this.layers.at(-1)?.values;
    }

    get inWords() {
      const { probabilities } = this;
      if (!probabilities) return "The sheet is empty";
      const best = largest(probabilities);
      return `It looks like ${article(best)}, ${roughly(probabilities[best])}`;
    }

    // -- showing it ----------------------------------------------------------------------------

    /** @override */
    draw() {
      const { digit, network } = this.state;
      const { probabilities } = this;
      const best = probabilities ? largest(probabilities) : NONE;
      if (this.answer) this.answer.textContent = this.isEmpty ? "Draw a digit" : this.inWords;
      if (this.truth) {
        const label = mnistDigits.labels[digit];
        this.truth.textContent = digit === NONE
          ? `The ${network} network reads ${percent(digitNetworks[network].score)} of MNIST's test images right.`
          : `MNIST's label: ${label}. ${this.strokes.length ? "You changed it."
            : best === label ? "\u2713 right" : "\u2717 misread"}`;
      }
      this.bars?.forEach((bar, i) => {
        const share = probabilities?.[i] ?? 0;
        bar.toggleAttribute("data-best", i === best);
        bar.style.setProperty("--share", String(share));
        bar.children[2].textContent = probabilities ? percent(share) : "";
      });
      this.samples?.forEach(({ input, label }, i) => {
        const read = mnistDigits.read[network][i];
        const wrong = read !== mnistDigits.labels[i];
        input.checked = i === digit;
        label.toggleAttribute("data-wrong", wrong);
        input.setAttribute("aria-label",
          `${article(mnistDigits.labels[i])}, test image ${mnistDigits.indices[i]}${wrong ? `, misread as ${article(read)}` : ""}`);
      });
      this.drawControls();
      this.describe();
    }

    drawControls() {
      const { total } = this;
      const at = this.state.at === NONE ? total : this.state.at;
      if (this.replayInput) {
        this.replayInput.max = String(total);
        this.replayInput.value = String(at);
        this.replayInput.disabled = total === 0;
        this.replayInput.setAttribute("aria-valuetext", `${at} of ${total} points. ${this.inWords}`);
      }
      const ends = this.ends.map((end, i) => ({ end, number: i + 1 })).slice(-MOST_CHIPS);
      const chips = /** @type {HTMLButtonElement[]} */ ([...(this.chips?.children ?? [])]);
      ends.forEach(({ end, number }, i) => {
        const there = this.way.get(end);
        const best = there ? largest(there) : NONE;
        const said = there ? `${best}, ${roughly(there[best])}` : "\u2026";
        const chip = chips[i] ?? element("button", { type: "button", class: "widget-button" });
        chip.textContent = `Stroke ${number}: ${said}`;
        chip.onclick = () => {
          this.show(end);
          this.announce(`After stroke ${number}. ${this.inWords}`);
        };
        chip.setAttribute("aria-pressed", String(end === at));
        if (!chips[i]) this.chips?.append(chip);
      });
      chips.slice(ends.length).forEach((chip) => chip.remove());
    }

    /** Say in words what the pictures show. */
    describe() {
      const strokes = this.shownStrokes.length;
      const label = mnistDigits.labels[this.state.digit];
      this.sheet?.describe(
        `${label === undefined ? "" : `A test image of ${article(label)}. `}${strokes} stroke${strokes === 1 ? "" : "s"}. `
        + "Draw with mouse, finger or pen. Keys: the arrows move the pen, with Shift in small steps; "
        + "Space puts it down and lifts it; Backspace takes a stroke back.");
      this.seen?.describe(this.image ? pictures.inWords(this.image) : "Nothing yet.");
      const hidden = this.layers.slice(0, -1);
      const dense = this.state.network === "dense";
      const shapes = hidden.map(({ channels, side }) => `${channels} of ${side} by ${side}`);
      if (this.insideWords) {
        this.insideWords.textContent = dense ? "64 hidden neurons" : "What filters find";
      }
      this.inside?.describe(!hidden.length ? "Nothing yet." : dense
        ? `${hidden[0].values.filter((value) => value > 0).length} of 64 hidden neurons answer.`
        : `Feature maps of three layers: ${shapes.join(", ")}.`);
      this.time?.describe(!this.strokes.length ? "Nothing is drawn yet." : this.ends
        .map((end, i) => {
          const there = this.way.get(end);
          return there ? `After stroke ${i + 1}: ${largest(there)}, ${roughly(Math.max(...there))}.` : "";
        }).join(" "));
    }

    /** @param {CanvasRenderingContext2D} context @param {number} width */
    drawSheet(context, width) {
      const scale = width / pen.SHEET;
      context.scale(scale, scale);
      const { digit } = this.state;
      if (digit !== NONE) {
        pictures.paint(this.pixels, imageOf(digit));
        context.imageSmoothingEnabled = false;
        context.drawImage(this.pixels, 0, 0, pen.SHEET, pen.SHEET);
      } else if (!this.strokes.length) {
        context.fillStyle = this.colour("book-soft");
        context.font = `9px ${getComputedStyle(this).fontFamily}`;
        context.textAlign = "center";
        context.fillText("Draw a digit here", pen.SHEET / 2, pen.SHEET / 2);
      }
      const [ink, pale] = digit === NONE ? ["book-ink", "book-line"] : ["plot-2", "plot-6"];
      if (this.state.at !== NONE) pictures.strokes(context, this.strokes, this.colour(pale));
      pictures.strokes(context, this.shownStrokes, this.colour(ink));
      if (this.cursor.shown) {
        pictures.cross(context, this.cursor, this.state.width / 2, (name) => this.colour(name));
      }
    }

    /** @param {CanvasRenderingContext2D} context @param {number} width */
    drawSeen(context, width) {
      pictures.paint(this.pixels, this.image ?? new Uint8Array(SIDE * SIDE));
      context.imageSmoothingEnabled = false;
      context.drawImage(this.pixels, 0, 0, width, width);
    }

    /** @param {CanvasRenderingContext2D} context @param {number} width */
    drawInside(context, width) {
      const empty = this.state.network === "dense" ? [[64, 1]] : [[8, 14], [16, 7], [32, 3]];
      const layers = this.layers.length ? this.layers.slice(0, -1) : empty.map(([channels, side]) =>
        ({ values: new Float64Array(channels * side * side), channels, side }));
      pictures.layers(context, width, layers, (name) => this.colour(name));
    }

    /** @param {CanvasRenderingContext2D} context @param {number} width @param {number} height */
    drawWay(context, width, height) {
      const { fontFamily, fontSize } = getComputedStyle(this);
      pictures.way(context, width, height, {
        answers: [...this.way].filter(([count]) => this.counts.includes(count)).sort(([a], [b]) => a - b),
        ends: this.ends,
        total: this.total,
        at: this.state.at === NONE ? this.total : this.state.at,
        em: parseFloat(fontSize),
        font: fontFamily,
        colour: (name) => this.colour(name),
      });
    }
  }

  customElements.define("draw-digit", DrawDigit);
})();
