import { expect, test } from "vitest";
import { costLines, costOf } from "./cost-of-trials.mjs";
import { cpuLedger } from "./cpu-ledger.mjs";
import { accountsIn } from "./lab-accounts.mjs";
import { parseStat, type Process } from "./read-processes.mjs";

const process = (pid: number, parent: number, name: string, ownMs: number, reapedMs = 0): Process => ({
  ...{ key: `${pid} 1`, pid, parent, name, ownMs, reapedMs },
});

test("a process is read with its own time and that of its children that ended", () => {
  const rest = Array.from({ length: 50 }, (_, index) => index + 4).join(" ");
  expect(parseStat(`7 (a (b) c) S ${rest}\n`)).toEqual([
    { key: "7 22", pid: 7, parent: 4, name: "a (b) c", ownMs: (14 + 15) * 10, reapedMs: (16 + 17) * 10 },
  ]);
  expect(parseStat("")).toEqual([]);
});

test("what ended keeps its own account, its parent gets only what was unseen, and a crowd that is killed goes to nobody twice", () => {
  const ledger = cpuLedger(({ name }) => (name === "other" ? null : { own: name, children: `children of ${name}` }));
  ledger.look([process(1, 0, "init", 1000), process(2, 1, "daemon", 500), process(9, 0, "other", 50)]);
  ledger.look([process(1, 0, "init", 1010), process(2, 1, "daemon", 600), process(3, 2, "agent", 70), process(9, 0, "other", 90)]);
  expect(ledger.totals()).toMatchObject({ init: 10, daemon: 100, agent: 70 });
  // The agent used 20 more before it ended, and another one came and went: 30.
  ledger.look([process(1, 0, "init", 1010), process(2, 1, "daemon", 600, 120)]);
  expect(ledger.totals()).toEqual({
    init: 10,
    daemon: 100,
    agent: 70,
    "children of init": 0,
    "children of daemon": 50,
    "children of agent": 0,
  });
  // init reaps the daemon with all it had reaped, and 5 of its end.
  ledger.look([process(1, 0, "init", 1010, 725)]);
  expect(ledger.totals()).toMatchObject({ daemon: 100, "children of init": 5 });
});

test("only the lab's containers and hachaos itself are on somebody's account", () => {
  const accounts = accountsIn({ hosts: () => new Map(), root: 5 });
  expect(accounts(process(5, 1, "node", 0), [])).toEqual({ own: "hachaos itself", children: "hachaos itself" });
  expect(accounts(process(6, 5, "sh", 0), [process(5, 1, "node", 0)])).toEqual({ own: "hachaos itself", children: "hachaos itself" });
  expect(accounts(process(999_999_999, 1, "corosync", 0), [])).toBeNull();
});

const history = [
  { type: "run-started", atUs: 0, baseUs: 1_000_000 },
  { type: "trial-started", atUs: 1_000_000, phaseMs: 500 },
  { type: "fault-injecting", atUs: 2_000_000 },
  { type: "http", outcome: "timeout", atUs: 2_500_000, endUs: 3_400_000 },
  { type: "fault-healing", atUs: 3_000_000 },
  { type: "fault-healed", atUs: 4_000_000 },
  { type: "http", outcome: "timeout", atUs: 5_000_000, endUs: 5_900_000 },
  { type: "http", outcome: "ok", atUs: 5_010_000, endUs: 5_020_000 },
  { type: "trial-ended", atUs: 9_000_000 },
  { type: "trial-started", atUs: 9_020_000, phaseMs: 700 },
  { type: "fault-injecting", atUs: 11_720_000 },
  { type: "fault-healing", atUs: 12_000_000 },
  { type: "fault-healed", atUs: 13_000_000 },
  { type: "trial-ended", atUs: 14_000_000 },
]
  .map((event) => JSON.stringify(event))
  .join("\n");

test("CPU time is shared out over the parts of a trial, and the way to the next one is told from the service's return", () => {
  const samples = [
    { us: 2_000_000, ms: { corosync: 0 } },
    { us: 4_000_000, ms: { corosync: 200 } },
    { us: 16_000_000, ms: { corosync: 200 } },
  ];
  const [first, second] = costOf(history, samples);
  expect(first).toMatchObject({
    wallMs: 8000,
    ms: { before: { corosync: 100 }, "dark, watched": { corosync: 100 }, boot: { corosync: 0 } },
  });
  expect(first?.afterFailbackMs).toEqual({ start: 4000, fault: 6000 });
  expect(second?.afterFailbackMs).toBeNull();
  expect(costLines([first!, second!]).find((line) => line.startsWith("corosync"))).toMatch(/0\.05 +0\.05 +0\.00 +0\.00 +0\.10$/);
});
