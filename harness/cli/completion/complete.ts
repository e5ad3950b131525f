import { withLimit } from "../../kernel/with-limit.js";
import { candidatesFor, type Candidates, type Sources } from "./candidates.js";
import type { engineSources } from "./engine-sources.js";
import { folderSources } from "./folder-sources.js";
import { loadTree } from "./load-tree.js";

/** Somebody has pressed a key and waits. */
const ANSWER_WITHIN_MS = 1_000;

/** What the shells' scripts ask: candidates for the last word, a line each, its meaning behind a tab. Whatever goes wrong, there are none. */
export async function complete(words: readonly string[]): Promise<string> {
  try {
    return linesOf(await candidatesFor(await loadTree(), words, sources()));
  } catch {
    return "";
  }
}

function linesOf(candidates: Candidates): string {
  if (candidates === "files") return ":files\n";
  return candidates.map(({ value, description }) => `${value}${description ? `\t${description}` : ""}\n`).join("");
}

/** The engine's client takes 0.4 s to load: only where it is asked something. One that is not there, or does not answer, knows nothing. */
function sources(): Sources {
  const ask = async <T>(question: (engine: ReturnType<typeof engineSources>) => Promise<T[]>): Promise<T[]> => {
    const { engineSources } = await import("./engine-sources.js");
    return withLimit(question(engineSources()), ANSWER_WITHIN_MS).catch(() => []);
  };
  return {
    ...folderSources,
    labs: () => ask((engine) => engine.labs()),
    hosts: (lab) => ask((engine) => engine.hosts(lab)),
    nics: (lab) => ask((engine) => engine.nics(lab)),
    faultsInForce: (lab) => ask((engine) => engine.faultsInForce(lab)),
  };
}
