import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { sampleDefinition } from "../../history/testing/sample-definition.js";
import { fakeProvider } from "../../lab/fake/fake-provider.js";
import type { Lab } from "../../lab/lab.js";
import { consolePage } from "./console-page.js";
import { transcriptLines } from "./transcript-lines.js";

let lab: Lab;
beforeAll(async () => {
  lab = await fakeProvider.start({ name: "lab", definition: sampleDefinition(), folder: ".", keep: true, onStep: () => undefined });
});

describe("the console's page", () => {
  it("runs its own script and styles alone, and asks nobody but its own server", () => {
    const { html, policy } = consolePage(lab, { locked: false });
    const hashes = (tag: string) =>
      [...html.matchAll(new RegExp(`<${tag}>([^]*?)</${tag}>`, "g"))].map(
        ([, text = ""]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`,
      );
    expect(hashes("style")).toHaveLength(3);
    expect(policy).toContain(`style-src ${hashes("style").join(" ")};`);
    expect(policy).toContain(`script-src ${hashes("script").join(" ")};`);
    expect(policy).toContain("connect-src 'self';");
    expect(html).not.toMatch(/\s(src|href)="(?!data:|#)/);
    expect(html).not.toMatch(/\sstyle="|\son[a-z]+="/);
  });

  it("has a button for every part that is drawn", () => {
    const { html } = consolePage(lab, { locked: false });
    for (const name of ["vm-node1", "vm-node2", "gateway", "apache2 of vm-node1", "Cable of eth0 of vm-node1", "Cable of eth3 of vm-node2"])
      expect(html).toContain(`role="button" tabindex="0" aria-label="${name}"`);
    expect(html.match(/class="part /g)).toHaveLength(2 + 2 + 1 + 8);
  });
});

it("keeps text from the lab text", () => {
  const line = transcriptLines([{ seq: 1, atMs: 0, kind: "error", who: "<b>", text: `<img src=x onerror="alert(1)">` }]).markup;
  expect(line).not.toMatch(/<img|<b>/);
});
