import type { Results } from "../../check/results.js";
import type { HistoryEvent } from "../../history/event.js";
import { sampleRun } from "./sample-run.js";

/** Text that does harm wherever it is not escaped. */
export const HOSTILE = `</script></title></style></noscript>--><img src=x onerror="alert(1)"><script>alert(2)</script>' onmouseover='alert(3)' &lt;b&gt; \u0000\u001b[2J\u202e]]>`;

/** The sample run with hostile text in every place that a node, a service or a user can fill. */
export function hostileRun(): { results: Results; events: HistoryEvent[] } {
  const { results, events } = sampleRun();
  results.run.versions["corosync"] = HOSTILE;
  results.run.argv = ["run", HOSTILE];
  results.errors = [{ suite: HOSTILE, code: "lab-lost", message: HOSTILE, hint: HOSTILE }];
  for (const test of results.tests) {
    test.name += HOSTILE;
    for (const trial of test.trials) {
      trial.reason = HOSTILE;
      trial.servedAfter = HOSTILE;
      trial.budget.warning = HOSTILE;
      trial.advice = [{ id: HOSTILE, text: HOSTILE, savesMs: null, risk: HOSTILE }];
      for (const phase of trial.phases) {
        phase.name = phase.evidence = HOSTILE;
        if (phase.ends) phase.ends = { ...phase.ends, source: HOSTILE, node: HOSTILE, text: HOSTILE };
        if (phase.floor) phase.floor.source = HOSTILE;
      }
      for (const term of trial.budget.terms) term.source = HOSTILE;
      for (const constraint of trial.constraints) {
        constraint.finding = HOSTILE;
        constraint.evidence = [{ atMs: trial.startMs, node: HOSTILE, text: HOSTILE }];
      }
    }
  }
  for (const event of events) {
    if (event.type === "log") [event.text, event.source] = [`error ${HOSTILE}`, HOSTILE];
    if (event.type === "operation") event.rcText = HOSTILE;
    if (event.type === "command") event.argv = [HOSTILE];
    if (event.type === "neighbour" || event.type === "agent-load") event.node = HOSTILE;
    if (event.type === "cluster") for (const resource of event.resources) resource.id = HOSTILE;
    if (event.type === "http" && event.error !== null) event.error = HOSTILE;
    if (event.type === "trial-started") event.test += HOSTILE;
    if (event.type === "fault-injecting")
      event.drawing = { ...event.drawing, label: HOSTILE, colour: HOSTILE, processes: [`vm-node1.${HOSTILE}`] };
    if (event.type === "suite-started") {
      event.definition.service.address = HOSTILE;
      event.definition.corosync.content = HOSTILE;
    }
  }
  return { results, events };
}
