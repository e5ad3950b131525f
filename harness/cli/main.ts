#!/usr/bin/env node
import { runCli } from "./run-cli.js";
import { processTerminal } from "./terminal/terminal.js";

const exitCode = await runCli(process.argv.slice(2), processTerminal());
// Kept-alive connections to the engine must not hold the process; what is written must still arrive in a pipe.
process.stdout.write("", () => process.stderr.write("", () => process.exit(exitCode)));
