import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { checkerIds } from "../check/registry.js";
import { loadDefinition } from "../cluster/load-definition.js";
import { FAULTS } from "../fault/registry.js";
import { scenariosOf } from "../run/scenario.js";
import { changes, mutantTable, type Mutant } from "./mutant-table.js";
import { suiteFolders } from "./suite-folders.js";

const PAGE = "docs/mutants.md";
const TABLE = /<!-- mutants -->[^]*<!-- \/mutants -->/;
const OPTIONS = { faultKinds: Object.keys(FAULTS), checkerIds };

const original = await loadDefinition("suites/failover", OPTIONS);
const folders = await suiteFolders("suites/mutants");
const mutants: Mutant[] = await Promise.all(
  folders.map(async (folder) => ({ folder: basename(folder), definition: await loadDefinition(folder, OPTIONS) })),
);

it("docs/mutants.md holds the table of mutants and catchers (UPDATE_DOCS=1 writes it)", async () => {
  const page = await readFile(PAGE, "utf8");
  expect(page).toMatch(TABLE);
  // Prettier would pad the columns to the longest text.
  const table = () => `<!-- mutants -->\n\n<!-- prettier-ignore -->\n${mutantTable(original, mutants)}\n\n<!-- /mutants -->`;
  const expected = page.replace(TABLE, table);
  if (process.env["UPDATE_DOCS"] !== undefined) await writeFile(PAGE, expected);
  else expect(page).toBe(expected);
});

it("there are at least twelve", () => {
  expect(mutants.length).toBeGreaterThanOrEqual(12);
});

describe.each(mutants.map((mutant) => [mutant.folder, mutant] as const))("%s", (_folder, { definition }) => {
  it("names one test, the checker that must catch it there, and for what reason", () => {
    const tests = scenariosOf(definition).map((scenario) => scenario.name);
    expect(definition.expected.map((expected) => expected.test)).toEqual(tests);
    expect(tests).toHaveLength(1);
    for (const { caughtBy, because, violates } of definition.expected) {
      expect(violates).toContain(caughtBy);
      expect(because).toMatch(/^[a-z]+(-[a-z]+)*$/);
    }
  });

  it("is the maquette but for one thing", () => {
    expect(changes(original, definition)).not.toEqual([]);
    const { bonds, corosync, pacemaker } = definition;
    const { nodes, networks, service, files, promises, release, packages } = definition;
    expect(original).toMatchObject({ nodes, networks, service, files, promises, release, packages });
    const changed = [
      bonds.some((bond, index) => JSON.stringify(bond) !== JSON.stringify(original.bonds[index])),
      corosync.content !== original.corosync.content,
      pacemaker.content !== original.pacemaker.content,
    ];
    expect(changed.filter(Boolean)).toHaveLength(1);
  });
});
