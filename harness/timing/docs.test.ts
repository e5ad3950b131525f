import { readFile, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { adviceTable } from "./advice/advice-table.js";
import { ADVICE_RULES } from "./advice/registry.js";
import { phaseTable } from "./phase-table.js";

const PAGE = "docs/timing.md";

// Prettier would pad the columns to the longest text.
const block = (name: string, table: string) => `<!-- ${name} -->\n\n<!-- prettier-ignore -->\n${table}\n\n<!-- /${name} -->`;

test.each([
  ["phases", phaseTable()],
  ["advice", adviceTable(ADVICE_RULES)],
])("docs/timing.md holds the table of %s (UPDATE_DOCS=1 writes it)", async (name, table) => {
  const place = new RegExp(`<!-- ${name} -->[^]*<!-- /${name} -->`);
  const page = await readFile(PAGE, "utf8");
  expect(page).toMatch(place);
  const expected = page.replace(place, () => block(name, table));
  if (process.env["UPDATE_DOCS"] !== undefined) await writeFile(PAGE, expected);
  else expect(page).toBe(expected);
});
