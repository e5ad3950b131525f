import { expect, test } from "vitest";
import { reportModel } from "../model.js";
import { HOSTILE, hostileRun } from "../testing/hostile-run.js";
import { sampleRun } from "../testing/sample-run.js";
import { annotations } from "./annotations.js";

const failuresOf = ({ results, events } = sampleRun()) => reportModel(results, events).failures;

test("every failure is an error at its place, nothing else is", () => {
  const lines = annotations(failuresOf(), () => ({ file: "suites/failover/failover.suite.ts", line: 9 }));
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(
    /^::error file=suites\/failover\/failover\.suite\.ts,line=9,title=suites\/failover › apache-kill without recurring monitor failed::C3: nobody served.*%0Ahint: give the resource a monitor/,
  );
});

test("without a place it is shown all the same", () => {
  expect(annotations(failuresOf(), () => null)[0]).toMatch(/^::error title=suites/);
});

test("at most ten, and the last one says how many more there are", () => {
  const [failure] = failuresOf();
  if (!failure) throw new Error("a failure");
  const many = (count: number) =>
    annotations(
      Array.from({ length: count }, () => failure),
      () => null,
    );
  expect(many(10)).toHaveLength(10);
  expect(many(25)).toHaveLength(10);
  expect(many(25)[9]).toBe("::error title=hachaos::and 16 failures more: see the summary and the report");
});

test("no text can end a command, add a property or begin another command", () => {
  const [failure] = failuresOf();
  if (!failure) throw new Error("a failure");
  const nasty = "a,line=1::x%\r\n::set-env name=PATH::/tmp";
  const [line, ...others] = annotations([{ ...failure, where: nasty, findings: [{ what: nasty, text: nasty }] }], () => ({
    file: nasty,
    line: 1,
  }));
  expect(others).toEqual([]);
  expect(line).not.toMatch(/[\r\n]/);
  expect(line?.split("::")[1]).toContain("file=a%2Cline=1%3A%3Ax%25%0D%0A%3A%3Aset-env name=PATH%3A%3A/tmp,line=1,");
  for (const each of annotations(failuresOf(hostileRun()), () => null)) expect(each).toMatch(/^::error [^\u0000-\u001f]*$/);
  expect(HOSTILE).toContain("\u001b");
});
