import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test as base } from "vitest";
import type { Results, TrialResult } from "../check/results.js";
import type { EventOf, EventType, HistoryEvent } from "../history/event.js";
import { allOf } from "../history/read-history.js";
import { HachaosError } from "../kernel/errors.js";
import { packageRoot } from "../kernel/package-root.js";
import { fakeProvider } from "../lab/fake/fake-provider.js";
import type { Lab } from "../lab/lab.js";
import type { Provider } from "../lab/provider.js";
import type { RunFile } from "./cells/lab-processes.js";
import { labWorker } from "./cells/lab-worker.js";
import { runSuites, type RunSuitesOptions, type SuitesOutcome } from "./run-suites.js";

const test = base.extend<{ folder: string }>({
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), "hachaos-cells-test-"));
    await use(folder);
    rmSync(folder, { recursive: true });
  },
});

/** A cluster that is soon at rest: monitors every second, and no gateway to ping. */
function suiteIn(folder: string, name: string, tests: string[]): string {
  const made = join(folder, name);
  const own = (file: string) => !file.endsWith(".suite.ts") && !file.includes("/node_modules");
  cpSync(join(packageRoot(), "suites/failover"), made, { recursive: true, filter: own });
  edit(join(made, "pacemaker.crm"), (crm) =>
    crm
      .replaceAll("interval=10s", "interval=1s")
      .replace(/^primitive gateway-ping[^]*?\n\n/m, "")
      .replace(/^location vip-needs-gateway.*\n/m, ""),
  );
  edit(
    join(made, "cluster.yaml"),
    (yaml) => `${yaml.replace(/^ {2}C4:.*\n/m, "")}tests:\n${tests.map((line) => `  - ${line}\n`).join("")}`,
  );
  return made;
}

function edit(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, "utf8")));
}

const QUIET = (name: string) => `{ name: ${name}, watch: 200ms }`;
const KILL = "{ name: kill, fault: apache-kill }";

/** A suite file's process, here without one: what fails in it is told by the history, as by vitest. */
function inProcess(provider: Provider, stop: AbortSignal): RunFile {
  return async (_file, link) => {
    const worker = labWorker(link, provider, stop);
    try {
      await worker.open();
      await worker.work();
    } catch {
      // In the history.
    } finally {
      await worker.close();
    }
  };
}

interface Played extends SuitesOutcome {
  of<T extends EventType>(type: T): EventOf<T>[];
}

async function play(
  folder: string,
  suites: string[],
  options: Partial<RunSuitesOptions> & { lab?: Provider; runFile?: RunFile } = {},
): Promise<Played> {
  const { lab = fakeProvider, signal = new AbortController().signal, runFile = inProcess(lab, signal), ...more } = options;
  const fixed = { suites, provider: "fake", keep: false, reportDir: join(folder, "reports"), seed: 7, onEvent: () => undefined, signal };
  const outcome = await runSuites({ ...fixed, repeat: 1, cells: 1, ahead: true, ...more }, runFile);
  return { ...outcome, of: (type) => allOf(outcome.history.events, type) };
}

/** Pretended labs, some of which are changed. */
function labs(change: (lab: Lab, count: number) => Lab): Provider {
  let count = 0;
  return { ...fakeProvider, start: async (request) => change(await fakeProvider.start(request), ++count) };
}

const trialsOf = ({ tests }: Results) => tests.map(({ name, trials }) => [name, trials.map(({ trial, verdict }) => `${trial} ${verdict}`)]);

test("its results are the same for one cell and for several, but for times", { timeout: 180_000 }, async ({ folder }) => {
  const suites = [suiteIn(folder, "first", [QUIET("a"), KILL, QUIET("b")]), suiteIn(folder, "second", [QUIET("c")])];
  const runs: Played[] = [];
  for (const cells of [1, 2, 3]) runs.push(await play(folder, suites, { repeat: 2, cells, reportDir: join(folder, `reports-${cells}`) }));
  const [one, two, three] = runs.map(({ results }) => results.tests.map(withoutTimes));
  expect(one?.map(({ name, trials }) => [name, ...trials.map(({ trial }) => trial)])).toEqual(
    ["a", "kill", "b", "c"].map((name) => [name, 1, 2]),
  );
  expect(two).toEqual(one);
  expect(three).toEqual(one);
  expect(runs.map(({ history }) => atOnce(history.events))).toEqual([1, 2, 3]);
});

/**
 * A pretended cluster lives in this process: on a busy machine its probes are as late as everything here, and tell of another moment than they
 * say. So what is judged by them is left out.
 */
const BY_PROBES = ["gap", "failback", "C2"];

function withoutTimes({ suite, name, trials }: Results["tests"][number]) {
  const promises = (constraints: TrialResult["constraints"]) =>
    constraints.filter(({ id }) => !BY_PROBES.includes(id)).map(({ id, verdict }) => `${id} ${verdict}`);
  return {
    suite,
    name,
    trials: trials.map(({ trial, phaseMs, fault, proven, servedBefore, servedAfter, constraints }) => {
      return { trial, phaseMs, fault, proven, servedBefore, servedAfter, promises: promises(constraints) };
    }),
  };
}

