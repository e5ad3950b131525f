import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Dockerode from "dockerode";
import { expect } from "vitest";
import { results as resultsSchema, type Results } from "../../check/results.js";
import type { EventOf, EventType } from "../../history/event.js";
import { allOf, readHistory } from "../../history/read-history.js";
import { listRuns } from "../../history/run-store.js";
import { packageRoot } from "../../kernel/package-root.js";
import { waitUntil } from "../../kernel/wait-until.js";
import { engineMachine } from "../../lab/containers/engine-machine.js";
import { LABELS } from "../../lab/containers/labels.js";
import { onTerminal, type OnTerminal } from "./on-terminal.js";
import { MAIN, startCli, type CliProcess, type CliResult } from "./cli-process.js";
import { ENGINE_SOCKET, openEngineView } from "./engine-view.js";

/** Marks every process that descends from a sandbox's commands, in its environment. */
const MARK = "HACHAOS_TEST_SANDBOX";

export type Sandbox = Awaited<ReturnType<typeof openSandbox>>;

/**
 * A folder, a view of the engine and a mark on processes: what a test makes can be told from everything else, and is removed.
 * `ownSocket`: an engine of the test's own, which the commands then talk to without anything between.
 */
export async function openSandbox(ownSocket?: string) {
  const folder = mkdtempSync(join(tmpdir(), "hachaos-test-"));
  const id = folder.slice(-6).toLowerCase();
  const view = await openEngineView(join(folder, "engine.sock"), id);
  const docker = new Dockerode({ socketPath: ownSocket ?? ENGINE_SOCKET });
  const dockerHost = ownSocket === undefined ? view.dockerHost : `unix://${ownSocket}`;
  const reports = join(folder, "reports");

  const started: { args: string[]; child: CliProcess }[] = [];

  const start = (args: string[], env: Record<string, string> = {}, within: string[] = []): CliProcess => {
    const child = startCli(args, { cwd: folder, env: { DOCKER_HOST: dockerHost, [MARK]: id, ...env }, within });
    started.push({ args, child });
    return child;
  };
  const terminal = (...args: string[]): OnTerminal =>
    onTerminal([process.execPath, MAIN, ...args], { cwd: folder, env: { DOCKER_HOST: dockerHost, [MARK]: id } });
  const cli = (...args: string[]): Promise<CliResult> => start(args).ended;
  // Everything on an engine of its own is the sandbox's.
  const containers = () => docker.listContainers({ all: true, ...(ownSocket === undefined && { filters: { label: [view.label] } }) });
  const endProcesses = () => {
    for (const { pid } of marked(id)) endProcess(pid);
  };
  const names = async () => (await containers()).map(({ Names }) => Names[0] ?? "").sort();
  const containerOf = async (host: string) => {
    const found = (await containers()).find(({ Labels }) => Labels[LABELS.host] === host);
    if (!found) throw new Error(`no container of ${host}`);
    return found.Id;
  };
  const runFolder = () => join(reports, "runs", listRuns(reports)[0] ?? "none");
  const historyFile = () => join(runFolder(), "history.ndjson");
  const events = <T extends EventType>(type: T): EventOf<T>[] =>
    existsSync(historyFile()) ? allOf(readHistory(historyFile()).events, type) : [];

  return {
    folder,
    id,
    label: view.label,
    docker,
    reports,
    nextChange: view.nextChange,
    loseEngine: view.lose,
    findEngine: view.find,
    start,
    terminal,
    cli,
    containers,
    names,
    runFolder,
    events,
    /** A copy of suites/failover with these scenarios (TypeScript), or the standard ones. */
    suite(name: string, scenarios?: string): string {
      const made = join(folder, name);
      const own = (file: string) => !file.endsWith(".suite.ts") && !file.includes("/node_modules");
      cpSync(join(packageRoot(), "suites/failover"), made, { recursive: true, filter: own });
      const text = `import { fault, quiet, suite } from "hachaos";\nsuite(import.meta.url, [${scenarios ?? ""}]);\nvoid [fault, quiet];\n`;
      if (scenarios !== undefined) writeFileSync(join(made, "short.suite.ts"), text);
      return made;
    },
    /** In one lab unless told otherwise. */
    run: (suite: string, ...more: string[]): CliProcess => start(["run", suite, "--report-dir", reports, "--cells", "1", ...more]),
    /** The pid of the process that holds the lab. */
    async worker(run: CliProcess): Promise<number> {
      return (await seen(run, "suite-started", () => events("suite-started")[0])).pid ?? 0;
    },
    /** Waits for the first event of a type in the history of a run that goes on. */
    eventOf: <T extends EventType>(run: CliProcess, type: T) => seen(run, type, () => events(type)[0]),
    until: (run: CliProcess, what: string, look: () => Promise<boolean> | boolean) =>
      seen(run, what, async () => (await look()) || undefined),
    waitFor: (what: string, look: () => Promise<boolean>) =>
      waitUntil(what, async () => ((await look()) ? { done: true, value: undefined } : { done: false, seen: "not yet" }), {
        timeoutMs: SEEN_WITHIN_MS,
        everyMs: 200,
      }),
    /** Removes a host's container, however it is. */
    async remove(host: string): Promise<void> {
      await docker.getContainer(await containerOf(host)).remove({ force: true, v: true });
    },
    /** A host's container as the engine shows it, without any hachaos. */
    machine: async (host: string) => engineMachine(docker, await containerOf(host), host),
    /** All commands so far with what they said. */
    said: () => started.map(({ args, child }) => `$ hachaos ${args.join(" ")}\n${child.said()}`).join("\n"),
    /** Processes that descend from this sandbox's commands, as `process <pid> <command>`. */
    processes: () => processes(id),
    /** SIGKILL to all of them at once, as by the kernel out of memory. */
    endProcesses,
    results: (): Results => resultsSchema.parse(JSON.parse(readFileSync(join(runFolder(), "results.json"), "utf8"))),
    /** Waits until neither a container nor a process of this sandbox is left. */
    async expectNothingLeft(withinMs = 0): Promise<void> {
      await waitUntil(
        "nothing is left",
        async () => {
          const left = [...(await names()), ...processes(id)];
          return left.length === 0 ? { done: true, value: undefined } : { done: false, seen: left.join(", ") };
        },
        { timeoutMs: withinMs },
      );
    },
    /** Ends and removes whatever is left, also after a failed test. */
    async close(): Promise<void> {
      endProcesses();
      for (const container of await containers())
        await docker
          .getContainer(container.Id)
          .remove({ force: true, v: true })
          .catch(() => undefined);
      view.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Longer than any step of a run takes on a busy machine. */
const SEEN_WITHIN_MS = 180_000;

async function seen<T>(run: CliProcess, what: string, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const state = { ended: false };
  void run.ended.then(() => (state.ended = true));
  return waitUntil(
    what,
    async () => {
      const value = await look();
      if (value !== undefined) return { done: true, value };
      if (state.ended) throw new Error(`the run ended before: ${what}\n${run.said()}`);
      return { done: false, seen: run.said().split("\n").slice(-3).join("\n") };
    },
    { timeoutMs: SEEN_WITHIN_MS, everyMs: 50 },
  );
}

/** Whether a container is a host of a lab, by its name: an image is checked through one that never starts. */
export function isHost(name: string): boolean {
  return name.startsWith("/hachaos-");
}

/** Processes of a sandbox, as `pid command`. */
function processes(id: string): string[] {
  return marked(id).map(({ pid, command }) => `process ${pid} ${command}`);
}

function marked(id: string): { pid: number; command: string }[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) =>
      readProc(pid, "environ").includes(`${MARK}=${id}\0`)
        ? [{ pid: Number(pid), command: readProc(pid, "cmdline").replaceAll("\0", " ") }]
        : [],
    );
}

function readProc(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    // It ended meanwhile, or is another user's.
    return "";
  }
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended meanwhile.
  }
}

/** The exit code with everything that was said, so that a failure explains itself. */
export function expectExit(result: CliResult, exitCode: number): void {
  expect(result.exitCode, `exit code; signal ${String(result.signal)}\n${result.stdout}\n${result.stderr}`).toBe(exitCode);
}
