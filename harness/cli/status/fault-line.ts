import type { FaultInForce } from "../../lab/lab.js";
import { milliseconds } from "../format/milliseconds.js";

/** A fault in force as a row: its name in the journal, where, with what parameters, since when. */
export function faultRow({ id, nodes, params, since }: FaultInForce, now: number): string[] {
  const words = Object.entries(params).map(([name, value]) => `${name}=${String(value)}`);
  return [id, [...nodes, ...words].join(" "), `for ${milliseconds(Math.max(0, now - Date.parse(since)))}`];
}
