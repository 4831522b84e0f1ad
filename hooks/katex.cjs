// Reads a JSON list of {tex, display} and writes a JSON list of {html} or {error}, in that order.
// Called once a build, by hooks/mathematics.py, for the formulas that are not in its cache.
const katex = require("katex");
const formulas = JSON.parse(require("fs").readFileSync(0, "utf8"));
const options = { output: "htmlAndMathml", strict: "error", throwOnError: true, trust: false };
const rendered = formulas.map(({ tex, display }) => {
  try {
    return { html: katex.renderToString(tex, { ...options, displayMode: display }) };
  } catch (error) {
    return { error: error.message };
  }
});
process.stdout.write(JSON.stringify(rendered));
