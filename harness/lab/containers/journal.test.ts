import { expect, test } from "vitest";
import { readJournal } from "./journal.js";

const entry = (id: string, leaseS: number) =>
  JSON.stringify({ id, kind: "link-down", params: { nic: "eth0" }, nodes: ["vm-node1"], since: "2026-01-01T00:00:00.000Z", leaseS });

test("what is left of a lease is counted by the kernel's uptime, whatever the wall clock says; the oldest fault comes first", () => {
  const text = ["1000.50 1900.00", "995.25 1880.00", entry("late", 600), "400.00 700.00", entry("early", 600), ""].join("\n");
  expect(readJournal(text).map(({ id, leftS, dirty }) => [id, leftS, dirty])).toEqual([
    ["early", -0.5, null],
    ["late", 594.75, null],
  ]);
});

test("why an undo could not be proven belongs to the fault before it, and the last word counts", () => {
  const dirty = (why: string) => JSON.stringify({ dirty: why });
  const text = ["10.0 1", "1.0 1", entry("one", 5), dirty("first"), dirty("second"), "2.0 1", entry("two", 5)].join("\n");
  expect(readJournal(text).map(({ id, dirty }) => [id, dirty])).toEqual([
    ["one", "second"],
    ["two", null],
  ]);
});

test("a lab that had no fault has an empty journal", () => {
  expect(readJournal("1000.50 1900.00\n")).toEqual([]);
});