describe.concurrent("what goes wrong in a cell", () => {
  test("a lab that is dirty is removed, and the other trials are done in a new one", { timeout: 120_000 }, async ({ folder }) => {
    const removed: string[] = [];
    const lab = labs((made, count) => ({
      ...made,
      fabric: count > 1 ? made.fabric : { ...made.fabric, cutCables: () => Promise.resolve([{ node: "vm-node1", nic: "eth0" }]) },
      destroy: () => {
        removed.push(made.name);
        return made.destroy();
      },
    }));
    const { results, of } = await play(folder, [suiteIn(folder, "dirty", [QUIET("a"), QUIET("b")])], { lab });
    expect(of("gate").map(({ passed }) => passed)).toEqual([false, true]);
    expect(results.tests.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(results.tests[1]?.verdict).toBe("pass");
    expect(removed).toEqual(of("suite-started").map((each) => each.lab));
    expect(removed).toHaveLength(2);
  });

  test("a lab that is lost costs its trial; others go on in other labs", { timeout: 120_000 }, async ({ folder }) => {
    const lab = labs((made, count) => {
      if (count > 1) return made;
      const loss = new AbortController();
      const breaks = () => {
        loss.abort(new HachaosError("lab-lost", "the container of vm-node2 ended"));
        return Promise.resolve([]);
      };
      return { ...made, lost: loss.signal, fabric: { ...made.fabric, cutCables: breaks } };
    });
    const { results, exitCode, of } = await play(folder, [suiteIn(folder, "lost", [QUIET("a"), QUIET("b"), QUIET("c")])], { lab });
    expect(trialsOf(results)).toEqual([
      ["a", ["1 error"]],
      ["b", ["1 pass"]],
      ["c", ["1 pass"]],
    ]);
    expect(exitCode).toBe(3);
    expect(of("suite-ended")).toHaveLength(2);
  });

  test("of labs that cannot be built one is enough, and each trial says that it was not done", { timeout: 60_000 }, async ({ folder }) => {
    const lab = { ...fakeProvider, start: () => Promise.reject(new HachaosError("lab-not-ready", "vm-node1 has not booted")) };
    const { results, exitCode, of } = await play(folder, [suiteIn(folder, "never", [QUIET("a"), QUIET("b")])], { lab, repeat: 2 });
    expect(of("lab-failed")).toHaveLength(1);
    expect(results).toMatchObject({ verdict: "error", errors: [{ code: "lab-not-ready" }] });
    expect(results.tests.flatMap(({ trials }) => trials.map(({ reason }) => reason))).toEqual(
      Array.from({ length: 4 }, () => "not started: there was no lab to do it"),
    );
    expect(exitCode).toBe(3);
  });

  test("a process that breaks loses its lab and its trial only", { timeout: 120_000 }, async ({ folder }) => {
    let count = 0;
    const runFile: RunFile = async (file, link) => {
      // A pretended lab dies with its process in the middle of its trial.
      const death = ++count > 1 ? new AbortController().signal : AbortSignal.timeout(4_000);
      await inProcess(fakeProvider, death)(file, link);
      if (death.aborted) throw new Error("Worker exited unexpectedly");
    };
    const { results, of } = await play(folder, [suiteIn(folder, "broken", [`{ name: a, watch: 60s }`, QUIET("b")])], { runFile });
    expect(of("lab-failed")).toMatchObject([{ code: "lab-lost", message: expect.stringContaining("Worker exited") as string }]);
    expect(results.tests.find(({ name }) => name === "b")?.verdict).toBe("pass");
  });

  test("stopped, every lab is closed in order, and nothing more is begun", { timeout: 60_000 }, async ({ folder }) => {
    const stop = new AbortController();
    const onEvent = ({ type }: HistoryEvent) => {
      if (type === "trial-started") stop.abort();
    };
    // The run forwards a signal to the processes of its labs, which here is this one; there, it only asks to stop (heed-parent.ts).
    const heed = () => undefined;
    process.on("SIGINT", heed);
    try {
      const suites = [suiteIn(folder, "stopped", [`{ name: a, watch: 60s }`, `{ name: b, watch: 60s }`])];
      const { results, exitCode, of } = await play(folder, suites, { cells: 2, signal: stop.signal, onEvent });
      expect(exitCode).toBe(130);
      expect(results.verdict).toBe("interrupted");
      expect(
        of("suite-ended")
          .map(({ lab }) => lab)
          .sort(),
      ).toEqual(
        of("suite-started")
          .map(({ lab }) => lab)
          .sort(),
      );
      expect(results.tests.flatMap(({ trials }) => trials.map(({ verdict }) => verdict))).not.toContain("invalid");
    } finally {
      process.off("SIGINT", heed);
    }
  });
});

/** How many trials were under way at once, at most. */
function atOnce(events: readonly HistoryEvent[]): number {
  let [now, most] = [0, 0];
  for (const { type } of events) {
    if (type === "trial-started") most = Math.max(most, ++now);
    if (type === "trial-ended") now -= 1;
  }
  return most;
}
