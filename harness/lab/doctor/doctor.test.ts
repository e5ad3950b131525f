import { expect, test } from "vitest";
import { memoryFinding, nodeFinding } from "./checks.js";
import { judge } from "./kernel-probes.js";

test.each([
  ["20.18.3", "problem"],
  ["18.20.0", "problem"],
  ["20.19.0", "ok"],
  ["22.0.0", "ok"],
])("Node.js %s is %s", (version, state) => {
  expect(nodeFinding(version).state).toBe(state);
});

test("little memory is a note with a fix", () => {
  expect(memoryFinding(500, 2_000)).toMatchObject({ state: "note", detail: "500 of 2000 MB free; a lab takes 1000 MB" });
  expect(memoryFinding(1_500, 2_000).state).toBe("ok");
});

test("a missing capability is a note where there is another way, a problem where there is none", () => {
  const probe = { what: "bonds", command: ["ip", "x"], yes: "kernel", no: "Open vSwitch" };
  expect(judge(probe, null)).toMatchObject({ state: "ok", detail: "kernel" });
  expect(judge(probe, "Unknown device type")).toMatchObject({ state: "note", detail: "Open vSwitch (Unknown device type)" });
  expect(judge({ ...probe, no: null }, "Unknown device type")).toMatchObject({
    state: "problem",
    fix: expect.stringContaining("ip x") as string,
  });
});
