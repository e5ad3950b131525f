import { readFile, writeFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { z } from "zod";
import { defineFault, NOTHING_TO_UNDO, type Fault } from "./fault.js";
import { faultTable } from "./fault-table.js";
import { FAULTS } from "./registry.js";

const PAGE = "docs/fault.md";
const TABLE = /<!-- faults -->[^]*<!-- \/faults -->/;
// Prettier would pad the columns to the longest text.
const table = () => `<!-- faults -->\n\n<!-- prettier-ignore -->\n${faultTable(Object.values(FAULTS))}\n\n<!-- /faults -->`;

it("docs/fault.md holds the registry's table of faults (UPDATE_DOCS=1 writes it)", async () => {
  const page = await readFile(PAGE, "utf8");
  expect(page).toMatch(TABLE);
  const expected = page.replace(TABLE, table);
  if (process.env["UPDATE_DOCS"] !== undefined) await writeFile(PAGE, expected);
  else expect(page).toBe(expected);
});

it("docs/fault.md shows a fault as it is (UPDATE_DOCS=1 writes it)", async () => {
  const file = "harness/fault/address-delete.ts";
  const code = await readFile(file, "utf8");
  const example = `<!-- example -->\n\n\`\`\`ts\n// ${file}\n${code}\`\`\`\n\n<!-- /example -->`;
  const page = await readFile(PAGE, "utf8");
  const expected = page.replace(/<!-- example -->[^]*<!-- \/example -->/, () => example);
  if (process.env["UPDATE_DOCS"] !== undefined) await writeFile(PAGE, expected);
  else expect(page).toContain(example);
});

it("tells of each parameter what it is, its values and what happens without it", () => {
  const fault = defineFault({
    kind: "noise",
    title: "Noise",
    summary: "Something is noisy.",
    params: z.strictObject({
      nic: z.string().describe("NIC that is noisy"),
      how: z.enum(["loud", "soft"]).default("soft").describe("how noisy"),
      seconds: z.int().optional().describe("how long"),
    }),
    targets: "nodes",
    expects: "same",
    draw: () => ({ label: "", colour: "", nodes: [], nics: [], processes: [], gatewayFrom: [] }),
    inject: () => Promise.reject(new Error("not for real")),
    undo: () => NOTHING_TO_UNDO,
  }) as unknown as Fault;
  const row = faultTable([fault]).split("\n")[2];
  expect(row).toContain("| `noise` | Something is noisy. | nodes | ");
  expect(row).toContain("`nic`: NIC that is noisy; `string` (needed)<br>");
  expect(row).toContain("`how`: how noisy; `loud`, `soft` (default `soft`)<br>");
  expect(row).toContain("`seconds`: how long; `integer` (optional) | the same node |");
});

it("says it when a fault has no parameters", () => {
  expect(faultTable(Object.values(FAULTS))).toMatch(/^\| `node-power-off` \| .* \| nodes \| none \| the standby \|$/m);
});
