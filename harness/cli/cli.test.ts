import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import type { Results } from "../check/results.js";
import { around, runWith } from "../check/testing/run-with.js";
import { loadDefinition } from "../cluster/load-definition.js";
import { chooseLabs } from "./commands/down.js";
import { faultLines } from "./commands/faults.js";
import { chooseFaults } from "./commands/heal.js";
import { copySuite } from "./commands/init.js";
import { refuseDirty } from "../run/by-hand.js";
import { labLines } from "./commands/status.js";
import { treeOf } from "./completion/tree.js";
import type { LabSummary } from "../lab/labs.js";
import { gapText, milliseconds } from "./format/milliseconds.js";
import { table } from "./format/table.js";
import { outline } from "./outline.js";
import { createProgram, namesCommand } from "./program.js";
import { runCli } from "./run-cli.js";
import { decideLook } from "./terminal/terminal.js";
import { fakeTerminal } from "./testing/fake-terminal.js";
import { labName, spareName } from "./up/wanted-labs.js";

async function cli(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const fake = fakeTerminal();
  const code = await runCli(args, fake.terminal);
  return { code, out: fake.out(), err: fake.err() };
}

test("help goes to stdout with exit 0 and lists every command", async () => {
  const { code, out } = await cli("--help");
  expect(code).toBe(0);
  for (const name of [
    "run",
    "up",
    "status",
    "inject",
    "heal",
    "shell",
    "console",
    "logs",
    "down",
    "faults",
    "doctor",
    "image",
    "init",
    "report",
    "judge",
    "compare",
    "trend",
  ])
    expect(out).toMatch(new RegExp(`^  ${name} `, "m"));
});

test("help reads the same whether the commands were loaded for it or not", async () => {
  const { terminal } = fakeTerminal();
  const whole = await createProgram({ terminal, args: [], exit: () => undefined });
  const { command } = treeOf(whole, []);
  expect(outline(command, terminal).helpInformation()).toBe(whole.helpInformation());
  expect(namesCommand(["--help"])).toBe(false);
  expect(namesCommand(["help", "run"])).toBe(true);
});

test.each([
  [["rnu"], "Did you mean run?"],
  [["run", "--repaet", "2"], "Did you mean --repeat?"],
  [["run", "--repeat", "0"], "a whole number from 1 on is needed"],
  [["run", "--seed", "-1"], "a whole number from 0 to 4294967295 is needed"],
  [["run", "--shard", "4/3"], "a part and how many there are is needed, as 2/3"],
  [["run", "--shard", "0/3"], "a part and how many there are is needed, as 2/3"],
  [["run", "--shard", "1/3"], "--shard needs --seed"],
  [["run", "--durations", "latest"], "--durations says how to split a run"],
  [["run", "--provider", "clouds"], "Allowed choices are containers"],
  [["inject", "link-down", "--for", "10"], "a time is needed, as 90s, 10m or 2h"],
  [["console", "--port", "70000"], "a whole number from 0 to 65535 is needed"],
  [["up", "suites/failover", "suites/article", "--name", "both"], "--name is for one lab"],
  [["up", "suites/failover", "suites/../suites/failover"], "two labs would be called failover"],
  [["up", "--spare", "1", "--provider", "fake"], "the provider fake keeps no spares"],
  [["init"], "missing required argument 'folder'"],
  [["report", "--report-dir", "/nonexistent"], "run-not-found"],
  [["compare", "one"], "run-not-found"],
  [["run", "--baseline", "nightly", "--report-dir", "/nonexistent"], "run-not-found"],
  [["run", "--fail-on", "regression"], "--fail-on regression needs something to compare with"],
])("%j is a usage error: exit 2, on stderr", async (args, words) => {
  const { code, out, err } = await cli(...args);
  expect(code).toBe(2);
  expect(err).toContain(words);
  expect(out).toBe("");
});

test("the console refuses a secret that could be guessed, before it looks for a lab", async () => {
  vi.stubEnv("HACHAOS_CONSOLE_TOKEN", "secret");
  onTestFinished(() => void vi.unstubAllEnvs());
  const { code, err } = await cli("console");
  expect([code, err]).toEqual([2, expect.stringContaining("HACHAOS_CONSOLE_TOKEN is no token")]);
});

