// The network that is worked out by hand, told number by number: which comes next, by which rule,
// with which numbers put in, and which factors a derivative is the product of. Needs no page.

(() => {
  "use strict";
  const { LEARNED } = globalThis.FirstNeuron.handNetwork;
  const TWO = [1, 2];
  const DIGITS = { above: "⁰¹²", below: "₀₁₂" };

  // -- numbers and names -----------------------------------------------------------------------

  const LONG = 5;

  /** With so many digits at most, and a real minus sign. @param {number} value @param {number} [digits] */
  const shown = (value, digits = LONG) => {
    if (Number.isNaN(value)) return "not a number";
    if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
    return String(Number(value.toPrecision(digits))).replace("e+", "e").replaceAll("-", "−");
  };
  /** Whether these digits are all of it. @param {number} value */
  const isShort = (value) =>
    !Number.isFinite(value) || Math.abs(Number(value.toPrecision(LONG)) - value) <= 1e-12;
  /** In brackets if it is negative. @param {number} value */
  const factor = (value) => (value < 0 ? `(${shown(value)})` : shown(value));

  /** Which of two neurons, counted from 1. @param {string} digit */
  const which = (digit) => (digit === "1" ? "upper" : "lower");
  /** @param {string} at layer and neuron */
  const neuron = (at) => `the ${which(at[1])} ${at[0] === "1" ? "hidden neuron" : "output"}`;

  /**
   * Take a name apart: w212 is w, layer 2, to 1, from 2.
   * @param {string} name
   */
  const take = (name) => {
    const [, gradient, letter, above = "", below = ""] =
      /^(g?)([a-zC])(\d?)(\d*)(?:new)?$/.exec(name) ?? ["", "", name];
    if (letter === "a" && above === "0") return { gradient, letter: "x", above: "", below };
    if (/[xyt]/.test(letter)) return { gradient, letter: letter === "x" ? "x" : "y", above: "", below: above };
    return { gradient, letter: letter === "d" ? "δ" : letter, above, below };
  };
  /** A name as the page sets it, in HTML. @param {string} name */
  const set = (name) => {
    const { gradient, letter, above, below } = take(name);
    const symbol = `<i>${letter}</i>${above && `<sup>${above}</sup>`}${below && `<sub>${below}</sub>`}`;
    return gradient ? `∂<i>C</i> / ∂${symbol}` : symbol;
  };
  /** The same as plain text, w²₁₂. @param {string} name */
  const plain = (name) => {
    const { gradient, letter, above, below } = take(name);
    const index = [...below].map((digit) => DIGITS.below[Number(digit)]).join("");
    const symbol = `${letter}${above && DIGITS.above[Number(above)]}${index}`;
    return gradient ? `∂C/∂${symbol}` : symbol;
  };

  // -- one way of making a step for each kind of number ---------------------------------------

  /** @param {HandNumbers} v @param {string} name @param {Partial<HandStep>} rest @returns {HandStep} */
  const step = (v, name, rest) => ({
    name, part: "", rule: "", work: "", value: v[name], uses: [], paths: [], says: "", ...rest,
  });

  /** @param {HandNumbers} v @param {string} at @param {"" | "new"} [now] the second time, new */
  const sum = (v, at, now = "") => {
    const [layer, to] = at;
    const inputs = TWO.map((k) => `a${Number(layer) - 1}${k}`);
    const weights = TWO.map((k) => `w${layer}${to}${k}`);
    const used = [`b${at}`, ...weights].map((name) => name + now);
    const entering = inputs.map((name) => name + (layer === "1" ? "" : now));
    return step(v, `z${at}${now}`, {
      rule: `${set(`b${at}`)} + ${TWO.map((_, i) => `${set(weights[i])} ${set(inputs[i])}`).join(" + ")}`,
      work: [shown(v[used[0]]), ...TWO.map((_, i) =>
        `${factor(v[used[i + 1]])} · ${factor(v[entering[i]])}`)].join(" + "),
      uses: [...used, ...entering],
      says: `The sum of ${neuron(at)}: its bias, and weight times what comes in, added up.`,
    });
  };

  /** @param {HandNumbers} v @param {string} at @param {HandHidden} hidden */
  const answer = (v, at, hidden) => {
    const { rule, work, says } = {
      relu: {
        rule: `max(0, ${set(`z${at}`)})`,
        work: `max(0, ${shown(v[`z${at}`])})`,
        says: v[`z${at}`] > 0
          ? "ReLU passes on what is positive."
          : "ReLU makes 0 of what is not positive. The neuron is silent.",
      },
      sigmoid: {
        rule: `<i>σ</i>(${set(`z${at}`)})`,
        work: `<i>σ</i>(${shown(v[`z${at}`])})`,
        says: "The sigmoid squashes the sum into the range from 0 to 1.",
      },
    }[hidden];
    return step(v, `a${at}`, { rule, work, uses: [`z${at}`], says: `What ${neuron(at)} answers. ${says}` });
  };

  /** @param {HandNumbers} v @param {string} at */
  const probability = (v, at) => {
    /** @param {(j: number) => string} word */
    const fraction = (word) => `<i>e</i><sup>${word(Number(at[1]))}</sup> / (${
      TWO.map((j) => `<i>e</i><sup>${word(j)}</sup>`).join(" + ")})`;
    return step(v, `a${at}`, {
      rule: fraction((j) => plain(`z2${j}`)),
      work: fraction((j) => shown(v[`z2${j}`])),
      uses: ["z21", "z22"],
      says: `Softmax makes a probability of the sum of ${neuron(at)}. The two add up to 1.`,
    });
  };

  /** @param {HandNumbers} v @param {HandCost} cost @param {"" | "new"} [now] */
  const total = (v, cost, now = "") => {
    const outputs = TWO.map((j) => v[`a2${j}${now}`]);
    const says = now ? `Before the step, it was ${shown(v.C)}.` : {
      squares: "How wrong the network is: the squared errors, added up.",
      entropy: "How wrong the network is: minus the logarithm of what it gave to the right answer.",
    }[cost];
    return step(v, `C${now}`, {
      ...(cost === "squares" ? {
        rule: TWO.map((j) => `(${set(`a2${j}`)} − ${set(`y${j}`)})²`).join(" + "),
        work: TWO.map((j, i) => `(${shown(outputs[i])} − ${factor(v[`t${j}`])})²`).join(" + "),
      } : {
        rule: `−(${TWO.map((j) => `${set(`y${j}`)} ln ${set(`a2${j}`)}`).join(" + ")})`,
        work: `−(${TWO.map((j, i) => `${shown(v[`t${j}`])} · ln ${shown(outputs[i])}`).join(" + ")})`,
      }),
      uses: [`a21${now}`, `a22${now}`, "t1", "t2"],
      says,
    });
  };

  /** The factors from the cost to a sum. @param {HandNumbers} v @param {string} at @param {HandCost} cost */
  const back = (v, at, cost) => {
    /** @param {string} over @param {string} under */
    const slope = (over, under) => `∂${set(over)} / ∂${set(under)}`;
    if (at[0] === "2") {
      if (cost === "entropy") return [[{ name: slope("C", `z${at}`), value: v[`d${at}`] }]];
      return [[
        { name: slope("C", `a${at}`), value: v[`d${at}`] },
        { name: slope(`a${at}`, `z${at}`), value: 1 },
      ]];
    }
    return TWO.map((j) => [
      { name: slope("C", `z2${j}`), value: v[`d2${j}`] },
      { name: slope(`z2${j}`, `a${at}`), value: v[`w2${j}${at[1]}`] },
      { name: slope(`a${at}`, `z${at}`), value: v[`s${at}`] },
    ]);
  };

  /** @param {HandNumbers} v @param {string} at @param {HandCost} cost */
  const delta = (v, at, cost) => {
    const paths = back(v, at, cost);
    const j = at[1];
    if (at[0] === "2") {
      const error = `${shown(v[`a${at}`])} − ${factor(v[`t${j}`])}`;
      const rule = `${set(`a${at}`)} − ${set(`y${j}`)}`;
      const short = cost === "entropy";
      return step(v, `d${at}`, {
        rule: short ? rule : `2 · (${rule})`,
        work: short ? error : `2 · (${error})`,
        uses: [`a${at}`, `t${j}`],
        paths,
        says: v[`d${at}`] < 0
          ? "Negative: raise this sum, and the cost falls."
          : v[`d${at}`] > 0 ? "Positive: raise this sum, and the cost rises." : "Zero: this output is right.",
      });
    }
    return step(v, `d${at}`, {
      rule: `(${TWO.map((to) => `${set(`w2${to}${j}`)} ${set(`d2${to}`)}`).join(" + ")}) · slope`,
      work: `(${TWO.map((to) => `${factor(v[`w2${to}${j}`])} · ${factor(v[`d2${to}`])}`).join(" + ")}) · ${
        factor(v[`s${at}`])}`,
      uses: [...TWO.flatMap((to) => [`w2${to}${j}`, `d2${to}`]), `a${at}`],
      paths,
      says: v[`s${at}`] === 0
        ? "This neuron is silent, its slope is 0: nothing passes back through it."
        : "What comes back from both outputs through their weights, added up, times the slope here.",
    });
  };

  /** @param {HandNumbers} v @param {string} learned @param {HandCost} cost */
  const derivative = (v, learned, cost) => {
    const [kind, layer, to, from] = learned;
    const at = `${layer}${to}`;
    const input = kind === "w" ? `a${Number(layer) - 1}${from}` : "";
    const value = input ? v[input] : 1;
    const last = { name: `∂${set(`z${at}`)} / ∂${set(learned)}`, value };
    return step(v, `g${learned}`, {
      rule: `${set(`d${at}`)} · ${input ? set(input) : "1"}`,
      work: `${factor(v[`d${at}`])} · ${factor(value)}`,
      uses: [`d${at}`, ...(input ? [input] : [])],
      paths: back(v, at, cost).map((path) => [...path, last]),
      says: input ? "Delta where the weight ends, times what comes in where it begins."
        : "What comes in by way of a bias is always 1, so this is delta itself.",
    });
  };

  /** @param {HandNumbers} v @param {string} learned */
  const update = (v, learned) => step(v, `${learned}new`, {
    rule: `${set(learned)} − <i>η</i> · ${set(`g${learned}`)}`,
    work: `${shown(v[learned])} − ${factor(v.rate)} · ${factor(v[`g${learned}`])}`,
    uses: [learned, `g${learned}`, "rate"],
    says: "Against the slope: before, minus learning rate times derivative.",
  });

  // -- all of them, in order -------------------------------------------------------------------

  /** The parts of the way, and what they are called. */
  const PARTS = {
    forwards: "Forwards",
    outputs: "The outputs",
    back: "One layer back",
    learn: "Learn one step",
    again: "Forwards again",
  };

  /**
   * Tell all steps, in the order of the page.
   * @param {HandNumbers} v what workOut returned
   * @param {HandHidden} [hidden]
   * @param {HandCost} [cost]
   * @returns {HandStep[]}
   */
  const steps = (v, hidden = "relu", cost = "squares") => {
    const at = ["11", "12", "21", "22"];
    const softmax = cost === "entropy" ? ["21", "22"].map((place) => probability(v, place)) : [];
    /** @param {string} layer */
    const ofLayer = (layer) => LEARNED.filter((name) => name[1] === layer);
    /** @type {[string, HandStep[]][]} */
    const told = [
      ["forwards", [
        ...["11", "12"].flatMap((place) => [sum(v, place), answer(v, place, hidden)]),
        ...["21", "22"].map((place) => sum(v, place)), ...softmax, total(v, cost),
      ]],
      ["outputs", [
        ...["21", "22"].map((place) => delta(v, place, cost)),
        ...ofLayer("2").map((name) => derivative(v, name, cost)),
      ]],
      ["back", [
        ...["11", "12"].map((place) => delta(v, place, cost)),
        ...ofLayer("1").map((name) => derivative(v, name, cost)),
      ]],
      ["learn", LEARNED.map((name) => update(v, name))],
      ["again", [...at.map((place) => sum(v, place, "new")), total(v, cost, "new")]],
    ];
    return told.flatMap(([part, all]) => all.map((one) => ({ ...one, part })));
  };

  globalThis.FirstNeuron.handSteps = { PARTS, isShort, plain, set, shown, steps };
})();
