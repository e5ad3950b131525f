import { expect, test } from "vitest";
import { sideBySide } from "./side-by-side.js";

test("no more than told at once, begun in order, each result in its place, and a failure keeps none of the others", async () => {
  const begun: string[] = [];
  let [now, most] = [0, 0];
  const ticks: Record<string, number> = { a: 5, b: 1, c: 1, d: 3 };
  const results = await sideBySide(["a", "b", "c", "d"], 2, async (item) => {
    begun.push(item);
    most = Math.max(most, (now += 1));
    for (let tick = 0; tick < (ticks[item] ?? 0); tick += 1) await Promise.resolve();
    now -= 1;
    if (item === "b") throw new Error(item);
    return item.toUpperCase();
  });
  expect(begun).toEqual(["a", "b", "c", "d"]);
  expect(most).toBe(2);
  expect(results).toMatchObject([{ value: "A" }, { reason: { message: "b" } }, { value: "C" }, { value: "D" }]);
  expect(await sideBySide([], 2, () => Promise.reject(new Error("nothing to do")))).toEqual([]);
});
