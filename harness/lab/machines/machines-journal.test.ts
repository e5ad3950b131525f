import { expect, test } from "vitest";
import { refuseLasting, refuseMany } from "./machines-journal.js";

const hits = (...nodes: string[]) => ({ nodes });
const refused = (fault: string[], inForce: string[][], allowMany = false) => {
  try {
    refuseMany(
      hits(...fault),
      inForce.map((nodes) => hits(...nodes)),
      allowMany,
    );
    return null;
  } catch (error) {
    return (error as Error).message;
  }
};

test("one node at a time, counting what is in force already, unless more are allowed", () => {
  expect(refused(["n1"], [])).toBeNull();
  expect(refused(["n1"], [["n1"]])).toBeNull();
  expect(refused(["n1", "n2"], [])).toContain("n1 and n2 would be broken at the same time");
  expect(refused(["n2"], [["n1"]])).toContain("n1 and n2 would be broken at the same time");
  expect(refused(["n2"], [["n1"]], true)).toBeNull();
});

test("what acts between nodes hits none of them", () => {
  expect(refused([], [["n1"]])).toBeNull();
});

test("what would not end by itself is not begun; a machine that is reset boots", () => {
  const command = (...argv: string[]) => ({ host: "n1", argv, stdin: "" });
  const kind = { kind: "some-fault" };
  expect(() => refuseLasting(kind, { does: [command("rm", "x")], undoes: [] })).toThrow("would not end by itself");
  refuseLasting(kind, { does: [command("rm", "x")], undoes: [command("touch", "x")] });
  refuseLasting(kind, { does: [command("reboot")], undoes: [] });
});
