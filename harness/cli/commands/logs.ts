import type { Command } from "commander";
import { EXIT, HachaosError, messageOf } from "../../kernel/errors.js";
import { suggestName } from "../../kernel/nearest-name.js";
import type { ClusterNode, Lab } from "../../lab/lab.js";
import type { CliContext } from "../cli-context.js";
import { entryLines } from "../logs/entry-lines.js";
import { followJournal } from "../logs/follow-journal.js";
import { inOrder } from "../logs/in-order.js";
import { journalctl, readEntry, type JournalEntry } from "../logs/journal-entry.js";
import { openLab } from "../pick-lab.js";
import type { Terminal } from "../terminal/terminal.js";
import { untilTold } from "../until-told.js";
import { wholeNumber } from "./arguments.js";

interface Options {
  follow?: true;
  tail?: number;
  lab?: string;
}

/** As journalctl(1): following begins with the last ten lines. */
const FOLLOW_FROM = 10;

export function addLogs(program: Command, { terminal, exit }: CliContext): void {
  program
    .command("logs")
    .description("show the journals of all nodes or of one: pacemaker, corosync, resource agents, system")
    .argument("[node]", "the node; all of them unless told")
    .option("-f, --follow", "go on with what comes, until Ctrl-C")
    .option("-n, --tail <lines>", "only the last lines; all of them unless told, the last ten with --follow", wholeNumber)
    .option("--lab <name>", "the lab; may be left out when there is only one")
    .action(async (name: string | undefined, { follow, tail = follow ? FOLLOW_FROM : undefined, lab: labName }: Options) => {
      const lab = await openLab(labName, { toChange: false, ask: terminal.ask });
      const nodes = nodesOf(lab, name);
      const lines = entryLines(
        nodes.map((node) => node.name),
        terminal.style,
      );
      const tell = (entry: JournalEntry) => {
        for (const line of lines(entry)) terminal.result(line);
      };
      const past = await readPast(nodes, tail ?? null, terminal);
      // Of several nodes' last lines, the last ones.
      for (const entry of past.slice(tail === undefined ? 0 : -tail)) tell(entry);
      if (follow && (await followAll(nodes, past, tell, terminal)) === "told") exit(EXIT.interrupted);
    });
}

function nodesOf({ nodes, name: lab }: Lab, name: string | undefined): ClusterNode[] {
  const found = nodes.filter((node) => name === undefined || node.name === name);
  if (found.length > 0) return found;
  const known = nodes.map((node) => node.name);
  throw new HachaosError("unknown-name", `there is no node ${name ?? ""} in the lab ${lab}`, { hint: suggestName(name ?? "", known) });
}

/** Reading all of a journal of some days takes seconds. */
const READ_WITHIN_MS = 60_000;

/** What the nodes' journals hold, merged by time. A node without power says nothing. */
async function readPast(nodes: readonly ClusterNode[], tail: number | null, terminal: Terminal): Promise<JournalEntry[]> {
  const entries = await Promise.all(
    nodes.map(async (node) => {
      const isOn = await node.isOn();
      if (!isOn) terminal.progress(`${node.name} is not read: it is off`);
      const stdout = isOn ? await journalOf(node, tail, terminal) : "";
      return stdout.split("\n").flatMap((line) => (line === "" ? [] : [readEntry(node.name, JSON.parse(line))]));
    }),
  );
  return entries.flat().sort((a, b) => a.atUs - b.atUs);
}

async function journalOf(node: ClusterNode, tail: number | null, terminal: Terminal): Promise<string> {
  return node.exec(journalctl({ follow: false, after: null, tail }), { timeoutMs: READ_WITHIN_MS }).then(
    ({ stdout }) => stdout,
    (error: unknown) => {
      terminal.progress(`${node.name} is not read: ${messageOf(error)}`);
      return "";
    },
  );
}

/** Follows until Ctrl-C, until nobody reads any more, or until the lab is gone. */
async function followAll(
  nodes: readonly ClusterNode[],
  past: readonly JournalEntry[],
  tell: (entry: JournalEntry) => void,
  terminal: Terminal,
): Promise<"told" | "over"> {
  const merged = inOrder(tell);
  try {
    return await untilTold((signal) =>
      Promise.all(
        nodes.map((node) =>
          followJournal({
            ...{ node, signal, onEntry: merged.add, onNews: terminal.progress },
            after: past.findLast((entry) => entry.node === node.name)?.cursor ?? null,
          }),
        ),
      ),
    );
  } finally {
    merged.end();
  }
}
