import { readdirSync } from "node:fs";
import { setTimeout as after } from "node:timers/promises";
import { messageOf } from "../kernel/errors.js";
import { attachInside } from "../lab/containers/attach-inside.js";
import { CHASSIS } from "../lab/containers/bmc.js";
import { JOURNAL_AT } from "../lab/containers/journal.js";
import { LAB_BEGUN_AT } from "../lab/containers/lab-note.js";
import { chassis } from "./chassis.js";
import { endLeases, type Tries } from "./end-leases.js";

/**
 * Runs in every lab's fabric, as long as the lab is there, and takes back each fault whose lease is over: with the same code as
 * everybody else, and whether anybody else still lives or not. Asked by a BMC, it only switches a node's power.
 */
const [command, node = "", word = ""] = process.argv.slice(2);
if (command === CHASSIS) {
  process.stdout.write(`${await chassis(attachInside(LAB_BEGUN_AT), node, word)}\n`);
  process.exit();
}

const LOOK_EVERY_MS = 1_000;

const say = (line: string) => process.stdout.write(`${new Date().toISOString()} ${line}\n`);
const tries: Tries = new Map();
let known = "";
let nextAt = 0;

for (;;) {
  // A look at the folder costs nothing; more is done only when a fault came or went, or when one's time is over.
  const names = journalFiles();
  if (names !== known || performance.now() >= nextAt) {
    nextAt = performance.now() + (await round()) * 1000;
    known = names;
  }
  await after(LOOK_EVERY_MS);
}

function journalFiles(): string {
  try {
    return readdirSync(JOURNAL_AT)
      .filter((name) => name.endsWith(".json"))
      .sort()
      .join(" ");
  } catch {
    // There was no fault yet.
    return "";
  }
}

/** Whatever happens in it, there will be another one. Returns after how many seconds. */
async function round(): Promise<number> {
  if (journalFiles() === "") return Infinity;
  try {
    return await endLeases(attachInside(), tries, say);
  } catch (error) {
    say(messageOf(error));
    return 0;
  }
}
