import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Rehearsed } from "../rehearsal.js";
import { undoScript } from "./undo-script.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hachaos-undo-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const at = (name: string) => join(folder, name);

/** Runs the script as a machine's timer does; returns its exit code. */
function run(...commands: Omit<Rehearsed, "host">[]): number {
  const files = { journalFile: at("fault.json"), scriptFile: at("fault.undo") };
  writeFileSync(files.journalFile, '1.0 1.0\n{"id":"fault"}\n');
  writeFileSync(
    files.scriptFile,
    undoScript(
      commands.map((command) => ({ host: "n1", ...command })),
      files,
    ),
  );
  try {
    execFileSync("/bin/sh", [files.scriptFile], { stdio: "ignore" });
    return 0;
  } catch (error) {
    return (error as { status: number }).status;
  }
}

test("does all commands, with what they read, word for word, and strikes the fault off", () => {
  const nasty = `it's "$HOME"; touch ${at("broken")} #`;
  expect(run({ argv: ["touch", at(nasty.replaceAll("/", "_"))], stdin: "" }, { argv: ["tee", at("read")], stdin: `${nasty}\n` })).toBe(0);
  expect(existsSync(at(nasty.replaceAll("/", "_")))).toBe(true);
  expect(readFileSync(at("read"), "utf8")).toBe(`${nasty}\n`);
  expect(["broken", "fault.json", "fault.undo"].filter((name) => existsSync(at(name)))).toEqual([]);
});

test("one that fails does not keep the others from being done, and the journal says that the lab is dirty", () => {
  expect(run({ argv: ["false"], stdin: "" }, { argv: ["touch", at("done")], stdin: "" })).toBe(1);
  expect(existsSync(at("done"))).toBe(true);
  const last = readFileSync(at("fault.json"), "utf8").trim().split("\n").at(-1) ?? "";
  expect(JSON.parse(last)).toEqual({ dirty: expect.stringContaining("not all of its undo succeeded") as string });
});

test("one that may fail is no failure", () => {
  expect(run({ argv: ["false"], stdin: "", mayFail: true })).toBe(0);
  expect(existsSync(at("fault.json"))).toBe(false);
});
