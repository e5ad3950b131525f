import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { liftOnlyLab } from "./lift-only-lab.js";

function logsOf(...labs: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "hachaos-logs-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const nodes = join(folder, "nodes");
  for (const lab of labs) {
    mkdirSync(join(nodes, lab, "vm-node1"), { recursive: true });
    writeFileSync(join(nodes, lab, "vm-node1", "pacemaker.log"), lab);
  }
  return nodes;
}

const files = (nodes: string) => readdirSync(nodes, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".log"));

test("the nodes of a run's one lab lie right under nodes, also when one has the lab's name", () => {
  for (const lab of ["failover-ab12", "vm-node1"]) {
    const nodes = logsOf(lab);
    liftOnlyLab(nodes, [lab]);
    expect(files(nodes)).toEqual(["vm-node1/pacemaker.log"]);
  }
});

test("several labs keep a folder each, also when only one of them left logs", () => {
  const nodes = logsOf("one");
  liftOnlyLab(nodes, ["one", "two"]);
  expect(files(nodes)).toEqual(["one/vm-node1/pacemaker.log"]);
});

test("a lab without logs is no matter", () => {
  const nodes = logsOf();
  expect(() => {
    liftOnlyLab(nodes, ["one"]);
    liftOnlyLab(nodes, []);
  }).not.toThrow();
});
