import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { withOwnSignals } from "./with-own-signals.js";

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s in the middle of loading what listens for it reaches only those who listened before",
  async (name) => {
    const [own, theirs] = [vi.fn(), vi.fn()];
    process.on(name, own);
    try {
      await withOwnSignals(async () => {
        process.once(name, theirs).on(name, theirs);
        await nextTurn();
        process.kill(process.pid, name);
        await vi.waitFor(() => expect(own).toHaveBeenCalledOnce());
      });
      expect(theirs).not.toHaveBeenCalled();
      expect(process.listeners(name)).not.toContain(theirs);
    } finally {
      process.off(name, own).removeListener(name, theirs);
    }
  },
);

test("afterwards one may listen again", async () => {
  const theirs = vi.fn();
  await expect(withOwnSignals(() => Promise.reject(new Error("does not load")))).rejects.toThrow("does not load");
  process.on("SIGINT", theirs);
  await nextTurn();
  expect(process.listeners("SIGINT")).toContain(theirs);
  process.off("SIGINT", theirs);
});
