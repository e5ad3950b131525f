import { spawn } from "node:child_process";
import { endWithStdin, configuration } from "./send.js";

/**
 * Follows the node's journal: what journalctl prints, a JSON object a line, goes to hachaos as it is. It runs beneath this program, because
 * journalctl itself would go on for ever once hachaos is gone.
 */
const { argv } = configuration() as { argv: [string, ...string[]] };
const journal = spawn(argv[0], argv.slice(1), { stdio: ["ignore", "inherit", "inherit"] });
journal.once("error", ({ message }) => {
  process.stderr.write(`${message}\n`);
});
journal.once("close", (code) => process.exit(code ?? 1));

endWithStdin(() => {
  journal.kill("SIGKILL");
});
