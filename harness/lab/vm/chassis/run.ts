import { execFile } from "node:child_process";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** Runs a command of the chassis to its end and returns what it said; throws when it fails. */
export async function run(argv: readonly string[]): Promise<string> {
  const [command = "", ...args] = argv;
  return (await execute(command, args)).stdout;
}
