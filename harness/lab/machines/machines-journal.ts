import { HachaosError, messageOf } from "../../kernel/errors.js";
import { readJournal } from "../containers/journal.js";
import type { ClusterNode, FaultInForce, Journal, JournalEntry } from "../lab.js";
import type { Rehearsed, RehearsedFault } from "../rehearsal.js";
import { RUN_AT } from "./run-at.js";
import { undoScript } from "./undo-script.js";

/** As in a lab's fabric (containers/journal.ts); $1: the file, $2: that of the undo. What could not be written whole is not there. */
const WRITE = `
umask 077 && mkdir -p "\${1%/*}" || exit 1
if { cat /proc/uptime && printf '%s\\n' "$2"; } >"$1.new" && cat >"$3"; then mv "$1.new" "$1"; else rm -f "$1.new" "$3"; exit 1; fi`;

/** Beyond the last moment at which the run itself takes a fault back, a machine's own timer may be this late (systemd.timer(5), AccuracySec; by default it is a minute). */
const ACCURACY = "100ms";

/** On tmpfs this is all that a full disk can be told by (errno(3), ENOSPC). */
const FULL = /No space left on device/;

/**
 * The journal lies on every machine that answers, so that none of them is needed to know of a fault at another. With each entry goes the
 * fault's end: a timer of the machine's own systemd, set before anything acts.
 */
export function machinesJournal(nodes: readonly ClusterNode[], { allowMany }: { allowMany: boolean }): Journal {
  const add = async (fault: FaultInForce, commands: RehearsedFault): Promise<void> => {
    refuseLasting(fault, commands);
    const on = await thoseOn(nodes);
    refuseMany(fault, await listOn(on), allowMany);
    const undo = commands.undoes;
    requireOn(on, [...fault.nodes, ...undo.map(({ host }) => host)]);
    const done = await Promise.allSettled(on.map((node) => arm(node, fault, undo)));
    const failed = done.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []));
    if (failed.length === 0) return;
    await Promise.allSettled(on.map((node) => disarm(node, fault.id)));
    throw failed[0];
  };
  return {
    wantsCommands: true,
    add: (fault, commands = { does: [], undoes: [] }) => add(fault, commands),
    async note(id, news) {
      const append = ["sh", "-c", '[ ! -e "$1" ] || cat >>"$1"', "sh", journalFile(id)];
      const stdin = `${JSON.stringify(news)}\n`;
      await Promise.all((await thoseOn(nodes)).map((node) => node.exec(append, { stdin })));
    },
    async remove(id) {
      await Promise.all((await thoseOn(nodes)).map((node) => disarm(node, id)));
    },
    async list() {
      return listOn(await thoseOn(nodes));
    },
  };
}

function journalFile(id: string): string {
  return `${RUN_AT}/${id}.json`;
}

function scriptFile(id: string): string {
  return `${RUN_AT}/${id}.undo`;
}

/** The name of the timer, and of the service it starts (systemd-run(1), --unit). */
function unitOf(id: string): string {
  return `hachaos-undo-${id}`;
}

/** Notes the fault and sets the timer that ends it. Throws `no-disk-space`, or `lab-lost` with what systemd says. */
async function arm(node: ClusterNode, fault: FaultInForce, undo: readonly Rehearsed[]): Promise<void> {
  const files = { journalFile: journalFile(fault.id), scriptFile: scriptFile(fault.id) };
  const own = undo.filter(({ host }) => host === node.name);
  const write = ["sh", "-c", WRITE, "sh", files.journalFile, JSON.stringify(fault), files.scriptFile];
  const written = await node.exec(write, { stdin: undoScript(own, files), allow: "any" });
  if (FULL.test(written.stderr)) {
    throw new HachaosError("no-disk-space", `${node.name}: ${RUN_AT} cannot be written, so nothing is broken: ${written.stderr.trim()}`, {
      hint: `free some space there: df ${RUN_AT}`,
    });
  }
  if (written.exitCode !== 0)
    throw new HachaosError("command-failed", `${node.name}: ${RUN_AT} cannot be written: ${written.stderr.trim()}`);
  const timer = [`--on-active=${fault.leaseS}s`, `--timer-property=AccuracySec=${ACCURACY}`, `--unit=${unitOf(fault.id)}`, "--quiet"];
  const collect = ["--collect", "--description=hachaos: the end of a fault"];
  await node.exec(["systemd-run", ...timer, ...collect, "/bin/sh", files.scriptFile]);
}

