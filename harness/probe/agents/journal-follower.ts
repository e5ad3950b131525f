import { spawn, type ChildProcess } from "node:child_process";
import { readdirSync } from "node:fs";
import { setTimeout as after } from "node:timers/promises";
import { endWithStdin, configuration } from "./send.js";

/**
 * Follows the node's journal: what journalctl prints, a JSON object a line, goes to hachaos as it is. It runs beneath this program, because
 * journalctl itself would go on for ever once hachaos is gone.
 */
const { argv } = configuration() as { argv: [string, ...string[]] };
let journal: ChildProcess | null = null;
endWithStdin(() => {
  journal?.kill("SIGKILL");
});

// On a node that just boots there is no journal yet, and journalctl would never see it come: it watches the folders it finds.
while (!["/run/log/journal", "/var/log/journal"].some(hasJournal)) await after(100);

journal = spawn(argv[0], argv.slice(1), { stdio: ["ignore", "inherit", "inherit"] });
journal.once("error", ({ message }) => {
  process.stderr.write(`${message}\n`);
});
journal.once("close", (code) => process.exit(code ?? 1));

function hasJournal(folder: string): boolean {
  try {
    return readdirSync(folder, { recursive: true }).some((name) => String(name).endsWith(".journal"));
  } catch {
    return false;
  }
}
