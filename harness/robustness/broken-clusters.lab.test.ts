import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { results } from "../check/results.js";
import { packageRoot } from "../kernel/package-root.js";
import { expectExit } from "./testing/sandbox.js";
import { startCli } from "./testing/cli-process.js";

/**
 * For each constraint the cluster that breaks it, on real daemons: one line less in the suite's own files, and the
 * command line must say which constraint it was.
 */
const folder = mkdtempSync(join(tmpdir(), "hachaos-broken-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Broken {
  name: string;
  from: string;
  /** Text to take out of one of the suite's files. */
  file: string;
  without: RegExp;
  scenarios: string;
  constraint: string;
  reason: string;
}

const KILL = `fault("apache-kill", "apache-kill")`;
const BROKEN: Broken[] = [
  {
    name: "no-location",
    from: "failover",
    file: "pacemaker.crm",
    without: /^location vip-prefers-node1 .*\n/m,
    scenarios: KILL,
    constraint: "C1",
    reason: "no-location",
  },
  {
    name: "no-colocation",
    from: "failover",
    file: "pacemaker.crm",
    without: /^colocation .*\n/m,
    scenarios: `quiet("baseline", 2_000)`,
    constraint: "C2",
    reason: "no-colocation",
  },
  {
    name: "no-migration-threshold",
    from: "failover",
    file: "pacemaker.crm",
    without: / \\\n +meta migration-threshold=1/,
    scenarios: KILL,
    constraint: "C3",
    reason: "restarted-in-place",
  },
  {
    name: "no-gateway-rule",
    from: "failover",
    file: "pacemaker.crm",
    without: /^location vip-needs-gateway .*\n/m,
    scenarios: `fault("gateway-blackhole", "gateway-blackhole")`,
    constraint: "C4",
    reason: "no-gateway-rule",
  },
  {
    name: "violation-not-expected",
    from: "article",
    file: "cluster.yaml",
    without: /^expected:[^]*/m,
    scenarios: KILL,
    constraint: "C3",
    reason: "no-recurring-monitor",
  },
];

// Each spends most of its time waiting for daemons; more than two side by side would slow one another down.
describe.each([BROKEN.slice(0, 2), BROKEN.slice(2, 4), BROKEN.slice(4)])("broken clusters", (...pair) => {
  it.concurrent.each(pair)("$name: $constraint is violated, exit 1", async (broken) => {
    const suite = breakSuite(broken);
    const reports = join(folder, `${broken.name}-reports`);
    const ended = await startCli(["run", suite, "--report-dir", reports], { cwd: folder, env: {} }).ended;
    expectExit(ended, 1);
    const stored = results.parse(JSON.parse(readFileSync(join(reports, "latest", "results.json"), "utf8")));
    const constraints = stored.tests.flatMap((test) => test.trials.flatMap((trial) => trial.constraints));
    const violated = constraints.filter((constraint) => constraint.verdict === "fail");
    expect(violated, ended.stdout).toContainEqual(expect.objectContaining({ id: broken.constraint, reason: broken.reason }));
  });
});

function breakSuite({ name, from, file, without, scenarios }: Broken): string {
  const suite = join(folder, name);
  cpSync(join(packageRoot(), "suites", from), suite, { recursive: true });
  for (const own of readdirSync(suite)) if (own.endsWith(".suite.ts")) rmSync(join(suite, own));
  writeFileSync(
    join(suite, `${name}.suite.ts`),
    `import { fault, quiet, suite } from "hachaos";\nsuite(import.meta.url, [${scenarios}]);\n`,
  );
  const text = readFileSync(join(suite, file), "utf8");
  const changed = text.replace(without, "");
  expect(changed, `${file} has nothing like ${String(without)}`).not.toBe(text);
  writeFileSync(join(suite, file), changed);
  return suite;
}
