// Run descent.js in Node: tests/test_widget_descent.py sends cases as JSON, and reads the numbers of
// each as base64 of doubles, since JSON has no word for inf and nan.
"use strict";
const { readFileSync } = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

const file = path.join(__dirname, "..", "docs", "assets", "js", "widgets", "descent.js");
vm.runInThisContext(readFileSync(file, "utf8"), { filename: file });
const { descent } = globalThis.FirstNeuron;

const written = (numbers) => Buffer.from(new Float64Array(numbers).buffer).toString("base64");
const answers = JSON.parse(readFileSync(0, "utf8")).map(({ points, weight, bias, rate, steps }) => {
  const path = descent.descend(points, weight, bias, rate, steps);
  const { weight: w, bias: b } = descent.lowest(points);
  return {
    path: ["weight", "bias", "cost"].map((name) => written(path.map((at) => at[name]))),
    gradients: written(descent.gradients(points, weight, bias)),
    lowest: written([w, b]),
    curvatures: written(descent.curvatures(points)),
    limit: written([descent.largestStableRate(points)]),
    direction: written([descent.steepestDirection(points)]),
  };
});
process.stdout.write(JSON.stringify({ points: descent.POINTS, answers }));
