import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { definitionKeyTable } from "./definition-keys.js";

const PAGE = "docs/definition.md";
const TABLE = /<!-- keys -->[^]*<!-- \/keys -->/;
// Prettier would pad the columns to the longest text.
const table = () => `<!-- keys -->\n\n<!-- prettier-ignore -->\n${definitionKeyTable()}\n\n<!-- /keys -->`;

describe("docs/definition.md", () => {
  it("holds the schema's table of keys (UPDATE_DOCS=1 writes it)", async () => {
    const page = await readFile(PAGE, "utf8");
    expect(page).toMatch(TABLE);
    const expected = page.replace(TABLE, table);
    if (process.env["UPDATE_DOCS"] !== undefined) await writeFile(PAGE, expected);
    else expect(page).toBe(expected);
  });
});

describe("definitionKeyTable", () => {
  it("says of every key what it is", () => {
    const rows = definitionKeyTable().split("\n").slice(2);
    expect(rows).toContain("| `bonds.<name>.miimon` | duration | 100ms | How often the carrier is looked at. For example `100ms` |");
    expect(rows).toContain("| `files[].file` | text | **needed** | Name beside cluster.yaml. For example `apache/cluster.conf` |");
    for (const row of rows) expect(row).toMatch(/^\| `[^`]+` \| [^|]+ \| [^|]+ \| \S.+ \|$/);
  });
});
