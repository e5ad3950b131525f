import type { JournalEntry } from "../../lab/lab.js";
import { milliseconds } from "../format/milliseconds.js";

/** A fault in force as a row: its name in the journal, where, with what parameters, since when and until when. */
export function faultRow({ id, nodes, params, leaseS, leftS, dirty }: JournalEntry): string[] {
  const words = Object.entries(params).map(([name, value]) => `${name}=${String(value)}`);
  const ending = leftS > 0 ? `undoes itself in ${milliseconds(leftS * 1000)}` : "undoes itself now";
  const until = dirty === null ? ending : `not proven to be undone: ${dirty}`;
  return [id, [...nodes, ...words].join(" "), `for ${milliseconds(Math.max(0, leaseS - leftS) * 1000)}, ${until}`];
}
