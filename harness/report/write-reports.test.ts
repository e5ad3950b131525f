import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { reportFormats, type ReportFormat } from "./registry.js";
import { sampleRun } from "./testing/sample-run.js";
import { writeReports } from "./write-reports.js";

let folder = "";
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "hachaos-report-"))));
afterEach(() => rm(folder, { recursive: true }));

it("writes every format, and a broken one does not stop the others", async () => {
  const broken: ReportFormat = {
    name: "broken",
    file: "broken.txt",
    render: () => {
      throw new Error("no ink");
    },
  };
  const { results, events } = sampleRun();
  const written = await writeReports(folder, results, events, { formats: [broken, ...reportFormats] });
  expect(written.failed).toEqual([{ format: "broken", message: "no ink" }]);
  expect((await readdir(folder)).sort()).toEqual(["index.html", "junit.xml", "results.json", "summary.md", "summary.txt"]);
  expect(await readFile(join(folder, "summary.txt"), "utf8")).toBe(written.texts["summary"]);
});

it("keeps the verdicts when the history cannot be drawn", async () => {
  const { results } = sampleRun();
  const events = new Proxy([], {
    get: () => {
      throw new Error("torn");
    },
  });
  const written = await writeReports(folder, results, events);
  expect(written.failed).toEqual([{ format: "history", message: "torn" }]);
  expect(Object.keys(written.paths)).toEqual(["json", "junit", "summary", "markdown", "html"]);
});

it("makes the sample's reports in well under a second", async () => {
  const { results, events } = sampleRun();
  const start = performance.now();
  await writeReports(folder, results, events);
  expect(performance.now() - start).toBeLessThan(1000);
});
