// Load the playground's scripts in Node, do the jobs that come as JSON, and write what came out.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

const folder = path.join(__dirname, "..", "docs", "assets", "js", "widgets");
for (const name of ["playground_data", "playground_network", "playground_code"]) {
  const file = path.join(folder, `${name}.js`);
  vm.runInThisContext(fs.readFileSync(file, "utf8"), { filename: file });
}
const { playgroundData, playgroundNetwork, playgroundCode } = globalThis.FirstNeuron;
const { Experiment, Optimizer } = playgroundNetwork;

// The element's own defaults, which the browser's test compares with it
const DEFAULTS = {
  data: "circles", noise: 10, share: 50, seed: 1, points: [], features: ["x1", "x2"],
  layers: [8, 8], start: 1, activation: "tanh", loss: "cross_entropy", optimizer: "adam",
  rate: 0.01, batch: 10, penalty: "none", strength: 0.01, changes: [],
};

const trained = ({ settings = {}, updates = 0 }) => {
  const experiment = new Experiment({ ...DEFAULTS, ...settings });
  while (experiment.updates < updates) experiment.update();
  return experiment;
};
const losses = (experiment) => [true, false].map((on) => experiment.evaluate(on).loss);

const JOBS = {
  defaults: () => DEFAULTS,
  data: ({ settings }) => playgroundData.makeData({ ...DEFAULTS, ...settings }),
  gradient: (job) => {
    const experiment = trained(job);
    const { network, train } = experiment;
    const rows = (values, width) =>
      train.map((_, row) => Array.from(values.slice(row * width, (row + 1) * width)));
    const loss = network.backpropagate(experiment.X, experiment.targets, train.length);
    return {
      loss,
      sizes: network.sizes,
      parameters: Array.from(network.parameters),
      gradient: Array.from(network.gradient),
      X: rows(experiment.X, network.sizes[0]),
      targets: rows(experiment.targets, network.sizes.at(-1)),
    };
  },
  explain: (job) => {
    const experiment = trained(job);
    const { sizes } = experiment.network;
    const found = [];
    for (let layer = 0; layer + 1 < sizes.length; layer++) {
      for (let from = 0; from <= sizes[layer]; from++) {
        for (let to = 0; to < sizes[layer + 1]; to++) {
          found.push(experiment.explain(layer, from, to));
        }
      }
    }
    experiment.update();
    return { found, after: Array.from(experiment.network.parameters) };
  },
  optimizer: ({ kind, rate, gradients }) => {
    const parameters = new Float64Array(gradients[0].length).fill(0.5);
    const optimizer = new Optimizer(kind, parameters.length);
    for (const gradient of gradients) optimizer.step(parameters, Float64Array.from(gradient), rate);
    return Array.from(parameters);
  },
  python: (job) => {
    const experiment = trained(job);
    return { script: playgroundCode.toPython(experiment), losses: losses(experiment) };
  },
  train: (job) => {
    const experiment = trained(job);
    const { network, X, train } = experiment;
    network.forward(X, train.length);
    const hidden = network.sizes.slice(1, -1).flatMap((width, layer) =>
      Array.from({ length: width }, (_, i) =>
        train.map((_, row) => network.outputs[layer + 1][row * width + i])));
    return {
      losses: losses(experiment),
      right: experiment.evaluate(false).accuracy,
      blank: hidden.filter((outputs) => outputs.every((output) => output === 0)).length,
      parameters: Array.from(experiment.network.parameters),
      history: experiment.history,
      finite: experiment.finite,
    };
  },
  // By hand in the middle, and then once more from what was noted
  edited: ({ settings }) => {
    const first = trained({ settings, updates: 20 });
    first.change(3, 0.5);
    for (let i = 0; i < 15; i++) first.update();
    first.change(-1, 0.05);
    for (let i = 0; i < 40; i++) first.update();
    const { changes } = first.settings;
    const again = trained({ settings: { ...settings, changes }, updates: first.updates });
    return { changes, first: losses(first), again: losses(again) };
  },
  // After how many epochs the test points are right to a share, looking every `every` epochs
  reach: ({ settings, share, epochs, every }) => {
    const experiment = trained({ settings });
    let reached = null;
    while (experiment.epoch < epochs && reached === null) {
      for (let i = 0; i < every * experiment.perEpoch; i++) experiment.update();
      if (experiment.evaluate(false).accuracy >= share) reached = experiment.epoch;
    }
    return reached;
  },
};

const jobs = JSON.parse(fs.readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(jobs.map((job) => JOBS[job.job](job))));
