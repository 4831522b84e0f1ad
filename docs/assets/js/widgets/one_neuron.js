// <one-neuron>: ten points, a line, and gradient descent to the line that fits them.
(() => {
  "use strict";
  const { Widget, fields, descent, general } = globalThis.FirstNeuron;

  /** @typedef {{ rate: number, steps: number }} State */

  /** @extends {Widget<State>} */
  class OneNeuron extends Widget {
    static label = "One neuron learns";
    static fields = { rate: fields.number(0.01, 1e-4, 1), steps: fields.whole(0, 0, 1000) };

    /** @type {DescentPoint[]} */
    path = [];

    /**
     * @override
     * @param {HTMLElement} body
     */
    build(body) {
      this.graph = this.picture({
        label: "The points and the neuron's line",
        draw: (context, width, height) => this.drawLine(context, width, height),
      });
      const step = () => {
        this.set({ steps: this.state.steps + 1 });
        return this.state.steps < 1000;
      };
      body.append(
        this.graph.element,
        this.slider("rate", {
          label: "Learning rate",
          log: true,
          marks: () => [{ value: descent.largestStableRate(descent.POINTS), text: "limit" }],
        }),
        this.row(
          this.button("Step", step, { primary: true }),
          this.button(() => (this.running ? "Pause" : "Run"), () => {
            if (this.running) this.stop();
            else this.run(step, { perSecond: 10 });
          }),
          this.resetButton(),
        ),
      );
    }

    /** @override */
    changed() {
      const { rate, steps } = this.state;
      this.path = descent.descend(descent.POINTS, 1, 1, rate, steps);
    }

    /** @override */
    draw() {
      const { weight, bias, cost } = this.path[this.state.steps];
      const words = `Step ${this.state.steps}: w = ${general(weight)}, b = ${general(bias)}, cost ${general(cost)}.`;
      this.graph?.describe(words);
      this.announce(words);
    }

    /**
     * @param {CanvasRenderingContext2D} context
     * @param {number} width
     * @param {number} height
     */
    drawLine(context, width, height) {
      const { weight, bias } = this.path[this.state.steps];
      const across = (/** @type {number} */ x) => ((x + 6) / 12) * width;
      const up = (/** @type {number} */ y) => height - ((y + 3) / 11) * height;
      context.fillStyle = this.colour("plot-text");
      for (const [x, y] of descent.POINTS) {
        context.beginPath();
        context.arc(across(x), up(y), 5, 0, 7);
        context.fill();
      }
      context.strokeStyle = this.colour("plot-1");
      context.lineWidth = 2;
      context.beginPath();
      context.moveTo(across(-6), up(bias - 6 * weight));
      context.lineTo(across(6), up(bias + 6 * weight));
      context.stroke();
    }
  }

  customElements.define("one-neuron", OneNeuron);
})();
