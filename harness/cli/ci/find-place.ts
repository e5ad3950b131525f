import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { DEFINITION_FILE } from "../../cluster/load-definition.js";
import type { Place } from "../../report/formats/annotations.js";

/**
 * Where a test is written: the line of the suite's own file that names it, else the line of cluster.yaml with the promise that broke, else
 * its first line. Null when that file is not below `workspace`, or is not there: a stored run may come from another machine.
 */
export function findPlace(workspace: string, suite: string, test: string | null, promise: string | null): Place | null {
  const folder = resolve(suite);
  const named = test === null ? null : inSuiteFiles(folder, test);
  const definition = join(folder, DEFINITION_FILE);
  const place = named ?? (existsSync(definition) ? { file: definition, line: lineWith(definition, promiseKey(promise)) ?? 1 } : null);
  if (place === null) return null;
  const file = relative(resolve(workspace), place.file);
  return file.startsWith("..") ? null : { ...place, file };
}

function inSuiteFiles(folder: string, test: string): Place | null {
  if (!existsSync(folder)) return null;
  for (const name of readdirSync(folder)
    .filter((entry) => entry.endsWith(".suite.ts"))
    .sort()) {
    const file = join(folder, name);
    const line = lineWith(file, (text) => ['"', "'", "`"].some((quote) => text.includes(`${quote}${test}${quote}`)));
    if (line !== null) return { file, line };
  }
  return null;
}

/** In cluster.yaml a promise is a key: `C3: { survives: ... }`. */
function promiseKey(promise: string | null): (text: string) => boolean {
  return (text) => promise !== null && text.trimStart().startsWith(`${promise}:`);
}

function lineWith(file: string, wanted: (text: string) => boolean): number | null {
  const index = readFileSync(file, "utf8").split("\n").findIndex(wanted);
  return index < 0 ? null : index + 1;
}