test("compare says what became slower, and fails on it only when told to", async () => {
  const reports = mkdtempSync(join(tmpdir(), "hachaos-compare-"));
  onTestFinished(() => rmSync(reports, { recursive: true }));
  const store = (id: string, results: Results) => {
    mkdirSync(join(reports, "runs", id), { recursive: true });
    writeFileSync(join(reports, "runs", id, "history.ndjson"), "");
    writeFileSync(join(reports, "runs", id, "results.json"), JSON.stringify(results));
  };
  store("fast", runWith(around(5_000, 10)));
  store("slow", runWith(around(7_000, 10)));
  const compare = (...args: string[]) => cli("compare", ...args, "--report-dir", reports);
  expect(await compare("fast", "slow")).toMatchObject({ code: 0, out: expect.stringMatching(/^slower +apache-kill +gap /m) as string });
  expect(await compare("fast", "slow", "--fail-on", "regression")).toMatchObject({ code: 5 });
  expect(await compare("slow", "fast", "--fail-on", "regression")).toMatchObject({ code: 0 });
  expect(await compare("fast", "fast", "--fail-on", "regression")).toMatchObject({ code: 0 });
});

test("an error has its code, message and hint", async () => {
  const { err } = await cli("down", "one", "--all");
  expect(err).toMatch(/^(error usage: either the names of labs or --all\nhint: |error engine-missing: )/);
});

test("init copies a suite without its suite files, name and nodelist, and does not overwrite", async () => {
  const parent = mkdtempSync(join(tmpdir(), "hachaos-init-"));
  onTestFinished(() => rmSync(parent, { recursive: true }));
  const folder = join(parent, "mine");
  const files = copySuite("failover", folder);
  expect(files).toContain("cluster.yaml");
  expect(files.filter((file) => file.endsWith(".suite.ts"))).toEqual([]);
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(["cluster.yaml"]));
  expect(readFileSync(join(folder, "corosync.conf"), "utf8")).not.toMatch(/^nodelist/m);
  const definition = await loadDefinition(folder);
  expect(definition.name).toBe("mine");
  expect(definition.corosync.totem.links).toEqual((await loadDefinition("suites/failover")).corosync.totem.links);
  writeFileSync(join(folder, "cluster.yaml"), "mine");
  expect(() => copySuite("failover", folder)).toThrow("is there already and not empty");
});

test("down removes the only lab, those named, the spares, or all", async () => {
  const lab = (name: string) => ({ name, state: "stays" as const, spare: null });
  const spare = (name: string, state: LabSummary["state"]) => ({ name, state, spare: "0a1b" });
  const [one, two] = [lab("failover"), lab("article")];
  const [waits, taken, dead] = [spare("failover-1", "spare"), spare("failover-2", "stays"), spare("failover-3", "orphaned")];
  const choose = (labs: (typeof one | typeof waits)[], names: string[], how: { all?: boolean; spare?: boolean } = {}) =>
    chooseLabs(labs, { names, all: false, spare: false, ask: null, ...how });
  expect(await choose([], [])).toEqual([]);
  expect(await choose([one, waits], [])).toEqual(["failover"]);
  expect(await choose([waits], [])).toEqual([]);
  expect(await choose([taken, waits], [])).toEqual(["failover-2"]);
  expect(await choose([one, two, waits], ["article", "failover-1"])).toEqual(["article", "failover-1"]);
  expect(await choose([one, two], [], { all: true })).toBe("all");
  expect(await choose([one, waits, taken, dead], [], { spare: true })).toEqual(["failover-1", "failover-3"]);
  await expect(choose([one, two], [])).rejects.toThrow("which one: failover, article?");
  await expect(choose([one, two], ["article", "failovre"])).rejects.toThrow("did you mean failover?");
  await expect(choose([one], ["failover"], { all: true })).rejects.toThrow("either");
});

test("status shows each lab with its hosts", () => {
  const hosts = [{ name: "vm-node1", role: "node", state: "running", id: "1" }];
  const lab = {
    name: "failover",
    suite: "failover",
    createdAt: "2026-01-01T00:00:00.000Z",
    state: "orphaned" as const,
    ownerPid: null,
    spare: null,
    hosts,
    faults: [
      {
        id: "link-down-0a1b",
        kind: "link-down",
        params: { nic: "eth0" },
        nodes: ["vm-node1"],
        since: "2026-01-01T00:01:00.000Z",
        leaseS: 600,
        leftS: 570,
        dirty: null,
        proof: null,
      },
    ],
  };
  const lines = labLines([lab]);
  expect(lines.join("\n")).toMatch(/failover .*left over: hachaos down removes it.*\n {2}vm-node1 +node +running/);
  expect(lines.at(-1)).toMatch(/^ {2}link-down-0a1b +fault +vm-node1 nic=eth0 +for 30.0 s, undoes itself in 9 min 30 s$/);
  const [fault] = lab.faults;
  const dirty = labLines([{ ...lab, faults: [{ ...fault!, leftS: -40, dirty: "vm-node1 eth0: carrier is 0, not 1" }] }]).join("\n");
  expect(dirty).toMatch(/failover .*dirty: hachaos heal --all tries again, else hachaos down and up/);
  expect(dirty).toMatch(/not proven to be undone: vm-node1 eth0: carrier is 0, not 1$/);
  expect(labLines([])).toEqual(["no lab is up"]);
});

