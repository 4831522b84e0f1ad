// Strokes of a pen, and how they stand in an address: short, and exactly as they were drawn.
//
// A stroke is the width of its pen, where it begins, and a step to each next point: "oDgBAgjfj" has
// a letter of the width, two letters each for x and y, and two letters a step. If the width changes
// on its way, as with a pen that is pressed, the stroke begins with "*" and each point brings its
// own width. Strokes are parted by ".". Lengths are quarters of a unit of the sheet.
(() => {
  "use strict";

  const SHEET = 128; // units, each way
  const FINE = 4; // parts of a unit
  const MOST = 2000; // points of a drawing
  const HERE = 32; // the letter of a step of 0; 0 to 63 are steps of -8 to 7.75 units
  const LONGEST = 7.5; // units of a step, so that rounding leaves it below 8
  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const STROKE = /^(?:[\w-]{5}(?:[\w-]{2})*|\*[\w-]{5}(?:[\w-]{3})*)$/;

  const snapped = (/** @type {number} */ n) => Math.round(n * FINE) / FINE;

  /** @type {FirstNeuronPen["point"]} */
  const point = (x, y, radius) => {
    const inside = (/** @type {number} */ n) => Math.min(Math.max(snapped(n), 0), SHEET);
    return [inside(x), inside(y), Math.min(Math.max(snapped(radius), 1 / FINE), 63 / FINE)];
  };

  /** @type {FirstNeuronPen["extended"]} */
  const extended = (stroke, [x, y, radius]) => {
    const [fromX, fromY, fromRadius] = stroke[stroke.length - 1];
    const pieces = Math.ceil(Math.max(Math.abs(x - fromX), Math.abs(y - fromY)) / LONGEST);
    const added = Array.from({ length: pieces }, (_, i) => {
      const share = (i + 1) / pieces;
      return point(
        fromX + share * (x - fromX),
        fromY + share * (y - fromY),
        fromRadius + share * (radius - fromRadius),
      );
    });
    return [...stroke, ...added];
  };

  /** @type {FirstNeuronPen["encode"]} */
  const encode = (strokes) => strokes.map((stroke) => {
    const letter = (/** @type {number} */ n) => LETTERS[Math.round(n * FINE)];
    const place = (/** @type {number} */ n) => {
      const parts = Math.round(n * FINE);
      return LETTERS[parts >> 6] + LETTERS[parts & 63];
    };
    const even = stroke.every(([, , radius]) => radius === stroke[0][2]);
    return stroke.map(([x, y, radius], i) => {
      const [beforeX, beforeY] = stroke[Math.max(i - 1, 0)];
      const step = i
        ? letter(x - beforeX + HERE / FINE) + letter(y - beforeY + HERE / FINE)
        : place(x) + place(y);
      if (even) return i ? step : letter(radius) + step;
      return (i ? "" : "*") + step + letter(radius);
    }).join("");
  }).join(".");

  /** @type {FirstNeuronPen["decode"]} */
  const decode = (text) => {
    if (!text) return [];
    if (text.length > 4 * MOST) return null;
    /** @type {PenPoint[][]} */
    const strokes = [];
    for (const part of text.split(".")) {
      if (!STROKE.test(part)) return null;
      const numbers = [...part.replace("*", "")].map((letter) => LETTERS.indexOf(letter));
      const even = part[0] !== "*";
      const [width] = even ? numbers.splice(0, 1) : [];
      let [x, y] = [numbers[0] * 64 + numbers[1], numbers[2] * 64 + numbers[3]];
      const steps = [HERE, HERE, ...numbers.slice(4)]; // the first point is no step away
      /** @type {PenPoint[]} */
      const stroke = [];
      for (let i = 0; i < steps.length; i += even ? 2 : 3) {
        x += steps[i] - HERE;
        y += steps[i + 1] - HERE;
        const radius = width ?? steps[i + 2];
        if (Math.min(x, y) < 0 || Math.max(x, y) > SHEET * FINE || radius < 1) return null;
        stroke.push([x / FINE, y / FINE, radius / FINE]);
      }
      strokes.push(stroke);
    }
    return count(strokes) > MOST ? null : strokes;
  };

  /** @type {FirstNeuronPen["count"]} */
  const count = (strokes) => strokes.reduce((sum, stroke) => sum + stroke.length, 0);

  /** @type {FirstNeuronPen["begun"]} */
  const begun = (strokes, points) => {
    /** @type {PenPoint[][]} */
    const shown = [];
    for (const stroke of strokes) {
      if (points > 0) shown.push(stroke.slice(0, points));
      points -= stroke.length;
    }
    return shown;
  };

  globalThis.FirstNeuron ??= /** @type {any} */ ({});
  globalThis.FirstNeuron.pen = { SHEET, MOST, point, extended, encode, decode, count, begun };
})();
