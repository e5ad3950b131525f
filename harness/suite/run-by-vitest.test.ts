import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, onTestFinished, test as base, vi } from "vitest";
import { runByVitest } from "./run-by-vitest.js";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** Has a suite file without tests loaded. */
const test = base.extend<{ load: (text?: string) => Promise<unknown> }>({
  load: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), "hachaos-vitest-"));
    const file = join(folder, "own.suite.ts");
    await use((text = "") => {
      writeFileSync(file, text);
      return runByVitest(file, { purpose: "plan", folder, list: join(folder, "list") }).catch((error: unknown) => error);
    });
    rmSync(folder, { recursive: true });
  },
});

test("at no moment, from its loading to its end, does a signal reach anybody but us", async ({ load }) => {
  const before = SIGNALS.map((signal) => process.listeners(signal));
  const others = new Set<string>();
  let turns = 0;
  const over = new AbortController();
  const loaded = load().finally(() => {
    over.abort();
  });
  // A signal is handed out between two turns of the event loop.
  while (!over.signal.aborted) {
    await nextTurn();
    turns += 1;
    for (const [index, signal] of SIGNALS.entries()) {
      for (const listener of process.listeners(signal)) if (!before[index]?.includes(listener)) others.add(`${signal} ${String(listener)}`);
    }
  }
  expect(await loaded, "it was loaded").toMatchObject({ message: expect.stringContaining("No test suite found") as string });
  expect(turns).toBeGreaterThan(1);
  expect([...others]).toEqual([]);
});

test("its process has a process group of its own", async ({ load }) => {
  // proc_pid_stat(5): pid, (name), state, parent, process group.
  const said = await load(`import { readFileSync } from "node:fs"; throw new Error("stat " + readFileSync("/proc/self/stat", "utf8"));`);
  const [, pid, group] = /stat (\d+) \(.*\) \S \d+ (\d+)/.exec(String(said)) ?? [];
  expect(group).toBe(pid ?? "its own");
});

// A Ctrl-C in the moment between its fork and its new process group, or the kernel out of memory.
for (const signal of ["SIGINT", "SIGKILL"]) {
  test(`a process that ${signal} ends before it has loaded is told of at once, and breaks nothing else`, async ({ load }) => {
    vi.stubEnv("NODE_OPTIONS", `--import "data:text/javascript,process.kill(process.pid,'${signal}')"`);
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await load()).toMatchObject({ message: expect.stringContaining("Worker") as string });
  });
}
