#!/usr/bin/env node
import { runCli } from "./run-cli.js";
import { processTerminal } from "./terminal/terminal.js";

// `| head` has read enough: that is no error of ours, and a run must still heal. Whoever only shows stops by itself (until-told.ts).
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}
const exitCode = await runCli(process.argv.slice(2), processTerminal());
// Kept-alive connections to the engine must not hold the process; what is written must still arrive in a pipe.
process.stdout.write("", () => process.stderr.write("", () => process.exit(exitCode)));
