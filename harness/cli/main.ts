#!/usr/bin/env node

// `| head` has read enough: that is no error of ours, and a run must still heal. Whoever only shows stops by itself (until-told.ts).
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}
// What is not needed is not loaded: the shells ask for completions with every press of a key.
const [first, ...rest] = process.argv.slice(2);
const exitCode = first === "complete" && rest[0] === "--" ? await completeWords(rest.slice(1)) : await runCommand();
// Kept-alive connections to the engine must not hold the process; what is written must still arrive in a pipe.
process.stdout.write("", () => process.stderr.write("", () => process.exit(exitCode)));

async function completeWords(words: string[]): Promise<number> {
  const { complete } = await import("./completion/complete.js");
  process.stdout.write(await complete(words));
  return 0;
}

async function runCommand(): Promise<number> {
  const { runCli } = await import("./run-cli.js");
  const { processTerminal } = await import("./terminal/terminal.js");
  return runCli(process.argv.slice(2), processTerminal());
}
