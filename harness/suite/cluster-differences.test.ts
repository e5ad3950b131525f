import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ClusterDefinition } from "../cluster/definition.js";
import { loadDefinition } from "../cluster/load-definition.js";
import { packageRoot } from "../kernel/package-root.js";
import { clusterDifferences } from "./cluster-differences.js";

const suite = (name: string) => loadDefinition(join(packageRoot(), "suites", name));
/** As a lab keeps it. */
const kept = (definition: ClusterDefinition) => JSON.parse(JSON.stringify(definition)) as ClusterDefinition;

describe("a suite's cluster against a lab's", () => {
  test("is the same, whatever the suite is called, tests and expects", async () => {
    const definition = await suite("failover");
    const expected = [{ test: "x", violates: ["C3"], because: null, why: "" }];
    const other = { ...definition, name: "other", tests: [{ name: "x", fault: null }], expected };
    expect(clusterDifferences(kept(definition), definition)).toEqual([]);
    expect(clusterDifferences(kept(definition), other)).toEqual([]);
  });

  test("differs in what a native file says, not in how it is commented", async () => {
    const lab = await suite("failover");
    const withText = (content: string) => ({ ...lab, pacemaker: { ...lab.pacemaker, content } });
    expect(clusterDifferences(kept(lab), withText(`# Typed by hand.\n${lab.pacemaker.content}`))).toEqual([]);
    const slower = withText(lab.pacemaker.content.replace("interval=10s", "interval=30s"));
    expect(clusterDifferences(kept(lab), slower)).toMatchObject([
      {
        what: "pacemaker.crm",
        from: expect.stringContaining("interval=10s") as string,
        to: expect.stringContaining("interval=30s") as string,
      },
    ]);
  });

  test("differs in what cluster.yaml says of wires and promises", async () => {
    const lab = await suite("failover");
    const bonds = lab.bonds.map((bond) => ({ ...bond, mode: "balance-rr" }));
    expect(clusterDifferences(kept(lab), { ...lab, bonds })).toMatchObject([
      { what: "cluster.yaml", to: expect.stringContaining("mode: balance-rr") as string },
    ]);
    expect(clusterDifferences(kept(lab), { ...lab, promises: [] })).toMatchObject([{ what: "cluster.yaml" }]);
  });

  test("differs in a file that only one of them has", async () => {
    const lab = await suite("failover");
    const files = [...lab.files, { path: "motd", to: "/etc/motd", content: "hello\n" }];
    expect(clusterDifferences(kept(lab), { ...lab, files })).toEqual([{ what: "/etc/motd", from: "-", to: "hello" }]);
  });
});
