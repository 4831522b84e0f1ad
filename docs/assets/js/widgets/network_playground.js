// <network-playground>: points, a network, its training and all that can be seen of it.
(() => {
  "use strict";
  const { Widget, element, general } = globalThis.FirstNeuron;
  const { EDGE, SOURCES, FEATURES, makeData } = globalThis.FirstNeuron.playgroundData;
  const { Experiment, largest } = globalThis.FirstNeuron.playgroundNetwork;
  const { Field, Plane, Layout, palette, drawNetwork, drawCurves } =
    globalThis.FirstNeuron.playgroundPicture;
  const { toPython } = globalThis.FirstNeuron.playgroundCode;
  const { STATE, TRAINING, PARTS, MOST_LAYERS, MOST_NEURONS } = globalThis.FirstNeuron.playgroundState;

  const SHAPES = ["circle", "square", "triangle"];
  /** Updates per second; undefined for as many as there is time for. */
  const SPEEDS = /** @type {Record<string, (perEpoch: number) => number | undefined>} */ ({
    slow: () => 4,
    normal: (perEpoch) => 10 * perEpoch,
    fast: () => undefined,
  });

  const MOST_CHANGES = 498; // by hand; a changed rate may take two
  const OPTIMIZERS = /** @type {Record<string, string>} */ ({
    sgd: "plain descent", momentum: "momentum", rmsprop: "RMSProp", adam: "Adam" });

  /** @typedef {PlaygroundState} State */

  /** @extends {Widget<State>} */
  class NetworkPlayground extends Widget {
    static label = "Network playground";
    static fields = STATE;

    experiment = /** @type {PlaygroundExperiment} */ (/** @type {unknown} */ (null));
    field = /** @type {PlaygroundField} */ (/** @type {unknown} */ (null));
    /** Where the neurons were drawn. @type {PlaygroundLayout | null} */
    layout = null;
    /** Where the training stops by itself: it repeats what the address says. @type {number | null} */
    goal = null;
    /** The neuron below the pointer. @type {number[] | null} */
    hovered = null;
    /** The place in the plane that is looked at. @type {[number, number] | null} */
    cursor = null;
    /** When a moved learning rate comes into force; 0 if none does. */
    rateDue = 0;
    /** When the fields were computed, how long that took, and whether they are out of date. */
    computed = { at: 0, took: 0, old: true };
    /** When its state was last put into words. */
    told = 0;
    /** When it was last said aloud, while it runs. */
    announced = 0;
    /** In which colours the small pictures were drawn. */
    thumbed = "";
    /** What can be hidden. @type {Map<string, HTMLElement[]>} */
    parts = new Map();
    /** What brings controls of its own up to date. @type {(() => void)[]} */
    updates = [];

    // -- what stands in it ---------------------------------------------------------------------

    /** @override @param {HTMLElement} body */
    build(body) {
      this.network = this.picture({
        label: "The network",
        className: "playground-network",
        draw: (context, width, height) => this.drawNetwork(context, width, height),
      });
      this.plane = this.picture({
        label: "The plane of all points, with the network's answer",
        className: "playground-plane",
        draw: (context, width, height) => this.drawPlane(context, width, height),
      });
      this.curves = this.picture({
        label: "The loss by epoch",
        className: "playground-curves",
        draw: (context, width, height) => {
          drawCurves(context, width, height, this.experiment.history, this.colours(context));
        },
      });
      this.follow();

      this.counter = element("caption");
      this.numbers = element("tbody");
      this.reading = element("p", { class: "playground-reading" });
      body.append(
        this.row(
          this.piece("train", this.button(() => (this.running ? "Pause" : "Train"),
            () => (this.running ? this.pause() : this.play()), { primary: true })),
          this.piece("step", this.button("One update", () => this.forward(1))),
          this.piece("step", this.button("One epoch", () => this.forward(
            this.experiment.perEpoch - (this.experiment.updates % this.experiment.perEpoch)))),
          this.piece("again", this.button("Start again", () => this.again())),
          this.piece("reset", this.resetButton()),
          this.piece("speed", this.select("speed", {
            label: "Speed",
            names: { slow: "update by update", normal: "10 epochs a second", fast: "as fast as it goes" },
          })),
        ),
        element("div", { class: "playground-main" },
          element("div", { class: "playground-stack" },
            this.piece("network", element("div", {}, this.network.element,
              element("p", { class: "playground-key", "aria-hidden": "true" },
                element("span", {}, "weight above 0"), element("span", {}, "below 0"),
                element("span", { class: "playground-scale" }, "neuron from \u22121 to 1")))),
            this.piece("curves", element("div", {}, this.curves.element,
              element("p", { class: "playground-key", "aria-hidden": "true" },
                element("span", {}, "training"), element("span", {}, "test"))))),
          element("div", { class: "playground-stack" },
            this.piece("plane", element("div", {}, this.plane.element, this.reading)),
            this.piece("numbers", element("table", { class: "widget-table playground-numbers" },
              this.counter,
              element("thead", {}, element("tr", {}, element("td"),
                ...["points", "loss", "right"].map((text) => element("th", { scope: "col" }, text)))),
              this.numbers)))),
        this.buildControls(),
        this.piece("weight", this.buildWeight()),
        this.piece("code", this.buildCode()),
        this.piece("parts", this.buildParts()),
      );
    }

    /**
     * Note that an element belongs to a part that can be hidden.
     * @template {HTMLElement} E
     * @param {keyof typeof PARTS} name
     * @param {E} made
     */
    piece(name, made) {
      this.parts.set(name, [...(this.parts.get(name) ?? []), made]);
      return made;
    }

    buildControls() {
      const group = (/** @type {string} */ name, /** @type {HTMLElement[]} */ ...inside) =>
        element("fieldset", { class: "playground-group" }, element("legend", {}, name), ...inside);
      const pen = this.select("pen", {
        label: "A click in the plane",
        names: { look: "shows the answer there", remove: "takes your point away" } });
      this.update(() => { // what can be added hangs on what is to be learned
        const { classes } = this.experiment;
        for (const option of pen.querySelectorAll("option")) {
          const i = Number(option.value);
          if (Number.isNaN(i)) continue;
          option.disabled = i >= (classes || 2);
          option.textContent = classes || i > 1
            ? `adds a point of class ${i + 1} (${SHAPES[i]})`
            : i ? "adds a point of value 1 (circle)" : "adds a point of value \u22121 (square)";
        }
      });
      this.view = this.chooser("view", "In the plane");
      return element("div", { class: "playground-groups" },
        group("Data",
          this.piece("data", this.buildSources()),
          this.piece("noise", this.slider("noise", { label: "Noise", step: 5, format: String })),
          this.piece("share", this.slider("share", {
            label: "For training", step: 10, format: (value) => `${value} of 100 points` })),
          this.piece("pen", pen),
          this.piece("renew", this.button("New points",
            () => this.set({ seed: (this.state.seed % 99999) + 1 })))),
        element("div", { class: "playground-pair" }, group("Network",
          this.piece("features", this.buildFeatures()),
          this.piece("layers", this.buildLayers()),
          this.piece("activation", this.select("activation", {
            label: "Activation",
            names: { relu: "ReLU", sigmoid: "sigmoid", linear: "linear (none)" } })),
          this.piece("renew", this.button("New weights",
            () => this.set({ start: (this.state.start % 99999) + 1 })))),
        group("View",
          this.piece("view", element("label", { class: "widget-control" },
            element("span", { class: "widget-label" }, "In the plane"), this.view)),
          this.piece("test", this.checkbox("test", { label: "Show the test points" })),
          this.piece("sharp", this.checkbox("sharp", { label: "Only the winner, no shades" })))),
        group("Learning",
          this.piece("rate", this.slider("rate", { label: "Learning rate", log: true, step: 120 })),
          this.piece("batch", this.slider("batch", { label: "Batch size", step: 1, format: String })),
          this.piece("optimizer", this.select("optimizer", {
            label: "Optimizer",
            names: OPTIMIZERS })),
          this.piece("loss", this.select("loss", {
            label: "Loss",
            names: { cross_entropy: "cross-entropy", squared_error: "squared error" } })),
          this.piece("penalty", this.select("penalty", {
            label: "Penalty", names: { l1: "L1", l2: "L2 (weight decay)" } })),
          this.piece("strength", this.slider("strength", {
            label: "Strength of the penalty", log: true, step: 120 }))),
      );
    }

    /** Radio buttons with a small picture of each set of points. */
    buildSources() {
      /** @type {[HTMLCanvasElement, string][]} */
      this.thumbs = [];
      const choices = [...Object.keys(SOURCES), "none"].map((name) => {
        const canvas = element("canvas", { width: 88, height: 88, "aria-hidden": "true" });
        this.thumbs?.push([canvas, name]);
        const input = element("input", {
          type: "radio", name: `${this.id}-data`, value: name, autocomplete: "off" });
        input.addEventListener("change", () => this.set({ data: name }));
        const title = SOURCES[name]?.name ?? "Only your own points";
        const label = element("label", { title }, input, canvas,
          element("span", { class: "widget-hidden" }, title));
        return { name, input, label };
      });
      this.update(() => {
        for (const { name, input } of choices) input.checked = name === this.state.data;
      });
      return element("fieldset", { class: "playground-sources" },
        element("legend", {}, "Points"), ...choices.map(({ label }) => label));
    }

    buildFeatures() {
      const boxes = Object.keys(FEATURES).map((name) => {
        const input = element("input", { type: "checkbox", autocomplete: "off" });
        input.addEventListener("change", () => {
          const chosen = new Set(this.state.features);
          if (input.checked) chosen.add(name);
          else chosen.delete(name);
          if (chosen.size) {
            this.set({ features: Object.keys(FEATURES).filter((known) => chosen.has(known)) });
          } else {
            input.checked = true;
            this.announce("A network needs at least one feature");
          }
        });
        return { name, input };
      });
      this.update(() => {
        for (const { name, input } of boxes) input.checked = this.state.features.includes(name);
      });
      return element("fieldset", { class: "playground-features" },
        element("legend", {}, "Features: what goes in"),
        ...boxes.map(({ name, input }) => element("label", { class: "widget-control widget-check" },
          input, element("span", {}, FEATURES[name].label))));
    }

    buildLayers() {
      const count = element("span");
      const sizes = element("span", { class: "playground-sizes" });
      const layers = () => this.state.layers;
      this.update(() => {
        count.textContent = `Hidden layers: ${layers().length}`;
        while (sizes.children.length > layers().length) sizes.lastElementChild?.remove();
        while (sizes.children.length < layers().length) {
          const layer = sizes.children.length;
          const input = element("input", {
            type: "number", min: 1, max: MOST_NEURONS, step: 1, autocomplete: "off",
            "aria-label": `Neurons in layer ${layer + 1}`,
          });
          input.addEventListener("change", () => {
            const wanted = Math.round(Number(input.value)) || 1;
            const size = Math.min(MOST_NEURONS, Math.max(1, wanted));
            input.value = String(size);
            this.set({ layers: layers().with(layer, size) });
          });
          sizes.append(input);
        }
        [...sizes.children].forEach((input, i) => {
          if (input instanceof HTMLInputElement) input.value = String(layers()[i]);
        });
      });
      return element("div", { class: "playground-layers" }, count,
        this.named("Fewer hidden layers", "\u2212", () => this.set({ layers: layers().slice(0, -1) }),
          { disabled: () => !layers().length }),
        this.named("More hidden layers", "+", () => this.set({ layers: [...layers(), layers().at(-1) ?? 4] }),
          { disabled: () => layers().length >= MOST_LAYERS }),
        sizes);
    }

    /**
     * A button with a sign on it.
     * @param {string} name for those who do not see it
     * @param {string} sign
     * @param {() => void} action
     * @param {{ disabled: () => boolean }} options
     */
    named(name, sign, action, options) {
      const button = this.button(sign, action, options);
      button.setAttribute("aria-label", name);
      button.title = name;
      return button;
    }

    /** One weight or bias: its value, its slope on the next batch, and what that is made of. */
    buildWeight() {
      this.weights = this.chooser("weight", "Weight or bias");
      const input = element("input", { type: "number", step: 0.1, autocomplete: "off" });
      input.addEventListener("change", () => {
        const weight = this.chosenWeight();
        const value = Number(input.value);
        if (!weight || input.value === "" || !Number.isFinite(value)) return;
        this.edit(this.experiment.network.place(...weight), value);
      });
      this.value = input;
      this.slope = element("div", { class: "playground-slope" });
      this.weightPanel = this.panel("Show me the gradient of one weight",
        element("p", {}, "Click a line of the network (a weight) or the mark at a neuron's lower left corner (its bias), or choose it here. Type a number to change it."),
        this.row(
          element("label", { class: "widget-control" },
            element("span", { class: "widget-label" }, "Weight or bias"), this.weights),
          element("label", { class: "widget-control" },
            element("span", { class: "widget-label" }, "Value"), input)),
        this.slope);
      return this.weightPanel;
    }

    buildCode() {
      this.code = element("textarea", {
        class: "playground-code", readonly: true, rows: 14, spellcheck: "false",
        "aria-label": "The experiment in Python" });
      const save = () => {
        const address = URL.createObjectURL(new Blob([this.code?.value ?? ""], { type: "text/x-python" }));
        element("a", { href: address, download: "playground.py" }).click();
        setTimeout(() => URL.revokeObjectURL(address), 1000);
      };
      const copy = () => {
        this.code?.select();
        const done = document.execCommand("copy"); // works from a file, too
        this.announce(done ? "Copied" : "Selected: copy it with your keyboard");
      };
      this.codePanel = this.panel("Take it along: this experiment as a Python script",
        element("p", {}, "It uses the book's package ", element("code", {}, "workshop"),
          ", runs as it is, repeats the training up to this update, and compares the losses."),
        this.row(this.button("Copy", copy), this.button("Save as playground.py", save)),
        this.code);
      return this.codePanel;
    }

    buildParts() {
      const boxes = Object.entries(PARTS).map(([name, text]) => {
        const input = element("input", { type: "checkbox", autocomplete: "off" });
        input.addEventListener("change", () => {
          const hidden = new Set(this.state.hide);
          if (input.checked) hidden.delete(name);
          else hidden.add(name);
          this.set({ hide: Object.keys(PARTS).filter((known) => hidden.has(known)) });
        });
        this.update(() => {
          input.checked = !this.state.hide.includes(name);
        });
        return element("label", { class: "widget-control widget-check" }, input, text);
      });
      return this.panel("Prepare a lesson: choose what can be seen",
        element("p", {}, "The address of the page then holds your choice, with the whole experiment. Send it, or link it. “Reset” shows everything that the page began with."),
        element("div", { class: "playground-features" }, ...boxes));
    }

    /**
     * A part that opens.
     * @param {string} title
     * @param {Node[]} inside
     */
    panel(title, ...inside) {
      const panel = element("details", { class: "playground-panel" },
        element("summary", {}, title), ...inside);
      panel.addEventListener("toggle", () => this.redraw());
      return panel;
    }

    /**
     * A list to choose a neuron or a weight from; `refill` fills it.
     * @param {"view" | "weight"} field
     * @param {string} label
     */
    chooser(field, label) {
      const chooser = element("select", { autocomplete: "off", "aria-label": label });
      chooser.addEventListener("change", () => {
        const value = chooser.value ? chooser.value.split(".").map(Number) : [];
        this.set(field === "view" ? { view: value } : { weight: value });
      });
      this.update(() => {
        chooser.value = this.state[field].join(".");
      });
      return chooser;
    }

    /**
     * Call this whenever controls are brought up to date.
     * @param {() => void} action
     */
    update(action) {
      this.updates.push(action);
    }

    /** @override */
    refresh() {
      super.refresh();
      for (const action of this.updates) action();
      for (const [name, elements] of this.parts) {
        const idle = (name === "strength" && this.state.penalty === "none") ||
          (name === "loss" && !this.experiment.classes);
        for (const made of elements) made.hidden = idle || this.state.hide.includes(name);
      }
      this.querySelectorAll(".playground-group").forEach((group) => {
        const inside = [...group.children].filter((child) => child.localName !== "legend");
        group.toggleAttribute("hidden", inside.every((child) => child.hasAttribute("hidden")));
      });
    }

    // -- the pointer and the keys --------------------------------------------------------------

    follow() {
      if (!this.network || !this.plane) return;
      const { network, plane } = this;
      const found = (/** @type {PointerEvent | MouseEvent} */ event) =>
        this.layout?.find(network.at(event)) ?? null;
      network.canvas.addEventListener("pointermove", (event) => {
        const at = found(event);
        network.canvas.style.cursor = at ? "pointer" : "";
        const neuron = at?.neuron ?? null;
        if (String(neuron) !== String(this.hovered)) {
          this.hovered = neuron;
          this.redraw();
        }
        const value = at?.weight
          ? general(this.experiment.network.parameters[this.experiment.network.place(...at.weight)]) : "";
        network.canvas.title = at?.weight ? `${this.nameOf(at.weight)}: ${value}` : "";
      });
      network.canvas.addEventListener("pointerleave", () => {
        this.hovered = null;
        this.redraw();
      });
      network.canvas.addEventListener("click", (event) => {
        const at = found(event);
        if (at?.weight) {
          this.set({ weight: at.weight });
        } else if (at?.neuron) {
          this.hovered = null;
          const same = String(at.neuron) === String(this.state.view);
          this.set({ view: same ? [] : at.neuron });
        }
      });

      const { canvas } = plane;
      canvas.tabIndex = 0;
      canvas.setAttribute("role", "application");
      canvas.setAttribute("aria-roledescription", "plane of points");
      canvas.addEventListener("pointermove", (event) => this.look(this.pointAt(event)));
      canvas.addEventListener("pointerleave", () => this.look(null));
      canvas.addEventListener("click", (event) => this.act(this.pointAt(event)));
      canvas.addEventListener("keydown", (event) => {
        const [x, y] = this.cursor ?? [0, 0];
        const way = event.shiftKey ? 0.5 : 0.1;
        const moves = /** @type {Record<string, [number, number]>} */ ({
          ArrowLeft: [-way, 0], ArrowRight: [way, 0], ArrowUp: [0, way], ArrowDown: [0, -way] });
        const move = moves[event.key];
        if (move) {
          const at = [x + move[0], y + move[1]].map((value) =>
            Math.max(-EDGE, Math.min(EDGE, Math.round(value * 100) / 100)));
          this.look([at[0], at[1]]);
          this.announce(this.answerAt(this.cursor ?? [0, 0]));
        } else if (event.key === "Enter" || event.key === " ") this.act([x, y]);
        else if (event.key === "Delete" || event.key === "Backspace") this.removePoint([x, y]);
        else return;
        event.preventDefault();
      });
      canvas.addEventListener("focus", () => {
        if (canvas.matches(":focus-visible")) this.look([0, 0]);
      });
      canvas.addEventListener("blur", () => this.look(null));
    }

    /** @param {MouseEvent} event */
    pointAt(event) {
      const { canvas, at } = /** @type {Picture} */ (this.plane);
      return new Plane(canvas.clientWidth, canvas.clientHeight, this.em).point(at(event));
    }

    /** @param {[number, number] | null} point */
    look(point) {
      this.cursor = point;
      this.redraw();
    }

    /** @param {[number, number]} point */
    act(point) {
      const { pen, points } = this.state;
      this.cursor = point;
      if (pen === "look") this.announce(this.answerAt(point));
      else if (pen === "remove") this.removePoint(point);
      else if (points.length < 300) {
        this.set({ points: [...points, [point[0], point[1], Number(pen)]] });
        this.announce("Point added. The training starts again.");
      }
    }

    /** Take the nearest of the reader's own points away. @param {[number, number]} point */
    removePoint([x, y]) {
      const away = this.state.points.map((own) => Math.hypot(own[0] - x, own[1] - y));
      const nearest = away.indexOf(Math.min(...away));
      if (nearest < 0 || away[nearest] > 0.4) return this.announce("None of your own points is here");
      this.set({ points: this.state.points.filter((_, i) => i !== nearest) });
      this.announce("Point taken away. The training starts again.");
    }

    /** @param {[number, number]} point */
    answerAt(point) {
      const { classes, network, settings } = this.experiment;
      const inputs = globalThis.FirstNeuron.playgroundData.featuresOf([point], settings.features);
      const outputs = network.forward(inputs, 1);
      const place = `x₁ ${general(point[0])}, x₂ ${general(point[1])}`.replaceAll("-", "\u2212");
      if (!classes) return `${place}: ${general(outputs[0])}`;
      const best = largest(outputs, 0, classes);
      const likely = (100 * outputs[best]).toFixed(0);
      return `${place}: class ${best + 1} (${SHAPES[best]}), ${likely} %`;
    }

    // -- the training --------------------------------------------------------------------------

    /** @override @param {string[]} names */
    changed(names) {
      const now = this.state;
      let renew = names.some((name) => TRAINING.includes(name));
      if (renew && !names.includes("steps")) {
        if (names.length === 1 && names[0] === "rate" && this.experiment.updates && !this.repeating) {
          renew = false;
          this.rateDue = performance.now() + 150; // a slider that is dragged passes many rates
          if (!this.running) this.changeRate();
        } else {
          if (this.repeating) this.stop();
          now.steps = 0;
          now.changes = [];
        }
      }
      if (renew || now.steps < this.experiment.updates) {
        this.goal = null;
        this.rateDue = 0;
        this.experiment = new Experiment(/** @type {PlaygroundSettings} */ (now));
        this.field = new Field(now.features);
        this.refill();
      }
      if (names.includes("weight") && now.weight.length && this.weightPanel) this.weightPanel.open = true;
      this.computed.old = true;
      const playing = this.running && this.goal === null;
      if (playing && (renew || names.includes("speed"))) this.keepOn();
      if (!playing && this.experiment.updates < now.steps) this.repeat();
    }

    /** Whether it still repeats what the address says. */
    get repeating() {
      return this.goal !== null && this.running;
    }

    /** Train up to `steps`: at once if that is quick, in slices otherwise. */
    repeat() {
      this.goal = this.state.steps;
      const until = performance.now() + 8;
      while (this.experiment.updates < this.goal && performance.now() < until) this.experiment.update();
      if (this.experiment.updates >= this.goal) {
        this.goal = null;
        return;
      }
      this.run(() => this.once());
    }

    play() {
      this.goal = null;
      if (!this.experiment.train.length) {
        this.announce("There is nothing to learn from: choose points, or add some");
        return;
      }
      this.announced = performance.now();
      this.keepOn();
      this.announce("Training");
    }

    keepOn() {
      this.run(() => this.once(), { perSecond: SPEEDS[this.state.speed](this.experiment.perEpoch) });
    }

    pause() {
      this.goal = null;
      this.state.steps = this.experiment.updates;
      this.stop();
      this.changeRate();
      this.announce(this.summary());
    }

    /** One update; false when it is time to stop. */
    once() {
      const { experiment } = this;
      if (this.rateDue && performance.now() > this.rateDue) this.changeRate();
      if (!experiment.finite) {
        this.goal = null;
        this.state.steps = experiment.updates;
        this.announce("It exploded: the numbers have left the range of the computer");
        return false;
      }
      experiment.update();
      this.computed.old = true;
      if (this.goal === null) {
        this.state.steps = experiment.updates;
        return experiment.updates < 1e6;
      }
      if (experiment.updates < this.goal) return true;
      this.goal = null;
      return false;
    }

    /** @param {number} updates */
    forward(updates) {
      if (this.running) this.pause();
      if (!this.experiment.train.length) return;
      this.set({ steps: this.experiment.updates + updates });
      this.announce(this.summary());
    }

    again() {
      this.rateDue = 0;
      this.set({ steps: 0, changes: [] });
      this.announce("Back at the first weights");
    }

    /** Let the learning rate of the slider hold from now on, and note it. */
    changeRate() {
      if (!this.rateDue) return;
      this.rateDue = 0;
      const { experiment } = this;
      const { changes } = experiment.settings;
      if (!changes.some(([, what]) => what < 0)) changes.unshift([0, -1, experiment.rate]);
      experiment.settings.rate = this.state.rate;
      this.edit(-1, this.state.rate);
    }

    /**
     * Change a parameter, or the rate (-1), in the middle of the training.
     * @param {number} what
     * @param {number} value
     */
    edit(what, value) {
      const { experiment } = this;
      if (experiment.settings.changes.length >= MOST_CHANGES) {
        this.announce("The address holds no more changes: start again first");
        return;
      }
      experiment.change(what, Math.min(1e6, Math.max(-1e6, value))); // the limits of the address
      this.computed.old = true;
      this.set({ steps: experiment.updates, changes: experiment.settings.changes.map((row) => [...row]) });
    }

    // -- words ---------------------------------------------------------------------------------

    /** @param {number[]} weight */
    nameOf([layer, from, to]) {
      const { network, settings, classes } = this.experiment;
      const target = layer === settings.layers.length
        ? (classes ? `class ${to + 1}` : "the output") : `neuron ${to + 1} of layer ${layer + 1}`;
      if (from === network.sizes[layer]) return `bias of ${target}`;
      const source = layer === 0
        ? FEATURES[settings.features[from]].label : `neuron ${from + 1} of layer ${layer}`;
      return `weight from ${source} to ${target}`;
    }

    /** Fill the lists of neurons and of weights. */
    refill() {
      const { sizes } = this.experiment.network;
      const { classes, settings: { features } } = this.experiment;
      const last = sizes.length - 1;
      const neuron = (/** @type {number} */ layer, /** @type {number} */ i) =>
        layer === 0 ? `feature ${FEATURES[features[i]].label}`
          : layer < last ? `layer ${layer}, neuron ${i + 1}`
            : classes ? `output for class ${i + 1}` : "output";
      this.view?.replaceChildren(element("option", { value: "" }, "the network's answer"),
        ...sizes.flatMap((count, layer) => Array.from({ length: count }, (_, i) =>
          element("option", { value: `${layer}.${i}` }, neuron(layer, i)))));
      this.weights?.replaceChildren(element("option", { value: "" }, "choose one"),
        ...sizes.slice(1).flatMap((count, layer) => Array.from({ length: count }, (_, to) =>
          element("optgroup", { label: `into ${neuron(layer + 1, to)}` },
            ...Array.from({ length: sizes[layer] + 1 }, (_, from) => element("option",
              { value: `${layer}.${from}.${to}` }, this.nameOf([layer, from, to])))))));
    }

    /** @returns {PlaygroundWeight | null} */
    chosenWeight() {
      const [layer, from, to] = this.state.weight;
      const { sizes } = this.experiment.network;
      return layer + 1 < sizes.length && from <= sizes[layer] && to < sizes[layer + 1]
        ? [layer, from, to] : null;
    }

    /** @returns {number[] | null} */
    viewedNeuron() {
      const [layer, neuron] = this.hovered ?? this.state.view;
      return neuron < this.experiment.network.sizes[layer] ? [layer, neuron] : null;
    }

    summary() {
      const { epoch, updates } = this.experiment;
      const [train, test] = [true, false].map((on) => this.experiment.evaluate(on));
      if (!this.experiment.finite) return "It exploded: some numbers are no longer finite.";
      const right = (/** @type {number} */ share) =>
        Number.isNaN(share) ? "" : `, ${(100 * share).toFixed(0)} % right`;
      return `After ${epoch} epochs (${updates} updates): training loss ${general(train.loss)}` +
        right(train.accuracy) +
        (this.experiment.test.length ? `; test loss ${general(test.loss)}${right(test.accuracy)}.` : ".");
    }

    // -- drawing -------------------------------------------------------------------------------

    /** @override */
    draw() {
      const { experiment, computed } = this;
      const now = performance.now();
      if (computed.old && (!this.running || now - computed.at > 8 * computed.took)) {
        this.field?.compute(experiment.network);
        Object.assign(computed, { at: now, took: performance.now() - now, old: false });
      }
      const { epoch, updates, train, test, classes } = experiment;
      if (this.counter) this.counter.textContent = `epoch ${epoch}, update ${updates}`;
      const rows = /** @type {const} */ ([["training", train, true], ["test", test, false]]);
      this.numbers?.replaceChildren(...rows.map(([name, points, training]) => {
        const { loss, accuracy } = experiment.evaluate(training);
        const right = Number.isNaN(accuracy) || !classes ? "" : `${(100 * accuracy).toFixed(1)} %`;
        return element("tr", {}, element("th", { scope: "row" }, name),
          ...[String(points.length), !points.length ? "" : Number.isNaN(loss) ? "exploded" : general(loss), right]
            .map((text) => element("td", {}, text)));
      }));
      if (this.reading) {
        this.reading.textContent = this.cursor ? this.answerAt(this.cursor)
          : train.length ? "Point at a place to read the answer there."
            : "No points to learn from. Choose some, or let a click add them.";
      }
      if (!this.running || now - this.told > 1000) {
        this.told = now;
        this.describePictures();
        this.drawWeight();
        if (this.codePanel?.open && this.code && !this.running) this.code.value = toPython(experiment);
      }
      if (this.running && now - this.announced > 5000) {
        this.announced = now;
        this.announce(this.summary());
      }
      if (this.codePanel?.open && this.code && this.running) this.code.value = "Pause the training first.";
    }

    describePictures() {
      const { experiment } = this;
      const { sizes } = experiment.network;
      const { test, layers } = this.state;
      this.network?.describe(
        `${sizes[0]} features, ${layers.length ? `hidden layers of ${layers.join(", ")} neurons` : "no hidden layer"}, ` +
        `${experiment.classes ? `${experiment.classes} classes` : "one value"}. Solid blue lines are positive weights, dashed orange lines negative ones; a wide line is a large weight.`);
      const corners = [[0, 0], [-2, 2], [2, 2], [-2, -2], [2, -2]].map(([x, y]) => this.answerAt([x, y]));
      this.plane?.describe(
        `${experiment.train.length} training points${test ? ` and ${experiment.test.length} test points` : ""}. ` +
        `The network's answers: ${corners.join("; ")}. Arrow keys move a cross, Enter does what a click does.`);
      this.curves?.describe(this.summary());
    }

    drawWeight() {
      if (!this.weightPanel?.open || !this.slope || !this.value) return;
      const weight = this.chosenWeight();
      if (!weight || !this.experiment.train.length) {
        this.slope.replaceChildren();
        this.value.value = "";
        return;
      }
      const { network, batch, settings } = this.experiment;
      const { value, slope, parts, next, nudged } = this.experiment.explain(...weight);
      if (document.activeElement !== this.value) this.value.value = general(value, 5);
      const isBias = weight[1] === network.sizes[weight[0]];
      const six = (/** @type {number} */ number) => general(number, 4).replace("-", "\u2212");
      const shown = this.running ? parts.slice(0, 8) : parts; // a long table would hold the training up
      const rest = shown.length < parts.length
        ? [element("tr", {}, element("td", { colspan: 4 }, "and the others, when you pause"))] : [];
      const table = element("table", { class: "widget-table" },
        element("thead", {}, element("tr", {}, ...["point", "what came in", "δ: slope of its loss by the neuron's sum", "product"]
          .map((text) => element("th", { scope: "col" }, text)))),
        element("tbody", {}, ...shown.map(({ activation, delta, product }, i) => element("tr", {},
          element("th", { scope: "row" }, String(i + 1)),
          ...[activation, delta, product].map((number) => element("td", {}, six(number))))),
        ...rest, element("tr", {}, element("th", { scope: "row" }, "mean"), element("td"), element("td"),
          element("td", {}, element("strong", {}, six(slope))))));
      const scroller = this.slope.querySelector(".playground-scroll");
      const at = scroller?.scrollTop ?? 0;
      const box = element("div", { class: "playground-scroll", tabindex: 0, role: "region", "aria-label": "What the gradient is made of" }, table);
      const name = this.nameOf(weight);
      this.slope.replaceChildren(
        element("p", {}, `The ${name} is ${six(value)}. On the next batch of ${Math.min(batch, parts.length)} points, its gradient is ${six(slope)}: the mean of what came in${isBias ? " (1 for a bias)" : ""} times δ.`),
        box,
        element("p", {}, `A check: nudged up and down a little, the batch's loss changes with a slope of ${six(nudged)}.`),
        element("p", {}, `The next update (${OPTIMIZERS[settings.optimizer]}, rate ${general(this.experiment.rate)}) makes it ${six(next)}, a change of ${six(next - value)}.`));
      box.scrollTop = at;
    }

    /** The size of its letters in pixels; a slide has larger ones. */
    get em() {
      return parseFloat(getComputedStyle(this).fontSize) || 15;
    }

    /** @param {CanvasRenderingContext2D} context */
    colours(context) {
      return palette(context, (name) => this.colour(name), this.em);
    }

    /** @type {PictureOptions["draw"]} */
    drawNetwork(context, width, height) {
      const { experiment, field } = this;
      if (!field) return;
      this.layout = new Layout(experiment.network.sizes, width, height, this.em);
      drawNetwork(context, this.layout, {
        network: experiment.network, field, classes: experiment.classes,
        features: experiment.settings.features, sharp: this.state.sharp,
        viewed: this.viewedNeuron(), chosen: this.chosenWeight(),
      }, this.colours(context));
    }

    /** @type {PictureOptions["draw"]} */
    drawPlane(context, width, height) {
      const { experiment, field } = this;
      if (!field) return;
      const colours = this.colours(context);
      const plane = new Plane(width, height, this.em);
      const viewed = this.viewedNeuron();
      const { sizes } = experiment.network;
      const { sharp, test } = this.state;
      const last = sizes.length - 1;
      if (viewed) {
        const which = { layer: viewed[0], neuron: viewed[1], width: sizes[viewed[0]], sharp };
        if (viewed[0] === last && experiment.classes) field.probability(context, which, colours, plane, 50);
        else field.neuron(context, which, colours, plane, 50);
      } else if (experiment.classes) {
        field.answer(context, { layer: last, width: sizes[last], sharp }, colours, plane);
      } else field.neuron(context, { layer: last, neuron: 0, width: 1, sharp }, colours, plane, 50);
      if (!viewed) plane.boundary(context, field, last, sizes[last], colours.ink);
      plane.points(context, experiment.train, experiment.classes, colours, false);
      if (test) plane.points(context, experiment.test, experiment.classes, colours, true);
      plane.axes(context, colours);
      if (this.cursor) {
        const { x, y } = plane.place(this.cursor);
        context.strokeStyle = colours.ink;
        context.lineWidth = 1.5;
        context.beginPath();
        for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
          context.moveTo(x + 4 * dx, y + 4 * dy);
          context.lineTo(x + 12 * dx, y + 12 * dy);
        }
        context.stroke();
      }
      this.drawThumbs();
    }

    /** Draw the small pictures of the sets of points; again only in other colours. */
    drawThumbs() {
      const key = [this.colour("plot-1"), this.colour("plot-paper")].join();
      if (this.thumbed === key) return;
      this.thumbed = key;
      for (const [canvas, data] of this.thumbs ?? []) {
        const context = canvas.getContext("2d");
        if (!context) continue;
        const colours = this.colours(context);
        context.clearRect(0, 0, 88, 88);
        const plane = new Plane(0, 0, this.em);
        Object.assign(plane, { x: 2, y: 2, side: 84 });
        if (data === "none") {
          context.fillStyle = colours.ink;
          context.font = "60px sans-serif";
          context.textAlign = "center";
          context.textBaseline = "middle";
          context.fillText("+", 44, 46);
          continue;
        }
        const { train, classes } = makeData({ data, noise: 5, share: 40, seed: 1, points: [] });
        plane.points(context, train, classes, colours, false);
      }
    }
  }

  customElements.define("network-playground", NetworkPlayground);
})();
