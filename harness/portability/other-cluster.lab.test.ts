import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { results as resultsSchema, type Results } from "../check/results.js";
import { loadDefinition } from "../cluster/load-definition.js";
import { connectEngine } from "../lab/engine.js";
import { ensureImage } from "../lab/image/ensure-image.js";
import { startCli } from "../robustness/testing/cli-process.js";
import { expectExit } from "../robustness/testing/sandbox.js";

/** A cluster with other names, addresses and networks, nginx and one resource more, judged by the checkers that judge the maquette. */
const FIXTURE = fileURLToPath(new URL("fixture", import.meta.url));
const PROMISES = ["home", "team", "crash", "power", "owner"];
const folder = mkdtempSync(join(tmpdir(), "hachaos-other-"));

beforeAll(async () => {
  // Its packages make an image of its own, which is not what is timed and judged here.
  await ensureImage(await connectEngine(), await loadDefinition(FIXTURE));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

it("keeps its promises, each judged under its own id", async () => {
  const scenarios = `quiet("calm", 5_000), fault("kill", "apache-kill"), fault("power", "node-power-off")`;
  const { tests, run } = await hachaosRun("kept", scenarios, 0);
  expect(tests.map(({ name, verdict }) => [name, verdict])).toEqual([
    ["calm", "pass"],
    ["kill", "pass"],
    ["power", "pass"],
  ]);
  const trials = tests.flatMap((test) => test.trials);
  expect(trials.map(({ servedBefore, servedAfter, proven }) => [servedBefore, servedAfter, proven])).toEqual([
    ["alpha", "alpha", true],
    ["alpha", "beta", true],
    ["alpha", "beta", true],
  ]);
  expect(trials.map(judged)).toEqual([
    ["pass", "pass", "skipped", "skipped", "pass"],
    ["pass", "pass", "pass", "skipped", "pass"],
    ["pass", "pass", "skipped", "pass", "pass"],
  ]);
  expect(run.versions).toHaveProperty("nginx");
  const page = readFileSync(join(folder, "kept-reports/latest/index.html"), "utf8");
  for (const word of ["alpha", "beta", "172.31.9.50", "nginx killed", "audit"]) expect(page).toContain(word);
});

it("fails the promise that a resource is together with the others when nothing binds it", async () => {
  const { tests } = await hachaosRun("apart", `quiet("calm", 2_000)`, 1, [
    /^group site web-ip web audit$/m,
    "group site web-ip web\nlocation audit-elsewhere audit 100: beta",
  ]);
  const [trial] = tests.flatMap((test) => test.trials);
  expect(trial?.constraints.filter(({ verdict }) => verdict === "fail")).toEqual([
    expect.objectContaining({ id: "team", reason: "no-colocation" }),
  ]);
  expect(trial && judged(trial)).toEqual(["pass", "fail", "skipped", "skipped", "pass"]);
});

/** The verdicts of the promises, in their order. */
function judged({ constraints }: Results["tests"][number]["trials"][number]): (string | undefined)[] {
  return PROMISES.map((id) => constraints.find((constraint) => constraint.id === id)?.verdict);
}

/** Runs a copy of the fixture with these scenarios (TypeScript) through the built command line. */
async function hachaosRun(name: string, scenarios: string, exitCode: number, change?: [RegExp, string]): Promise<Results> {
  const suite = join(folder, name);
  cpSync(FIXTURE, suite, { recursive: true });
  if (change !== undefined) replace(join(suite, "pacemaker.crm"), ...change);
  writeFileSync(
    join(suite, "short.suite.ts"),
    `import { fault, quiet, suite } from "hachaos";\nvoid fault;\nsuite(import.meta.url, [${scenarios}]);\n`,
  );
  const reports = join(folder, `${name}-reports`);
  expectExit(await startCli(["run", suite, "--report-dir", reports, "--cells", "1"], { cwd: folder, env: {} }).ended, exitCode);
  return resultsSchema.parse(JSON.parse(readFileSync(join(reports, "latest/results.json"), "utf8")));
}

function replace(file: string, what: RegExp, by: string): void {
  const text = readFileSync(file, "utf8");
  expect(text).toMatch(what);
  writeFileSync(file, text.replace(what, by));
}
