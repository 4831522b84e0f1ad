// <backpropagation-steps>: the network that is worked out by hand, number by number: forwards, back,
// one step of learning, and forwards again. Any of its numbers may be changed.
(() => {
  "use strict";
  const { Widget, chart, element, fields, handNetwork, handSteps } = globalThis.FirstNeuron;
  const { LEARNED, START, learned, workOut } = handNetwork;
  const { PARTS, isShort, plain, set, shown, steps } = handSteps;
  const { put, svg } = chart;

  const TWO = [1, 2];
  const BEGIN = "start"; // before the first number is worked out
  /** All names of steps, for either cost. */
  const NAMES = [...new Set(/** @type {HandCost[]} */ (["squares", "entropy"]).flatMap((cost) =>
    steps(workOut(START, "relu", cost), "relu", cost).map(({ name }) => name)))];
  const GROUPS = {
    "Inputs": ["x1", "x2"],
    "Into the upper hidden neuron": ["w111", "w112", "b11"],
    "Into the lower hidden neuron": ["w121", "w122", "b12"],
    "Into the upper output": ["w211", "w212", "b21"],
    "Into the lower output": ["w221", "w222", "b22"],
    "The outputs should be": ["y1", "y2"],
    "Learning rate": ["rate"],
  };

  /** @typedef {{ at: string, hidden: HandHidden, cost: HandCost } & Record<string, any>} State */

  /** One number at its place in the picture. @typedef {object} Place
   * @property {string} text
   * @property {string} name
   * @property {number} x
   * @property {number} y
   * @property {string} [kind]
   * @property {string} [anchor]
   * @property {boolean} [bare] without paper behind it
   */

  /** @param {string} html */
  const span = (html) => {
    const made = element("span");
    made.innerHTML = html;
    return made;
  };

  /** @extends {Widget<State>} */
  class BackpropagationSteps extends Widget {
    static label = "Backpropagation by hand, number by number";
    static fields = {
      at: fields.choice(BEGIN, [BEGIN, ...NAMES]),
      hidden: fields.choice("relu", ["relu", "sigmoid"]),
      cost: fields.choice("squares", ["squares", "entropy"]),
      ...Object.fromEntries(Object.entries(START).map(([name, start]) =>
        [name, name === "rate" ? fields.number(start, 0, 10) : fields.number(start, -100, 100)])),
    };

    opened = false; // nothing is announced as the page opens
    /** @type {HandNumbers} */
    values = {};
    /** @type {HandStep[]} */
    steps = [];
    image = svg("svg", { class: "hand-picture", role: "img", "aria-label": "The network with its numbers" });
    box = element("div", { class: "hand-box" }, this.image);
    words = element("p", { class: "widget-hidden" });
    where = element("p", { class: "hand-where" });
    formula = element("div", { class: "hand-formula" });
    says = element("p");
    chain = element("div", { class: "hand-chain" });
    jump = element("select", { autocomplete: "off", "aria-label": "Go to a number" });
    numbers = element("details", { class: "hand-numbers" }, element("summary", {}, "Change the numbers"));

    /** @override @param {HTMLElement} body */
    build(body) {
      this.words.id = `${this.id}-words`;
      this.image.setAttribute("aria-describedby", this.words.id);
      this.image.addEventListener("click", ({ target }) => {
        const name = target instanceof Element && target.closest("[data-field]")?.getAttribute("data-field");
        if (!name) return;
        this.numbers.open = true;
        /** @type {HTMLElement | null} */ (this.numbers.querySelector(`[data-name="${name}"] input`))?.focus();
      });
      this.jump.addEventListener("change", () => this.set({ at: this.jump.value }));
      new ResizeObserver(() => this.redraw()).observe(this.box);

      const groups = Object.entries(GROUPS).map(([title, names]) =>
        element("fieldset", {}, element("legend", {}, title), ...names.map((name) => this.field(name))));
      this.numbers.append(element("div", { class: "hand-fields" },
        this.select("hidden", { label: "Hidden neurons", names: { relu: "ReLU", sigmoid: "sigmoid" } }),
        this.select("cost", {
          label: "Outputs and cost",
          names: { squares: "as they are, squared errors", entropy: "softmax, cross-entropy" },
        }),
        ...groups));
      body.append(
        element("div", { class: "hand-columns" },
          element("div", { class: "hand-network" },
            this.box,
            this.row(
              this.button("Back", () => this.move(-1), { disabled: () => this.index < 0 }),
              this.button("Next", () => this.move(1), {
                primary: true, disabled: () => this.index >= this.steps.length - 1,
              }),
              this.jump,
              this.button("Go on from here", () => this.keep(), {
                disabled: () => this.index < this.steps.length - 1,
              }),
              this.resetButton())),
          element("div", { class: "hand-now" }, this.where, this.formula, this.says, this.chain)),
        this.words,
        this.numbers,
      );
    }

    /** @param {string} name */
    field(name) {
      const made = this.number(name, { label: name === "rate" ? "η" : plain(name), step: name === "rate" ? 0.01 : 0.5 });
      made.dataset.name = name;
      return made;
    }

    /** Which step is shown; -1 before the first. */
    get index() {
      const { at } = this.state;
      if (at === BEGIN) return -1;
      const found = this.steps.findIndex(({ name }) => name === at);
      return found >= 0 ? found : this.steps.findIndex(({ name }) => name === "C"); // of the other cost
    }

    /** @param {number} by */
    move(by) {
      const to = Math.min(this.steps.length - 1, Math.max(-1, this.index + by));
      this.set({ at: to < 0 ? BEGIN : this.steps[to].name });
    }

    /** Go on with what was learned. */
    keep() {
      this.set({ ...learned(this.values), at: BEGIN });
    }

    /** @override @param {string[]} names */
    changed(names) {
      const { state } = this;
      if (state.cost === "entropy") { // what softmax puts out adds up to 1, and so should its targets
        const first = names.includes("y2") && !names.includes("y1") ? 1 - state.y2 : state.y1;
        state.y1 = Math.min(1, Math.max(0, first));
        state.y2 = 1 - state.y1;
      }
      this.values = workOut(/** @type {any} */ (state), state.hidden, state.cost);
      this.steps = steps(this.values, state.hidden, state.cost);
      if (names.includes("cost")) this.list();
      this.jump.value = this.steps[this.index]?.name ?? BEGIN;
      const told = this.tell();
      if (this.opened) this.announce(told);
      this.opened = true;
    }

    /** All steps, to choose one. */
    list() {
      const groups = Object.entries(PARTS).map(([part, title]) => element("optgroup", { label: title },
        ...this.steps.filter((step) => step.part === part).map(({ name }) =>
          element("option", { value: name }, `${name.endsWith("new") ? "new " : ""}${plain(name)}`))));
      this.jump.replaceChildren(element("option", { value: BEGIN }, "The network"), ...groups);
    }

    /** The formula of this step, with its numbers, and what it means; returns it in words. */
    tell() {
      const step = this.steps[this.index];
      const total = this.steps.length;
      if (!step) {
        this.where.textContent = `${total} numbers to work out`;
        this.formula.replaceChildren();
        this.says.textContent = "Press Next, and the network is worked out, one number at a time. "
          + "Dashed frames mark what goes into the number in the solid frame.";
        this.chain.replaceChildren();
        return "Before the first number";
      }
      this.where.textContent = `${this.index + 1} of ${total}: ${PARTS[step.part]}`;
      const name = `${step.name.endsWith("new") ? "new " : ""}${set(step.name)}`;
      const equals = isShort(step.value) ? "=" : "≈";
      this.formula.replaceChildren(
        span(name), span("="), span(step.rule),
        span(""), span("="), span(step.work),
        span(""), span(equals), span(`<strong>${shown(step.value)}</strong>`));
      this.says.textContent = step.says;
      this.chain.replaceChildren(...this.factors(step));
      return `${this.where.textContent}. ${plain(step.name)} = ${span(step.work).textContent} ${equals} ${
        shown(step.value)}. ${step.says}`;
    }

    /** The factors that a derivative is the product of, a row for each path. @param {HandStep} step */
    factors({ paths, value }) {
      if (!paths.length) return [];
      const rows = paths.map((path, i) => {
        const product = path.reduce((all, { value: one }) => all * one, 1);
        const shownPath = path.flatMap(({ name, value: one }, j) => {
          const [over, under] = name.split(" / ");
          const fraction = span(`<span>${over}</span><span>${under}</span>`);
          fraction.className = "hand-fraction";
          const factor = element("span", { class: "hand-factor" }, element("strong", {}, shown(one, 4)), fraction);
          return j ? [span("·"), factor] : [factor];
        });
        const lead = paths.length > 1 ? [element("span", { class: "hand-way" }, `by the ${i ? "lower" : "upper"} output`)] : [];
        return element("p", {}, ...lead, ...shownPath, span(`${isShort(product) ? "=" : "≈"} ${shown(product, 4)}`));
      });
      const title = paths.length > 1
        ? `Its factors, from the cost to here. Both paths together make ${shown(value, 4)}.`
        : "Its factors, from the cost to here:";
      return [element("p", { class: "hand-title" }, title), ...rows];
    }

    /** @override */
    draw() {
      const { clientWidth: width, clientHeight: height } = this.box;
      if (width < 100 || height < 100) return; // not laid out yet
      const letters = parseFloat(getComputedStyle(this.box).fontSize);
      const em = Math.min(letters, width / 25, height / 22);
      put(this.image, { width, height, "font-size": em });
      this.image.replaceChildren();
      this.paint(width, height, em);
    }

    /** What is known at this step: everything worked out so far. */
    known() {
      const done = new Set(this.steps.slice(0, this.index + 1).map(({ name }) => name));
      if (this.state.cost === "squares") for (const now of ["", "new"]) for (const j of TWO) {
        if (done.has(`z2${j}${now}`)) done.add(`a2${j}${now}`);
      }
      for (const at of ["11", "12"]) if (done.has(`z${at}new`)) done.add(`a${at}new`);
      if (done.has("z22new")) done.add("a21new").add("a22new");
      return done;
    }

    /** @param {number} width @param {number} height @param {number} em */
    paint(width, height, em) {
      const { image, values } = this;
      const step = this.steps[this.index];
      const known = this.known();
      const again = step?.part === "again";
      const now = again ? "new" : "";
      const softmax = this.state.cost === "entropy";
      const radius = 2.6 * em;
      const [left, right] = [0.4 * em, width - 0.4 * em];
      const columns = [left + radius, width / 2, right - radius];
      const rows = [1.8 * em + radius, height - 4.5 * em - radius];
      const used = new Set(step?.uses ?? []);
      const backward = /^d1/.test(step?.name ?? "");

      ["inputs", "hidden", "outputs"].forEach((word, i) => image.append(svg("text", {
        x: [left, columns[1], right][i], y: em, class: "hand-quiet", "text-anchor": ["start", "middle", "end"][i],
      }, word)));

      /** @type {Place[]} */
      const places = [];
      for (const layer of TWO) for (const to of TWO) for (const from of TWO) {
        const name = `w${layer}${to}${from}`;
        const [start, end] = [[columns[layer - 1], rows[from - 1]], [columns[layer], rows[to - 1]]];
        const length = Math.hypot(end[0] - start[0], end[1] - start[1]);
        const [across, down] = [(end[0] - start[0]) / length, (end[1] - start[1]) / length];
        const [tail, tip] = [radius, length - radius].map((far) => [start[0] + across * far, start[1] + down * far]);
        const marked = used.has(name) || used.has(`${name}new`) || step?.name === name || step?.name === `g${name}`
          || step?.name === `${name}new`;
        const [head, back] = backward && marked ? [tail, -1] : [tip, 1];
        const side = 0.32 * em;
        const [hx, hy] = [head[0] - back * across * 0.8 * em, head[1] - back * down * 0.8 * em];
        image.append(svg("g", { class: `hand-line${marked ? " hand-marked" : ""}` },
          svg("path", { d: `M${tail}L${tip}` }),
          svg("path", { class: "hand-head", d: `M${head}L${hx - down * side} ${hy + across * side}L${hx + down * side} ${hy - across * side}Z` })));
        const part = to === from ? 0.5 : 0.3;
        const [x, y] = [tail[0] + (tip[0] - tail[0]) * part, tail[1] + (tip[1] - tail[1]) * part];
        places.push(...this.pair(name, known, again, x, y, em, columns[1] - columns[0] < 9.7 * em ? 2 : 3));
      }

      columns.forEach((x, layer) => rows.forEach((y, i) => {
        const at = `${layer}${i + 1}`;
        const kind = ["hand-input", "hand-hidden", "hand-output"][layer];
        image.append(svg("circle", { class: `hand-neuron ${kind}`, cx: x, cy: y, r: radius }));
        if (layer === 0) {
          places.push({ text: shown(values[`x${i + 1}`], 4), name: `a${at}`, x, y, kind: "hand-strong", bare: true });
          image.append(svg("text", { x, y: y + radius + 1.1 * em, "text-anchor": "middle" }, plain(`x${i + 1}`)));
          return;
        }
        const lines = ["z", ...(layer === 1 || softmax ? ["a"] : []), ...(again ? [] : ["d"])];
        const visible = lines.filter((letter) => letter !== "d" || known.has(`d${at}`));
        visible.forEach((letter, line) => {
          const name = `${letter}${at}${letter === "d" ? "" : now}`;
          const text = known.has(name) ? shown(values[name], 3) : "?";
          places.push({
            text: `${letter === "d" ? "δ" : letter} ${text}`, name, x, bare: true,
            y: y + (line - (visible.length - 1) / 2) * 1.25 * em,
            kind: known.has(name) ? letter === "d" ? "hand-delta" : "hand-forward" : "hand-quiet",
          });
        });
        const [edge, below, anchor] = [layer === 1 ? x + 1.6 * em : right, y + radius, "end"];
        places.push(...this.pair(`b${at}`, known, again, edge, below + 1.5 * em, em, 3, anchor));
        if (layer === 2) {
          const [name, text] = [`t${i + 1}`, `should be ${shown(values[`t${i + 1}`], 4)}`];
          places.push({ text, name, x: edge, y: below + 3.5 * em, anchor });
        }
      }));

      const cost = again ? known.has("Cnew") ? `cost ${shown(values.Cnew, 4)}, was ${shown(values.C, 4)}` : "cost ?"
        : `cost ${known.has("C") ? shown(values.C, 4) : "?"}`;
      places.push({ text: cost, name: again ? "Cnew" : "C", x: left, y: height - 0.8 * em, anchor: "start", kind: "hand-strong" });
      const written = places.map((place) => this.write(place, step, used));
      // Measured all at once: one after the other, each would make the browser set the page anew
      const widths = written.map(({ words, framed }) => (framed ? words.getBBox() : null));
      written.forEach(({ group, y }, i) => {
        const box = widths[i];
        if (box) group.prepend(svg("rect", {
          x: box.x - 0.3 * em, y: y - 0.63 * em, width: box.width + 0.6 * em, height: 1.26 * em, rx: 0.25 * em,
        }));
      });
      this.words.textContent = this.describe(known, again);
    }

    /**
     * A weight or a bias, and below it its derivative or what it becomes.
     * @param {string} name
     * @param {Set<string>} known
     * @param {boolean} again
     * @param {number} x
     * @param {number} y
     * @param {number} em
     * @param {number} digits of the derivative
     * @param {string} [anchor]
     * @returns {Place[]}
     */
    pair(name, known, again, x, y, em, digits, anchor) {
      const { values } = this;
      const now = again ? `${name}new` : name;
      const value = shown(values[now], 4);
      const bias = name[0] === "w" ? "" : value.length > 5 ? "b " : "bias ";
      const first = { text: `${bias}${value}`, name: now, x, y, anchor, kind: again ? "hand-new" : "" };
      if (again || !known.has(`g${name}`)) return [first];
      const second = known.has(`${name}new`)
        ? { text: `→ ${shown(values[`${name}new`], 4)}`, name: `${name}new`, kind: "hand-new" }
        : { text: `∂ ${shown(values[`g${name}`], digits)}`, name: `g${name}`, kind: "hand-slope" };
      return [{ ...first, y: y - 0.62 * em }, { ...second, x, y: y + 0.62 * em, anchor }];
    }

    /**
     * Write a number at its place, and say whether it gets paper and a frame.
     * @param {Place} place
     * @param {HandStep | undefined} step
     * @param {Set<string>} used
     */
    write({ text, name, x, y, kind = "", anchor = "middle", bare = false }, step, used) {
      const now = step?.name === name;
      const goes = !now && used.has(name);
      const field = name.replace(/new$/, "").replace(/^a0/, "x").replace(/^t/, "y");
      const words = svg("text", { x, y, dy: "0.36em", "text-anchor": anchor }, text);
      const group = svg("g", {
        class: `hand-number ${kind}${bare ? " hand-inside" : ""}${now ? " hand-now-here" : ""}${goes ? " hand-used" : ""}`,
      }, words);
      if (field in START) group.dataset.field = field;
      this.image.append(group);
      return { group, words, y, framed: !bare || now || goes };
    }

    /** The picture in words. @param {Set<string>} known @param {boolean} again */
    describe(known, again) {
      const { values } = this;
      const now = again ? "new" : "";
      /** @param {string} name @param {string} word */
      const say = (name, word) => (known.has(name) ? [`${word} ${shown(values[name], 4)}`] : []);
      const neurons = ["11", "12", "21", "22"].map((at) => {
        const title = `${at[1] === "1" ? "Upper" : "Lower"} ${at[0] === "1" ? "hidden neuron" : "output"}`;
        const entering = [...TWO.map((k) => `w${at}${k}`), `b${at}`].map((name) => shown(values[again ? `${name}new` : name], 4));
        const told = [
          `weights ${entering[0]} and ${entering[1]}, bias ${entering[2]}`,
          ...say(`z${at}${now}`, "sum"), ...say(`a${at}${now}`, "answer"), ...(again ? [] : say(`d${at}`, "delta")),
        ];
        return `${title}: ${told.join(", ")}.`;
      });
      const slopes = again ? [] : LEARNED.filter((name) => known.has(`g${name}`)).map((name) =>
        `${plain(`g${name}`)} is ${shown(values[`g${name}`], 4)}`);
      const cost = known.has(`C${now}`) ? ` The cost is ${shown(values[`C${now}`], 4)}.` : "";
      return `Inputs ${shown(values.x1, 4)} and ${shown(values.x2, 4)}. ${neurons.join(" ")} The outputs should be ${
        shown(values.t1, 4)} and ${shown(values.t2, 4)}.${cost}${slopes.length ? ` ${slopes.join(", ")}.` : ""}`;
    }
  }
  customElements.define("backpropagation-steps", BackpropagationSteps);
})();
