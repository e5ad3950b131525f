import type { Engine } from "../engine.js";
import type { FaultInForce, Host, Journal, JournalEntry } from "../lab.js";
import type { LabSummary } from "../labs.js";
import { engineMachine } from "./engine-machine.js";

/** In the fabric: it lasts as long as the lab, whoever dies. */
export const JOURNAL_AT = "/var/lib/hachaos/faults";

/**
 * Seconds since the kernel booted (proc_uptime(5)). A lease is counted by it, and it is read and noted in the fabric alone: no setting
 * of the wall clock touches it, and whoever injects may sit on another machine. All containers of an engine share one kernel. A
 * provider whose nodes are machines of their own must count, and undo, by the clock of the one that holds the journal.
 */
const UPTIME = "/proc/uptime";

/** Written beside and moved, so that nobody reads half of it. $1: the file. */
const WRITE = `mkdir -p "\${1%/*}" && cat ${UPTIME} - >"$1.new" && mv "$1.new" "$1"`;

/** One file for each fault: when it was written, the fault, and what became known of it later, a line each. */
export function containerJournal(fabric: Host): Journal {
  const file = (id: string) => `${JOURNAL_AT}/${id}.json`;
  return {
    async add(fault) {
      await fabric.exec(["sh", "-c", WRITE, "sh", file(fault.id)], { stdin: `${JSON.stringify(fault)}\n` });
    },
    async note(id, news) {
      // Only where it still is: nobody else may have taken it back meanwhile.
      const append = ["sh", "-c", '[ ! -e "$1" ] || cat >>"$1"', "sh", file(id)];
      await fabric.exec(append, { stdin: `${JSON.stringify(news)}\n` });
    },
    async remove(id) {
      await fabric.exec(["rm", "--force", file(id)]);
    },
    async list() {
      const names = ["(", "-name", "uptime", "-o", "-name", "*.json", ")"];
      // The folder is made with the first fault: without it find(1) complains.
      const { stdout } = await fabric.exec(["find", UPTIME, JOURNAL_AT, ...names, "-exec", "cat", "{}", "+"], { allow: "any" });
      return readJournal(stdout);
    },
  };
}

/** The time now, then each file as `add` and `note` wrote it. */
export function readJournal(text: string): JournalEntry[] {
  const lines = text.split("\n").filter(Boolean);
  const nowS = secondsIn(lines.shift() ?? "");
  const entries: JournalEntry[] = [];
  let notedS = nowS;
  for (const line of lines) {
    if (!line.startsWith("{")) {
      notedS = secondsIn(line);
      continue;
    }
    const told = JSON.parse(line) as FaultInForce | Partial<JournalEntry>;
    const last = entries.at(-1);
    if (isFault(told)) entries.push({ ...told, leftS: told.leaseS - (nowS - notedS), dirty: null, proof: null });
    else if (last) Object.assign(last, told);
  }
  return entries.sort((a, b) => ageOf(b) - ageOf(a));
}

function ageOf({ leaseS, leftS }: JournalEntry): number {
  return leaseS - leftS;
}

function isFault(told: FaultInForce | Partial<JournalEntry>): told is FaultInForce {
  return "id" in told;
}

function secondsIn(uptime: string): number {
  return Number(uptime.split(" ")[0]);
}

/** The faults of a lab, however little of it there is: none where its fabric does not run. */
export async function faultsInForce({ docker }: Pick<Engine, "docker">, { hosts }: LabSummary): Promise<JournalEntry[]> {
  const fabric = hosts.find(({ role, state }) => role === "fabric" && state === "running");
  return fabric === undefined ? [] : containerJournal(engineMachine(docker, fabric.id, "fabric").host).list();
}
