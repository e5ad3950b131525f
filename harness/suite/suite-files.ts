import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { checkerIds } from "../check/registry.js";
import type { ClusterDefinition } from "../cluster/definition.js";
import { DEFINITION_FILE, loadDefinition } from "../cluster/load-definition.js";
import { FAULTS } from "../fault/registry.js";
import { HachaosError } from "../kernel/errors.js";
import { providerOf } from "../lab/providers.js";
import { scenariosOf } from "../run/scenario.js";
import { suiteFolders } from "./suite-folders.js";

/** The suite file of folders without one of their own: what it runs, the definition says. */
export const STANDARD_SUITE = fileURLToPath(new URL("standard.suite.js", import.meta.url));

/** A file with tests and the cluster they are for. */
export interface SuiteFile {
  folder: string;
  file: string;
  definition: ClusterDefinition;
}

export interface SuitesRequest {
  /** Folders with a cluster.yaml, or with such folders. */
  suites: readonly string[];
  provider: string;
  /** Debian releases: each suite is there once for each of them, instead of for its definition's own. */
  releases?: readonly string[];
}

/** The test files of suites, every definition checked: bad input throws. */
export async function suiteFiles({ suites, provider, releases }: SuitesRequest): Promise<SuiteFile[]> {
  providerOf(provider);
  const folders = (await Promise.all(suites.map(suiteFolders))).flat();
  const found: SuiteFile[] = [];
  for (const suite of folders) {
    // By the name that was typed, which is the one messages should have.
    const folder = resolve(suite);
    for (const release of releases ?? [undefined]) {
      const definition = await loadDefinition(suite, { faultKinds: Object.keys(FAULTS), checkerIds, ...(release && { release }) });
      for (const file of await filesIn(suite, definition)) found.push({ folder, file: resolve(file), definition });
    }
  }
  return found;
}

/** The folder's own suite files, else the standard one, which runs the tests of the definition. */
async function filesIn(folder: string, definition: ClusterDefinition): Promise<string[]> {
  const own = (await readdir(folder)).filter((name) => name.endsWith(".suite.ts")).sort();
  const [first] = own;
  if (first === undefined) {
    // A fault's parameters are known to the fault alone: it refuses wrong ones.
    scenariosOf(definition);
    return [STANDARD_SUITE];
  }
  if (definition.tests === undefined) return own.map((name) => join(folder, name));
  throw new HachaosError("definition-invalid", `${folder} has tests in ${DEFINITION_FILE} and in ${first}`, {
    hint: "keep them in one of the two",
  });
}