test("heal takes what was meant, and what is taken back already is no error", async () => {
  const fault = { kind: "link-down", params: {}, nodes: ["vm-node1"], since: "", leaseS: 600, leftS: 500, dirty: null, proof: null };
  const [one, two] = [
    { ...fault, id: "link-down-0a1b" },
    { ...fault, id: "link-down-2c3d" },
  ];
  const choose = (wanted: string | undefined, all = false, faults = [one, two]) => chooseFaults(faults, { wanted, all, ask: null });
  expect(await choose("link-down-2c3d")).toEqual([two]);
  expect(await choose(undefined, false, [one])).toEqual([one]);
  expect(await choose(undefined, true)).toEqual([one, two]);
  await expect(choose("link-down")).rejects.toThrow("which one: link-down-0a1b, link-down-2c3d?");
  for (const gone of ["node-power-off", "link-down-ffff"]) expect(await choose(gone, false, [one])).toEqual([]);
  await expect(choose("link-dwon", false, [one])).rejects.toThrow("no fault link-dwon is in force");
});

test("no fault is put on a dirty lab", () => {
  const fault = {
    id: "link-down-0a1b",
    kind: "link-down",
    params: {},
    nodes: ["vm-node1"],
    since: "",
    leaseS: 600,
    leftS: 500,
    proof: null,
  };
  expect(() => {
    refuseDirty("failover", [{ ...fault, dirty: null }]);
  }).not.toThrow();
  expect(() => {
    refuseDirty("failover", [{ ...fault, dirty: "carrier is 0" }]);
  }).toThrow("the lab failover is dirty: link-down-0a1b: carrier is 0");
});

test("lab names are container names", () => {
  expect(labName("my-lab-2")).toBe("my-lab-2");
  for (const wrong of ["", "../x", "UP", "-a", "a".repeat(32)]) expect(() => labName(wrong)).toThrow("cannot be a lab's name");
  expect(spareName("failover")).toMatch(/^failover-[0-9a-f]{4}$/);
  expect(spareName("a".repeat(31))).toMatch(/^a{26}-[0-9a-f]{4}$/);
});

test("a fault is listed with its parameters, their values and defaults", () => {
  const params = z.object({
    nic: z.string().describe("the NIC"),
    mode: z.enum(["drop", "reject"]).default("drop"),
    count: z.int().optional(),
  });
  const lines = faultLines({ kind: "k", title: "T", summary: "S", targets: "nodes", params });
  expect(lines).toContain("    nic: string (needed)  the NIC");
  expect(lines).toContain('    mode: drop | reject (default "drop")');
  expect(lines).toContain("    count: integer (optional)");
});

test.each([
  [{}, true, true, { live: true, colour: true }],
  [{ NO_COLOR: "1" }, true, true, { live: true, colour: false }],
  [{ CI: "true" }, true, true, { live: false, colour: false }],
  [{ TERM: "dumb" }, true, true, { live: false, colour: false }],
  [{}, false, true, { live: true, colour: false }],
  [{}, true, false, { live: false, colour: false }],
])("%j with stdout tty %s, stderr tty %s looks %j", (env, outIsTty, errIsTty, look) => {
  expect(decideLook({ env, outIsTty, errIsTty })).toEqual(look);
});

test("durations and gaps for people", () => {
  expect([milliseconds(850), milliseconds(5_480), milliseconds(125_000)]).toEqual(["850 ms", "5.5 s", "2 min 5 s"]);
  expect(gapText({ minMs: 0, maxMs: 0 })).toBe("none");
  expect(gapText({ minMs: 5_400, maxMs: null })).toBe("over 5.4 s, never back");
});

test("a table's styled cells keep their width", () => {
  expect(
    table([
      ["a", "b"],
      ["\u001b[31mlong\u001b[39m", "c"],
    ]),
  ).toEqual(["a     b", "\u001b[31mlong\u001b[39m  c"]);
});
