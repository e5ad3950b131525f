import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { results } from "../check/results.js";
import { packageRoot } from "../kernel/package-root.js";
import { startCli } from "./testing/cli-process.js";
import { expectExit } from "./testing/sandbox.js";

/** On real daemons: a violation that nobody declared fails the run, and so does one that was declared and is not there. */
const folder = mkdtempSync(join(tmpdir(), "hachaos-expectations-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("expected violations", () => {
  it.concurrent("one that is not declared: exit 1, with its constraint and reason", async () => {
    const suite = copySuite("article");
    rmSync(join(suite, "article.suite.ts"));
    const text = readFileSync(join(suite, "cluster.yaml"), "utf8");
    const undeclared = text.replace(/^expected:[^]*/m, "tests: [{ name: apache-kill, fault: apache-kill }]\n");
    expect(undeclared).not.toBe(text);
    writeFileSync(join(suite, "cluster.yaml"), undeclared);
    expect(await violatedBy(suite)).toContainEqual(expect.objectContaining({ id: "C3", reason: "no-recurring-monitor" }));
  });

  it.concurrent("a mutant without its mutation survives: exit 1, and every violation it declares is missed", async () => {
    copySuite("failover");
    const mutant = copySuite("mutants/location-elsewhere");
    // Now the file of suites/failover is taken.
    rmSync(join(mutant, "pacemaker.crm"));
    const violated = await violatedBy(mutant);
    expect(violated.map(({ id, reason }) => [id, reason])).toEqual([
      ["C1", "expected-violation-not-found"],
      ["healed-clean", "expected-violation-not-found"],
    ]);
  });
});

function copySuite(name: string): string {
  cpSync(join(packageRoot(), "suites", name), join(folder, name), { recursive: true });
  return join(folder, name);
}

/** Runs a suite that must fail, and returns what was violated in its one test. */
async function violatedBy(suite: string) {
  const reports = `${suite}-reports`;
  const ended = await startCli(["run", suite, "--report-dir", reports], { cwd: folder, env: {} }).ended;
  expectExit(ended, 1);
  const stored = results.parse(JSON.parse(readFileSync(join(reports, "latest", "results.json"), "utf8")));
  const constraints = stored.tests.flatMap((test) => test.trials.flatMap((trial) => trial.constraints));
  return constraints.filter((constraint) => constraint.verdict === "fail");
}
