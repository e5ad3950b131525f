import { diffArrays } from "diff";
import type { Results } from "./results.js";

export interface Changed {
  what: string;
  from: string;
  to: string;
}

/** What is told of a changed file at most; the files themselves are in the histories. */
const LINES = 12;
const ABSENT = "-";

/**
 * What may explain a difference between two runs, apart from chance: whatever they were run with and on. Seed, argument list, load and
 * times are no part of it. Empty: the two agree in all that is recorded.
 */
export function differencesBetween(from: Results["run"], to: Results["run"]): Changed[] {
  return [
    ...differing("provider", from.provider, to.provider),
    ...differing("bonding", from.bonding, to.bonding),
    ...differing("image", from.image, to.image),
    ...differing("cells", from.cells, to.cells),
    ...keys(from.versions, to.versions).flatMap((name) => differing(name, from.versions[name], to.versions[name])),
    ...keys(from.mechanisms, to.mechanisms).flatMap((name) => differing(name, from.mechanisms[name], to.mechanisms[name])),
    ...["cpus", "memoryMb", "node"].flatMap((name) => differing(`host ${name}`, from.host[name], to.host[name])),
    ...configuration(from.configuration, to.configuration),
  ];
}

function configuration(from: Results["run"]["configuration"], to: Results["run"]["configuration"]): Changed[] {
  const told = (texts: typeof from) => (texts === undefined ? "not recorded; hachaos judge reads it from the history" : "recorded");
  if (from === undefined || to === undefined) return from === to ? [] : [{ what: "configuration", from: told(from), to: told(to) }];
  return keys(from, to).flatMap((file) => changedLines(file, from[file], to[file]));
}

/** A text of which the two have different versions, by the lines that are in one alone. */
export function changedLines(file: string, from: string | undefined, to: string | undefined): Changed[] {
  // A suite that only one of the two ran is no change of its configuration.
  if (from === undefined || to === undefined || from === to) return [];
  const parts = diffArrays(from.split("\n"), to.split("\n"));
  const lines = (side: "added" | "removed") => parts.filter((part) => part[side]).flatMap((part) => part.value.map((line) => line.trim()));
  const shown = (all: string[]) => {
    const some = all.filter((line) => line !== "");
    if (some.length === 0) return ABSENT;
    return some.length <= LINES ? some.join("; ") : `${some.slice(0, LINES).join("; ")}; and ${String(some.length - LINES)} lines more`;
  };
  return [{ what: file, from: shown(lines("removed")), to: shown(lines("added")) }];
}

function differing(what: string, from: string | number | undefined, to: string | number | undefined): Changed[] {
  return from === to ? [] : [{ what, from: String(from ?? ABSENT), to: String(to ?? ABSENT) }];
}

function keys(a: Record<string, unknown>, b: Record<string, unknown>): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
}
