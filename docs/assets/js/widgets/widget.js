// What all widgets share: state that stands in the address, controls, pictures, slices of work.
//
// A widget is a custom element. The page holds a still picture and its description inside it, which
// stay where no script runs and on paper; `hooks/widgets.py` writes that, and loads the scripts.
//
//     (() => {
//       "use strict";
//       const { Widget, fields } = globalThis.FirstNeuron;
//
//       /** @typedef {{ rate: number, steps: number }} State */
//
//       /** @extends {Widget<State>} */
//       class ThrowDice extends Widget {
//         static label = "Throw dice";
//         static fields = { rate: fields.number(0.01, 1e-4, 1), steps: fields.whole(0, 0, 500) };
//
//         /** @override @param {HTMLElement} body */
//         build(body) {                     // once
//           this.graph = this.picture({
//             label: "The cost", draw: (context, width, height) => { ... } });
//           body.append(
//             this.graph.element,
//             this.slider("rate", { label: "Learning rate", log: true }),
//             this.row(
//               this.button("Step", () => this.set({ steps: this.state.steps + 1 })),
//               this.button(() => (this.running ? "Pause" : "Run"), () => this.running
//                 ? this.stop() : this.run(() => this.step(), { perSecond: 20 })),
//               this.resetButton()),
//           );
//         }
//
//         /** @override */
//         changed() { ... }                 // after the reader, a link or "Reset" changed the state
//
//         /** @override */
//         draw() { this.graph.describe(`After ${this.state.steps} steps ...`); }  // once a frame
//       }
//       customElements.define("throw-dice", ThrowDice);
//     })();
//
// The address of an experiment is `#one-neuron?rate=0.02` on a page, where `one-neuron` is the
// element's id, and `#/slide-id/one-neuron?rate=0.02` in a deck. The attribute `state` says what a
// widget begins with; the address holds what differs from it. It follows the reader's changes.
//
// types/widget.d.ts lists all that a widget can use. Scripts of pure mathematics stand apart and
// load in Node, too, where the tests compare them with Python.
(() => {
  "use strict";

  const SLICE = 10; // ms of work in a frame
  const WRITES = 400; // ms between two changes of the address; browsers refuse more than some
  const REVEAL_WRITES = 1200; // ms after which reveal.js has written the address of a slide
  const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

  // -- the state, and how it stands in an address ----------------------------------------------

  /** @type {FirstNeuronFields} */
  const fields = {
    number: (start, min, max) => ({
      start,
      min,
      max,
      read: (text) => (NUMBER.test(text) ? Math.min(max, Math.max(min, Number(text))) : undefined),
      write: (value) => String(value),
    }),
    whole: (start, min, max) => ({
      start,
      min,
      max,
      read: (text) =>
        /^[-+]?\d+$/.test(text) ? Math.min(max, Math.max(min, Number(text))) : undefined,
      write: (value) => String(value),
    }),
    choice: (start, names) => ({
      start,
      names,
      read: (text) => names.find((name) => name === text),
      write: (value) => value,
    }),
    flag: (start) => ({
      start,
      read: (text) => (text === "1" ? true : text === "0" ? false : undefined),
      write: (value) => (value ? "1" : "0"),
    }),
    rows: (start, columns, most) => ({
      start,
      read: (text) => {
        if (!text) return [];
        const rows = text.split(";").map((row) => row.split(","));
        const sound = rows.every(
          (row) => row.length === columns.length && row.every((cell) => NUMBER.test(cell)),
        );
        if (!sound || rows.length > most) return undefined;
        return rows.map((row) =>
          row.map((cell, i) => Math.min(columns[i][1], Math.max(columns[i][0], Number(cell)))),
        );
      },
      write: (value) => value.map((row) => row.map(String).join(",")).join(";"),
    }),
  };

  /** @type {FirstNeuronScripts["readAddress"]} */
  const readAddress = (hash) => {
    const [, path, query] = /^#([^?]*)\?(.*)$/s.exec(hash) ?? [];
    if (path === undefined) return null;
    return { id: path.slice(path.lastIndexOf("/") + 1), query };
  };

  /** @param {URLSearchParams} values */
  const written = (values) =>
    String(values).replace(/%(2C|3B|3A)/g, (code) => decodeURIComponent(code));

  // -- the address of the page -----------------------------------------------------------------

  const root = document.documentElement;
  const presenting = () => root.classList.contains("presenting");
  const framed = window.self !== window.top; // the speaker's window shows the slides in frames

  /** @type {Set<Widget<any>>} */
  const live = new Set();
  /** @type {ExperimentAddress | null} */
  let asked = null;
  let quietUntil = 0; // what we write before is written over

  // reveal.js would not know the part that is ours: it gets an address without it.
  const takeAddress = () => {
    asked = readAddress(location.hash);
    const slide = asked && document.getElementById(asked.id)?.closest("section.slide");
    if (slide && presenting()) history.replaceState(history.state, "", `#/${slide.id}`);
  };

  takeAddress();
  window.addEventListener("hashchange", () => {
    takeAddress();
    for (const widget of live) if (widget.id === asked?.id) widget.visit(asked.query);
  }, true); // before reveal.js

  // A link to the experiment that the address names already changes no address.
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const wanted = link && link.href === location.href ? readAddress(link.hash) : null;
    for (const widget of live) if (wanted?.id === widget.id) widget.visit(wanted.query);
  });

  // When the deck comes to a widget's slide, the address tells its experiment again.
  for (const event of ["ready", "slidechanged"]) {
    document.addEventListener(event, () => {
      quietUntil = performance.now() + REVEAL_WRITES;
      live.forEach((widget) => widget.remember());
    });
  }
  window.addEventListener("pagehide", () => live.forEach((widget) => widget.rememberNow()));

  // -- colours and sizes that change -----------------------------------------------------------

  const forced = matchMedia("(forced-colors: active)");
  const motion = matchMedia("(prefers-reduced-motion: reduce)");
  const FORCED = /** @type {Record<string, string>} */ ({
    "book-paper": "Canvas",
    "book-tint": "Canvas",
    "plot-paper": "Canvas",
    "book-line": "GrayText",
    "plot-grid": "Canvas", // left out: it would be as strong as what matters
    "plot-axis": "GrayText",
    "plot-1": "LinkText",
    "plot-2": "Highlight",
  });
  const recolour = () => live.forEach((widget) => widget.recoloured());
  forced.addEventListener("change", recolour);
  for (const element of [root, document.body]) {
    new MutationObserver(recolour).observe(element, { attributeFilter: ["data-md-color-scheme"] });
  }
  window.addEventListener("resize", () => live.forEach((widget) => widget.redraw()));

  // -- elements --------------------------------------------------------------------------------

  /** @type {FirstNeuronScripts["element"]} */
  const element = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== false && value !== null && value !== undefined) {
        made.setAttribute(name, value === true ? "" : String(value));
      }
    }
    made.append(...children);
    return made;
  };

  /** @type {FirstNeuronScripts["general"]} */
  const general = (value, digits = 3) => {
    if (Number.isNaN(value)) return "nan";
    if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
    if (value === 0) return "0";
    const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
    const power = Number(exponent);
    const short = (/** @type {string} */ text) =>
      text.includes(".") ? text.replace(/\.?0+$/, "") : text;
    if (power >= -4 && power < digits) return short(value.toFixed(digits - 1 - power));
    const sign = power < 0 ? "-" : "+";
    return `${short(mantissa)}e${sign}${String(Math.abs(power)).padStart(2, "0")}`;
  };

  // Keys with which one leaves a slide stay the deck's: remote controls send them.
  const PASSED = /^(Escape|Page(Up|Down)|F\d+|Tab)$/;
  const TYPED = "input, select, textarea, [role=slider]"; // they use such keys, others prevent them
  let count = 0;

  // -- the widget ------------------------------------------------------------------------------

  /**
   * The base of all widgets.
   *
   * @template {object} S
   */
  class Widget extends HTMLElement {
    static label = "";
    /** @type {Record<string, Field<any>>} */
    static fields = {};

    state = /** @type {S} */ ({});
    start = /** @type {S} */ ({});
    /** @type {(() => void)[]} */
    #controls = [];
    /** @type {(() => void)[]} */
    #pictures = [];
    /** @type {Map<string, string>} */
    #colours = new Map();
    /** @type {HTMLElement | null} */
    #said = null;
    #toSay = "";
    #saying = 0;
    #frame = 0;
    #writing = 0;
    #lastWrite = 0;
    /** @type {object | null} */
    #work = null;
    #begun = false;

    /** @param {HTMLElement} _body */
    build(_body) {}

    /** @param {string[]} _names */
    changed(_names) {}

    draw() {}

    connectedCallback() {
      live.add(this);
      if (!this.#begun) this.#begin();
      this.redraw();
    }

    disconnectedCallback() {
      this.stop();
      live.delete(this);
    }

    #begin() {
      this.#begun = true;
      const { label } = /** @type {typeof Widget} */ (this.constructor);
      this.id ||= this.localName;
      this.start = this.#read(this.getAttribute("state") ?? "", this.#defaults());
      const query = asked?.id === this.id ? asked.query : null;
      this.state = this.#read(query ?? "", this.start);

      const still = element("div", { class: "widget-still" });
      still.append(...this.childNodes);
      const body = element("div", { class: "widget-body" });
      this.#said = element("p", { class: "widget-hidden", role: "status" });
      this.append(still);
      this.build(body);
      this.append(body, this.#said);
      this.classList.add("widget-live");
      this.setAttribute("role", "group");
      if (!this.hasAttribute("aria-label")) this.setAttribute("aria-label", label);
      this.tabIndex = -1;
      this.setAttribute("data-prevent-swipe", ""); // a finger in it turns no page of a deck
      this.addEventListener("keydown", (event) => {
        const typed = event.target instanceof Element && event.target.matches(TYPED);
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (PASSED.test(event.key) && !typed && !event.defaultPrevented) return;
        event.stopPropagation();
      });
      this.changed(this.#names());
      this.refresh();
      if (query !== null && !presenting()) {
        const go = () => this.scrollIntoView({ block: "start" });
        if (document.readyState === "complete") go();
        else window.addEventListener("load", go, { once: true });
      }
    }

    // -- state ---------------------------------------------------------------------------------

    #fields() {
      return /** @type {typeof Widget} */ (this.constructor).fields;
    }

    #names() {
      return Object.keys(this.#fields());
    }

    #defaults() {
      const entries = Object.entries(this.#fields()).map(([name, { start }]) => [name, start]);
      return /** @type {S} */ (Object.fromEntries(entries));
    }

    /**
     * Read a query; what it leaves out or says badly is as in `base`.
     *
     * @param {string} query
     * @param {S} base
     * @returns {S}
     */
    #read(query, base) {
      const state = /** @type {Record<string, any>} */ ({ ...base });
      for (const [name, text] of new URLSearchParams(query)) {
        const value = Object.hasOwn(this.#fields(), name) ? this.#fields()[name].read(text) : undefined;
        if (value !== undefined) state[name] = value;
      }
      return /** @type {S} */ (state);
    }

    /** What differs from the start, as it stands in an address. */
    get query() {
      const values = new URLSearchParams();
      for (const [name, field] of Object.entries(this.#fields())) {
        const [now, start] = [this.state, this.start].map((state) =>
          field.write(/** @type {Record<string, any>} */ (state)[name]));
        if (now !== start) values.set(name, now);
      }
      return written(values);
    }

    /** @param {Partial<S>} changes */
    set(changes) {
      const state = /** @type {Record<string, any>} */ (this.state);
      const names = Object.entries(changes)
        .filter(([name, value]) => !Object.is(state[name], value))
        .map(([name]) => name);
      if (!names.length) return;
      Object.assign(this.state, changes);
      this.changed(names);
      this.refresh();
      this.redraw();
      this.remember();
    }

    /** @param {string} query */
    restore(query) {
      this.stop();
      this.state = this.#read(query, this.start);
      this.changed(this.#names());
      this.refresh();
      this.redraw();
    }

    reset() {
      this.restore("");
      this.remember();
      this.announce("As at the start");
    }

    /**
     * Show the experiment that a link leads to.
     *
     * @param {string} query
     */
    visit(query) {
      this.restore(query);
      if (presenting()) {
        quietUntil = performance.now() + REVEAL_WRITES;
        this.remember();
      } else {
        this.focus({ preventScroll: true });
        this.scrollIntoView({ block: "start" });
      }
    }

    /** Write the experiment into the address, soon. */
    remember() {
      if (framed || !this.isConnected) return;
      clearTimeout(this.#writing);
      const due = Math.max(quietUntil, this.#lastWrite + WRITES) - performance.now();
      if (due > 0) this.#writing = window.setTimeout(() => this.#write(), due);
      else this.#write();
    }

    /** Write what still waits to be written. */
    rememberNow() {
      if (this.#writing) this.#write();
    }

    #write() {
      clearTimeout(this.#writing);
      this.#writing = 0;
      const slide = this.closest("section.slide");
      if (presenting() && !slide?.classList.contains("present")) return;
      const { query } = this;
      const now = readAddress(location.hash);
      if (!query && now?.id !== this.id) return; // it is as at the start, and the address not ours
      const place = slide ? `/${slide.id}` : "";
      const hash = query ? `#${place}${place && "/"}${this.id}?${query}` : place && `#${place}`;
      if (hash === location.hash) return;
      this.#lastWrite = performance.now();
      history.replaceState(history.state, "", hash || location.pathname + location.search);
    }

    // -- drawing -------------------------------------------------------------------------------

    redraw() {
      this.#frame ||= requestAnimationFrame(() => this.#drawNow());
    }

    #drawNow() {
      cancelAnimationFrame(this.#frame);
      this.#frame = 0;
      this.draw();
      for (const draw of this.#pictures) draw();
    }

    recoloured() {
      this.#colours.clear();
      this.redraw();
    }

    /** @param {string} name */
    colour(name) {
      if (forced.matches) return FORCED[name] ?? "CanvasText";
      const known = this.#colours.get(name);
      if (known) return known;
      const found = getComputedStyle(this).getPropertyValue(`--${name}`).trim() || "currentColor";
      this.#colours.set(name, found);
      return found;
    }

    get still() {
      return motion.matches;
    }

    get shown() {
      // Safari before 17.4 does not know
      const visible = this.checkVisibility?.({ visibilityProperty: true }) ?? true;
      if (document.hidden || !visible) return false;
      const box = this.getBoundingClientRect();
      return box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
    }

    /** @type {FirstNeuronWidget<S>["picture"]} */
    picture({ label, draw, className = "" }) {
      const words = element("p", { class: "widget-hidden", id: `widget-picture-${++count}` });
      const canvas = element("canvas", { role: "img", "aria-label": label, "aria-describedby": words.id });
      const frame = element("div", { class: `widget-picture ${className}`.trim() }, canvas, words);
      const now = () => {
        const { clientWidth: width, clientHeight: height } = canvas;
        const context = canvas.getContext("2d");
        if (!context || !width || !height) return;
        const scale = (canvas.getBoundingClientRect().width / width || 1) * devicePixelRatio;
        const [across, down] = [Math.round(width * scale), Math.round(height * scale)];
        if (canvas.width !== across || canvas.height !== down) {
          canvas.width = across;
          canvas.height = down;
        }
        context.setTransform(scale, 0, 0, scale, 0, 0);
        context.clearRect(0, 0, width, height);
        draw(context, width, height);
      };
      this.#pictures.push(now);
      new ResizeObserver(() => this.redraw()).observe(canvas);
      return {
        element: frame,
        canvas,
        describe: (text) => {
          if (words.textContent !== text) words.textContent = text;
        },
        at: ({ clientX, clientY }) => {
          const box = canvas.getBoundingClientRect();
          return {
            x: ((clientX - box.left) * canvas.clientWidth) / (box.width || 1),
            y: ((clientY - box.top) * canvas.clientHeight) / (box.height || 1),
          };
        },
      };
    }

    // -- controls ------------------------------------------------------------------------------

    /** Bring all controls up to date. */
    refresh() {
      for (const update of this.#controls) update();
    }

    /**
     * @param {string} name
     * @param {any} value
     */
    #put(name, value) {
      this.set(/** @type {Partial<S>} */ (/** @type {unknown} */ ({ [name]: value })));
    }

    /**
     * @param {string} name
     * @returns {any}
     */
    #value(name) {
      return /** @type {Record<string, any>} */ (this.state)[name];
    }

    /** @type {FirstNeuronWidget<S>["slider"]} */
    slider(field, options) {
      const { label, log = false, step, marks } = options;
      const format = options.format ?? ((/** @type {number} */ value) => general(value));
      const { min = 0, max = 1 } = this.#fields()[field];
      const steps = log ? (step ?? 200) : 0;
      const fraction = (/** @type {number} */ value) =>
        log ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
      const input = element("input", {
        type: "range",
        min: log ? 0 : min,
        max: log ? steps : max,
        step: log ? 1 : (step ?? "any"),
        autocomplete: "off",
      });
      const output = element("output", { "aria-hidden": "true" });
      const under = element("span", { class: "widget-marks", "aria-hidden": "true" });
      const track = element("span", { class: "widget-track" }, input, under);
      const name = element("span", { class: "widget-label" }, label);
      input.id = `${this.id}-${field}`; // without it, the label would be that of the output
      const whole = element("label", { class: "widget-control widget-slider", for: input.id },
        name, output, track);
      input.addEventListener("input", () => {
        const at = Number(input.value);
        const value = log ? Number((min * (max / min) ** (at / steps)).toPrecision(3)) : at;
        this.#put(field, Math.min(max, Math.max(min, value)));
      });
      this.#controls.push(() => {
        const value = this.#value(field);
        input.value = String(log ? Math.round(steps * fraction(value)) : value);
        output.textContent = format(value);
        input.setAttribute("aria-valuetext", format(value));
        const marked = (marks?.() ?? []).filter((mark) => mark.value >= min && mark.value <= max);
        under.replaceChildren(...marked.map((mark) => {
          const made = element("span", {}, mark.text);
          made.style.setProperty("--at", String(fraction(mark.value)));
          made.classList.toggle("widget-mark-left", fraction(mark.value) > 0.5);
          return made;
        }));
      });
      return whole;
    }

    /** @type {FirstNeuronWidget<S>["number"]} */
    number(field, { label, step }) {
      const { min, max, read } = this.#fields()[field];
      const input = element("input", { type: "number", min, max, step: step ?? "any", autocomplete: "off" });
      input.addEventListener("change", () => {
        const value = read(input.value);
        if (value !== undefined) this.#put(field, value);
        this.refresh();
      });
      this.#controls.push(() => { input.value = general(this.#value(field), 6); });
      return element("label", { class: "widget-control" }, element("span", { class: "widget-label" }, label), input);
    }

    /** @type {FirstNeuronWidget<S>["select"]} */
    select(field, { label, names = {} }) {
      const options = (this.#fields()[field].names ?? []).map((value) =>
        element("option", { value }, names[value] ?? value));
      const input = element("select", { autocomplete: "off" }, ...options);
      input.addEventListener("change", () => this.#put(field, input.value));
      this.#controls.push(() => { input.value = this.#value(field); });
      return element("label", { class: "widget-control" }, element("span", { class: "widget-label" }, label), input);
    }

    /** @type {FirstNeuronWidget<S>["checkbox"]} */
    checkbox(field, { label }) {
      const input = element("input", { type: "checkbox", autocomplete: "off" });
      input.addEventListener("change", () => this.#put(field, input.checked));
      this.#controls.push(() => { input.checked = this.#value(field); });
      return element("label", { class: "widget-control widget-check" }, input, element("span", {}, label));
    }

    /** @type {FirstNeuronWidget<S>["button"]} */
    button(label, action, { primary = false, disabled, pressed } = {}) {
      const button = element("button", {
        type: "button",
        class: primary ? "widget-button widget-primary" : "widget-button",
      });
      button.addEventListener("click", () => {
        if (button.getAttribute("aria-disabled") !== "true") action();
      });
      this.#controls.push(() => {
        const text = typeof label === "string" ? label : label();
        if (button.textContent !== text) button.textContent = text;
        // Not the attribute `disabled`, which would take the focus away from who pressed it
        if (disabled) button.setAttribute("aria-disabled", String(disabled()));
        if (pressed) button.setAttribute("aria-pressed", String(pressed()));
      });
      return button;
    }

    resetButton() {
      return this.button("Reset", () => this.reset());
    }

    /** @param {HTMLElement[]} elements */
    row(...elements) {
      return element("div", { class: "widget-row" }, ...elements);
    }

    // -- words ---------------------------------------------------------------------------------

    /**
     * Say something to those who listen; at most once a second, and then the latest.
     *
     * @param {string} text
     */
    announce(text) {
      this.#toSay = text;
      this.#saying ||= window.setTimeout(() => {
        this.#saying = 0;
        if (this.#said) this.#said.textContent = this.#toSay;
      }, 1000);
    }

    // -- work ----------------------------------------------------------------------------------

    get running() {
      return this.#work !== null;
    }

    /**
     * @param {() => boolean | void} work
     * @param {RunOptions} options
     */
    run(work, { perSecond } = {}) {
      const run = {};
      this.#work = run;
      let last = performance.now();
      let owed = 1; // the first piece is due at once
      const frame = () => {
        if (this.#work !== run) return;
        const begin = performance.now();
        if (!this.shown) { // it rests, and looks again from time to time
          last = begin;
          setTimeout(() => requestAnimationFrame(frame), 250);
          return;
        }
        owed = perSecond ? owed + Math.min(begin - last, 250) * perSecond / 1000 : Infinity;
        last = begin;
        let going = true;
        while (going && owed >= 1 && performance.now() < begin + SLICE) {
          owed -= 1;
          going = work() !== false && this.#work === run;
        }
        if (!going && this.#work === run) this.stop();
        this.#drawNow();
        if (going) requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
      this.refresh();
    }

    stop() {
      if (!this.#work) return;
      this.#work = null;
      this.refresh();
      this.remember();
      this.redraw();
    }
  }

  globalThis.FirstNeuron ??= /** @type {any} */ ({});
  Object.assign(globalThis.FirstNeuron, { Widget, fields, element, general, readAddress });
})();
