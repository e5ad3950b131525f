import type { Style, Terminal } from "../terminal/terminal.js";
import type { JournalEntry } from "./journal-entry.js";

/** Nodes are told apart by colour; beyond so many they share them. */
const COLOURS: Style[] = ["cyan", "magenta", "green", "blue"];
/** LOG_ERR and LOG_WARNING of syslog(3). */
const [ERROR, WARNING] = [3, 4];

/** How entries of these nodes are written: `vm-node1 | Nov 23 04:00:09.159526 pacemaker-controld[209]: ...`, in the nodes' time (UTC). */
export function entryLines(nodes: readonly string[], paint: Terminal["style"]): (entry: JournalEntry) => string[] {
  const width = Math.max(...nodes.map((node) => node.length));
  return ({ node, atUs, source, priority, message }) => {
    const colour = COLOURS[nodes.indexOf(node) % COLOURS.length] ?? "cyan";
    const before = `${paint(colour, `${node.padEnd(width)} |`)} ${paint("dim", timeOf(atUs))} ${source}: `;
    return message
      .trim()
      .split("\n")
      .map((text) => before + painted(harmless(text), priority, paint));
  };
}

function painted(text: string, priority: number, paint: Terminal["style"]): string {
  if (priority <= ERROR) return paint("red", text);
  return priority === WARNING ? paint("yellow", text) : text;
}

/** As `journalctl --output=short-precise` writes it. */
function timeOf(atUs: number): string {
  const [day = "", month = ""] = new Date(atUs / 1000).toUTCString().slice(5, 11).split(" ");
  const micros = String(Math.floor(atUs % 1_000_000)).padStart(6, "0");
  return `${month} ${day} ${new Date(atUs / 1000).toISOString().slice(11, 19)}.${micros}`;
}

/** What a node logs must not steer our terminal. */
function harmless(text: string): string {
  return text.replace(/\t/g, "  ").replace(/[\u0000-\u001f\u007f-\u009f]/g, "\u{FFFD}");
}
