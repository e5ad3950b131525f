import { expect, test } from "vitest";
import { HachaosError } from "../kernel/errors.js";
import { untilInterrupted } from "./interrupt.js";
import { fakeTerminal } from "./testing/fake-terminal.js";

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("the first %s aborts the work, which may still end in its own way", async (name) => {
  const fake = fakeTerminal();
  const listeners = process.listenerCount(name);
  const seen = await untilInterrupted(fake.terminal, async (signal) => {
    process.emit(name);
    return { aborted: signal.aborted, reason: signal.reason as unknown };
  });
  expect(seen.aborted).toBe(true);
  expect(seen.reason).toBeInstanceOf(HachaosError);
  expect(fake.err()).toContain("interrupted: healing, keeping the evidence");
  expect(process.listenerCount(name)).toBe(listeners);
});

test("work that throws leaves no signal handler behind", async () => {
  const listeners = process.listenerCount("SIGINT");
  const failing = untilInterrupted(fakeTerminal().terminal, async () => {
    throw new Error("lab lost");
  });
  await expect(failing).rejects.toThrow("lab lost");
  expect(process.listenerCount("SIGINT")).toBe(listeners);
});