/** Whatever of it is there; nothing happens when nothing is. */
async function disarm(node: ClusterNode, id: string): Promise<void> {
  await node.exec(["systemctl", "stop", `${unitOf(id)}.timer`], { allow: "any" });
  await node.exec(["rm", "-f", journalFile(id), `${journalFile(id)}.new`, scriptFile(id)]);
}

async function thoseOn(nodes: readonly ClusterNode[]): Promise<ClusterNode[]> {
  const on = await Promise.all(nodes.map((node) => node.isOn()));
  return nodes.filter((_node, index) => on[index]);
}

/** What all of them tell, each fault once; one that any of them could not undo is dirty. */
async function listOn(nodes: readonly ClusterNode[]): Promise<JournalEntry[]> {
  const lists = await Promise.all(nodes.map(readOn));
  const byId = new Map<string, JournalEntry>();
  for (const entry of lists.flat()) {
    const known = byId.get(entry.id);
    byId.set(entry.id, known ? { ...known, dirty: known.dirty ?? entry.dirty, proof: known.proof ?? entry.proof } : entry);
  }
  return [...byId.values()].sort((a, b) => b.leaseS - b.leftS - (a.leaseS - a.leftS));
}

async function readOn(node: ClusterNode): Promise<JournalEntry[]> {
  const names = ["(", "-path", "/proc/uptime", "-o", "-name", "*.json", ")"];
  const { stdout } = await node.exec(["find", "/proc/uptime", RUN_AT, ...names, "-exec", "cat", "{}", "+"], { allow: "any" });
  try {
    return readJournal(stdout);
  } catch (error) {
    throw new HachaosError("lab-dirty", `${node.name}: what is in ${RUN_AT} is no journal of hachaos: ${messageOf(error)}`);
  }
}

/** A machine that does not answer gets no timer, and must not get the fault then: it may answer again a moment later. */
function requireOn(on: readonly ClusterNode[], wanted: readonly string[]): void {
  const away = [...new Set(wanted)].filter((name) => !on.some((node) => node.name === name));
  if (away.length === 0) return;
  throw new HachaosError(
    "machine-unreachable",
    `${away.join(", ")} does not answer, so the fault's end cannot be set there, and it is not begun`,
  );
}

/** One node is what a cluster must be able to lose. */
export function refuseMany(fault: Pick<FaultInForce, "nodes">, inForce: readonly Pick<JournalEntry, "nodes">[], allowMany: boolean): void {
  const hit = [...new Set([...inForce, fault].flatMap(({ nodes }) => nodes))];
  if (allowMany || hit.length <= 1) return;
  throw new HachaosError("fault-refused", `${hit.join(" and ")} would be broken at the same time, and one node at a time is allowed`, {
    hint: "allow-many: true under `machines` in cluster.yaml allows it",
  });
}

/** Nothing is begun of which the machines would not know how to end it; a machine that is reset comes back by itself (machine-node.ts). */
export function refuseLasting({ kind }: Pick<FaultInForce, "kind">, { does, undoes }: RehearsedFault): void {
  if (undoes.length > 0 || does.every(({ argv: [command] }) => command === "reboot")) return;
  throw new HachaosError(
    "capability-missing",
    `${kind} cannot be told beforehand how it would be taken back, so it would not end by itself`,
    {
      hint: "leave it out where machines are reached over ssh",
    },
  );
}
