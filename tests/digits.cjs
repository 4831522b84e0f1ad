// Run the pure parts of <draw-digit> in Node: tests/test_widget_digits.py says what to do by JSON.
"use strict";
const { readFileSync } = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

const widgets = path.join(__dirname, "..", "docs", "assets", "js", "widgets");
const scripts = ["digit_image", "digit_networks", "pen_strokes"];
const data = ["weights/dense", "weights/convolutional", "weights/mnist_digits"];
for (const name of [...scripts, ...data]) {
  const file = path.join(widgets, `${name}.js`);
  vm.runInThisContext(readFileSync(file, "utf8"), { filename: file });
}
const { digitImage, digitNetwork, digitNetworks, largest, pen } = globalThis.FirstNeuron;

const jobs = {
  // Classes of all images in a file of bytes, 784 each; the whole output of some of them
  classify({ network, file, outputs = [] }) {
    const answer = digitNetwork(digitNetworks[network]);
    const pixels = readFileSync(file);
    const classes = [];
    const probabilities = [];
    const hidden = [];
    for (let i = 0; i * 784 < pixels.length; i += 1) {
      const layers = answer(pixels.subarray(i * 784, (i + 1) * 784));
      const { values } = layers.at(-1);
      classes.push(largest(values));
      if (!outputs.includes(i)) continue;
      probabilities.push([...values]);
      hidden.push(layers.slice(0, -1).map((layer) => [...layer.values]));
    }
    return { classes, probabilities, hidden };
  },
  // Images of drawings: a file of doubles, and the height and width of each
  images({ file, shapes, side, box }) {
    const { buffer } = new Uint8Array(readFileSync(file));
    let start = 0;
    return shapes.map(([height, width]) => {
      const values = new Float64Array(buffer, start, height * width);
      start += 8 * height * width;
      const image = digitImage.mnistImage(values, height, width, side, box);
      return image && Buffer.from(image).toString("base64");
    });
  },
  // A drawing through an address and back; each stroke is given as the points that a pen touches
  pen: ({ drawings }) => drawings.map((strokes) => {
    const drawn = strokes.map(([first, ...rest]) =>
      rest.reduce((stroke, point) => pen.extended(stroke, pen.point(...point)), [pen.point(...first)]));
    const text = pen.encode(drawn);
    return { drawn, text, back: pen.decode(text) };
  }),
  // Images of drawings: strokes on a sheet
  drawn: ({ drawings, size }) => drawings.map((strokes) =>
    Buffer.from(digitImage.mnistImage(digitImage.ink(strokes, size), size, size)).toString("base64")),
  ink: ({ drawings, size, scale }) =>
    drawings.map((strokes) => [...digitImage.ink(strokes, size, scale)]),
};

const asked = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(asked.map(({ job, ...rest }) => jobs[job](rest))));
