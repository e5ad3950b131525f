import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { fork } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openHistory } from "./history-writer.js";
import { readHistory } from "./read-history.js";

const folder = mkdtempSync(join(tmpdir(), "hachaos-history-writer-"));
let files = 0;
const file = () => join(folder, `${String((files += 1))}.ndjson`);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("openHistory", () => {
  test("each event is a complete line as soon as write returns", () => {
    const writer = openHistory(file());
    writer.write({ type: "run-ended", load1: 1 });
    const text = readFileSync(writer.file, "utf8");
    expect(text.endsWith("\n")).toBe(true);
    const { atUs } = JSON.parse(text) as { atUs: number };
    expect(Number.isInteger(atUs)).toBe(true);
    expect(atUs).toBeGreaterThanOrEqual(0);
    writer.close();
  });

  test("a given time is kept, and monotonic readings come onto the run's axis", () => {
    const writer = openHistory(file(), { baseUs: 5_000 });
    expect(writer.toRunUs(7_500)).toBe(2_500);
    writer.write({ type: "run-ended", load1: 1, atUs: 42 });
    expect(readHistory(writer.file).events[0]?.atUs).toBe(42);
    writer.close();
  });

  test("a second writer with the same base continues the axis", () => {
    const first = openHistory(file());
    const second = openHistory(first.file, { baseUs: first.baseUs });
    const [before, middle, after] = [first.nowUs(), second.nowUs(), first.nowUs()];
    expect(middle).toBeGreaterThanOrEqual(before);
    expect(after).toBeGreaterThanOrEqual(middle);
    first.close();
    second.close();
  });

  test("several processes append to one file without mixing lines", async () => {
    const path = file();
    // Plain O_APPEND writers as separate processes, of lines longer than a pipe's atomic size.
    const code = `const fs=require("fs");const fd=fs.openSync(process.argv[1],"a");
      for(let i=0;i<200;i++)fs.writeSync(fd,JSON.stringify({atUs:i,type:"log",lab:"l",node:"n",source:"s",text:"x".repeat(6000)})+"\\n")`;
    const children = [0, 1, 2].map(() => fork("-", [], { execArgv: ["-e", code, path], stdio: "ignore" }));
    const writer = openHistory(path);
    for (let at = 0; at < 200; at += 1) writer.write({ type: "log", lab: "l", node: "n", source: "s", text: "y".repeat(6000), atUs: at });
    await Promise.all(children.map((child) => new Promise((done) => child.on("exit", done))));
    expect(readHistory(path).events).toHaveLength(800);
    writer.close();
  });

  test("a folder that is not there is an error with its name", () => {
    expect(() => openHistory("/nowhere/history.ndjson")).toThrow(/\/nowhere\/history\.ndjson/);
  });
});
