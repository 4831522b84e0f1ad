// The pictures of <draw-digit>: pixels, strokes, what is inside a network, the way of its answer.
(() => {
  "use strict";
  const { largest } = globalThis.FirstNeuron;

  const SIDE = 28;
  const GAP = 3; // px between two small pictures
  const ACROSS = 8; // hidden neurons in a row

  /** @type {FirstNeuronDigitPictures["paint"]} */
  const paint = (canvas, image) => {
    const context = canvas.getContext("2d");
    if (!context) return;
    const data = context.createImageData(SIDE, SIDE);
    image.forEach((pixel, i) => data.data.set([pixel, pixel, pixel, 255], 4 * i));
    context.putImageData(data, 0, 0);
  };

  /** @type {FirstNeuronDigitPictures["strokes"]} */
  const strokes = (context, drawn, colour) => {
    context.strokeStyle = colour;
    context.lineCap = "round";
    for (const stroke of drawn) {
      stroke.forEach(([x, y, radius], i) => {
        const [fromX, fromY, fromRadius] = stroke[Math.max(i - 1, 0)];
        context.lineWidth = fromRadius + radius;
        context.beginPath();
        context.moveTo(fromX, fromY);
        context.lineTo(x + 0.01, y); // a line of no length would be no dot everywhere
        context.stroke();
      });
    }
    context.lineCap = "butt";
  };

  /** @type {FirstNeuronDigitPictures["cross"]} */
  const cross = (context, { x, y, down }, radius, colour) => {
    for (const [name, width] of /** @type {const} */ ([["book-paper", 3], ["book-orange", 1.2]])) {
      context.strokeStyle = colour(name);
      context.lineWidth = width;
      context.beginPath();
      context.arc(x, y, radius + 1.5, 0, 2 * Math.PI);
      for (const [across, along] of [[-1, 0], [1, 0], [0, -1], [0, 1]]) {
        const from = down ? 0 : 3;
        context.moveTo(x + across * from, y + along * from);
        context.lineTo(x + across * 9, y + along * 9);
      }
      context.stroke();
    }
  };

  /** @type {FirstNeuronDigitPictures["layers"]} */
  const layers = (context, width, all, colour) => {
    let top = 0;
    for (const { values, channels, side } of all) {
      const across = side === 1 ? ACROSS : channels / 2;
      const wide = (width + GAP) / across;
      const pixel = (wide - GAP) / side;
      const most = Math.max(...values, 1e-9);
      for (let k = 0; k < channels; k += 1) {
        const [x, y] = [(k % across) * wide, top + Math.floor(k / across) * wide];
        context.fillStyle = colour("book-tint");
        context.fillRect(x, y, wide - GAP, wide - GAP);
        context.fillStyle = colour("plot-1");
        for (let i = 0; i < side * side; i += 1) {
          context.globalAlpha = values[k * side * side + i] / most;
          context.fillRect(x + (i % side) * pixel, y + Math.floor(i / side) * pixel, pixel, pixel);
        }
        context.globalAlpha = 1;
        if (side > 1) continue;
        context.strokeStyle = colour("book-line");
        context.strokeRect(x + 0.5, y + 0.5, wide - GAP - 1, wide - GAP - 1);
      }
      top += Math.ceil(channels / across) * wide + GAP;
    }
  };

  /** @type {FirstNeuronDigitPictures["way"]} */
  const way = (context, width, height, { answers, ends, total, at, em, font, colour }) => {
    const margin = 0.6 * em; // half of the slider's thumb, so that its middle stands below the line
    const [top, bottom] = [1.25 * em, height - 2];
    /** @param {number} x @param {number} y @param {number} toX @param {number} toY */
    const line = (x, y, toX, toY) => {
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(toX, toY);
      context.stroke();
    };
    context.strokeStyle = colour("plot-grid");
    for (const share of total ? [0, 0.5, 1] : [0, 1]) {
      const y = Math.round(bottom - share * (bottom - top)) + 0.5;
      line(margin, y, width - margin, y);
    }
    context.textAlign = "center";
    if (!total) {
      context.fillStyle = colour("book-soft");
      context.font = `${0.9 * em}px ${font}`;
      context.fillText("Draw, and watch it make up its mind", width / 2, (top + bottom) / 2 + 0.3 * em);
      return;
    }
    const across = (/** @type {number} */ count) => margin + (count / total) * (width - 2 * margin);
    context.setLineDash([3, 3]);
    context.strokeStyle = colour("book-soft");
    for (const end of ends.slice(0, -1)) line(across(end), top, across(end), bottom);
    context.setLineDash([]);

    const points = answers.map(([count, probabilities]) => {
      const best = largest(probabilities);
      return { x: across(count), y: bottom - probabilities[best] * (bottom - top), best };
    });
    // One piece for each digit that it took the drawing for
    context.font = `650 ${0.95 * em}px ${font}`;
    for (let i = 0; i < points.length;) {
      const { best } = points[i];
      const found = points.findIndex((point, j) => j > i && point.best !== best);
      const next = found < 0 ? points.length : found;
      const between = (/** @type {number} */ j) =>
        (points[Math.max(j - 1, 0)].x + points[Math.min(j, points.length - 1)].x) / 2;
      const [from, to] = [between(i), between(next)];
      const piece = [{ ...points[i], x: from }, ...points.slice(i, next), { ...points[next - 1], x: to }];
      const edge = new Path2D();
      for (const { x, y } of piece) edge.lineTo(x, y);
      const area = new Path2D(edge);
      area.lineTo(to, bottom);
      area.lineTo(from, bottom);
      context.fillStyle = context.strokeStyle = colour("plot-1");
      context.globalAlpha = best % 2 ? 0.28 : 0.14;
      context.fill(area);
      context.globalAlpha = 1;
      context.lineWidth = 2;
      context.stroke(edge);
      if (to - from > 0.6 * em || points.length === 1) {
        context.fillStyle = colour("plot-text");
        context.fillText(String(best), (from + to) / 2, 0.95 * em);
      }
      i = next;
    }
    context.strokeStyle = colour("plot-2");
    line(across(at), top - 2, across(at), bottom);
  };

  /** @type {FirstNeuronDigitPictures["inWords"]} */
  const inWords = (image) => {
    const inked = [...image.keys()].filter((i) => image[i] > 0);
    const length = (/** @type {number[]} */ places) => Math.max(...places) - Math.min(...places) + 1;
    const [width, height] = [
      length(inked.map((i) => i % SIDE)),
      length(inked.map((i) => Math.floor(i / SIDE))),
    ];
    return `28 by 28 pixels, ${inked.length} of them with ink, in a box ${width} wide and ${height} high.`;
  };

  globalThis.FirstNeuron.digitPictures = { paint, strokes, cross, layers, way, inWords };
})();
