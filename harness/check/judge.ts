import { messageOf } from "../kernel/errors.js";
import { allOf, firstOf, type History } from "../history/read-history.js";
import { trialsOf, type Trial } from "../history/views/trial.js";
import { applyExpected } from "./expected.js";
import { checkers } from "./registry.js";
import type { Checker } from "./checker.js";
import type { ConstraintResult, Results, TestResult, Verdict } from "./results.js";
import { MISSING, missingShards } from "./missing-shards.js";
import { NOT_JUDGED, unjudgedExpectations } from "./unjudged-expectations.js";
import { runFacts } from "./run-facts.js";
import { testStatistics } from "./samples.js";
import { trialResult } from "./trial-result.js";
import { worstVerdict } from "./verdict.js";

/** Judges a stored run: the same history gives the same results, with or without a lab. Never throws on a history that could be read. */
export function judge(history: History, registry: readonly Checker[] = checkers): Results {
  const judged = trialsOf(history).map((trial) => ({ trial, constraints: constraintsOf(trial, registry) }));
  const tests = inDeclaredOrder(testsOf(judged), history);
  const errors = [...errorsOf(history), ...missingShards(history), ...(isComplete(history) ? unjudgedExpectations(history) : [])];
  return {
    schema: "hachaos/results@1",
    run: runFacts(history),
    verdict: worstVerdict([
      ...tests.map((test) => test.verdict),
      ...errors.map(verdictOfError),
      ...(isComplete(history) ? [] : unfinished),
    ]),
    errors,
    tests,
  };
}

/** What every checker says of a trial, expected violations applied. */
function constraintsOf(trial: Trial, registry: readonly Checker[]): ConstraintResult[] {
  const { definition } = trial;
  // A trial that was refused shows nothing of the cluster.
  if (definition === null || trial.ended?.status === "not-started") return [];
  const several = countFaults(trial) > 1;
  const found = registry.flatMap((checker) => {
    try {
      const results = checker.check(trial, definition);
      return several && checker.anyFaults !== true ? results.map(ofSeveralFaults) : results;
    } catch (error) {
      return [thrown(checker, messageOf(error))];
    }
  });
  return applyExpected(definition, trial, found);
}

function countFaults({ events, startUs }: Trial): number {
  return allOf(events, "fault-injecting").filter(({ atUs }) => atUs >= startUs).length;
}

function ofSeveralFaults({ id, title }: ConstraintResult): ConstraintResult {
  const finding = "several faults were in force at once, and nobody says what must happen then";
  return { id, title, verdict: "unknown", finding, reason: "several-faults", evidence: [] };
}

function thrown({ id, title }: Checker, message: string): ConstraintResult {
  return { id, title, verdict: "unknown", finding: `the checker failed: ${message}`, reason: "checker-failed", evidence: [] };
}

function testsOf(judged: { trial: Trial; constraints: ConstraintResult[] }[]): TestResult[] {
  const tests = new Map<string, TestResult>();
  for (const { trial, constraints } of judged) {
    const key = JSON.stringify([trial.suite, trial.test]);
    const release = trial.definition?.release;
    const known = { suite: trial.suite, name: trial.test, ...(release !== undefined && { release }) };
    const test = tests.get(key) ?? { ...known, verdict: "invalid" as Verdict, trials: [] };
    test.trials.push(trialResult(trial, constraints));
    tests.set(key, test);
  }
  for (const test of tests.values()) {
    test.trials.sort((a, b) => a.trial - b.trial);
    test.verdict = worstVerdict(test.trials.map((trial) => trial.verdict));
    test.statistics = testStatistics(test.trials);
  }
  return [...tests.values()];
}

/** As they were planned, whichever lab was the first to begin one; what no plan names comes last, as it was begun. */
function inDeclaredOrder(tests: TestResult[], { events }: History): TestResult[] {
  const runs = [firstOf(events, "run-started"), ...allOf(events, "part").map((part) => part.run)];
  const planned = runs.flatMap((run) => run?.plan ?? []).map(({ suite, test }) => JSON.stringify([suite, test]));
  const place = ({ suite, name }: TestResult) => {
    const index = planned.indexOf(JSON.stringify([suite, name]));
    return index < 0 ? planned.length : index;
  };
  return tests.sort((a, b) => place(a) - place(b));
}

function errorsOf(history: History): Results["errors"] {
  return allOf(history.events, "lab-failed").map((failed) => {
    const suite = allOf(history.events, "suite-started").findLast((event) => event.lab === failed.lab && event.atUs <= failed.atUs);
    return { suite: suite?.suite ?? "", code: failed.code, message: failed.message, hint: failed.hint };
  });
}

/** What an entry of `errors` makes of the run. */
export function verdictOfError({ code }: { code: string }): Verdict {
  if (code === NOT_JUDGED || MISSING.includes(code)) return "invalid";
  return code === "interrupted" ? "interrupted" : "error";
}

const unfinished: Verdict[] = ["interrupted"];

/** A run that was begun was also ended, with every suite it began; else it was stopped, and what it did not do proves nothing. */
function isComplete(history: History): boolean {
  if (history.events.length === 0) return history.truncated === null;
  const failed = new Set(allOf(history.events, "lab-failed").map((event) => event.lab));
  const ended = allOf(history.events, "suite-ended");
  const suites = allOf(history.events, "suite-started").every(
    (started) =>
      failed.has(started.lab) || ended.some((end) => end.lab === started.lab && end.suite === started.suite && end.atUs >= started.atUs),
  );
  const runEnded = firstOf(history.events, "run-ended");
  return suites && history.truncated === null && runEnded !== null && runEnded.interrupted !== true;
}
