import { expect, it } from "vitest";
import { reportModel } from "../model.js";
import { sampleRun } from "../testing/sample-run.js";
import { qualityList } from "./quality-list.js";

const SENT_LATE = { late: 90, lateP99Ms: 165, latestMs: 248.8 };

it.each([
  ["good figures", {}, "", 0],
  ["probes that ran late", { probes: SENT_LATE }, "", 1],
  ["a window that proves nothing", {}, "probe load not proven: one HTTP probe in a hundred was sent 165 ms late or more", 1],
  ["half of the probes missing", { probes: { total: 400 } }, "", 1],
])("is red only where it limits the verdict: %s", (_, { probes }: { probes?: object }, reason, limits) => {
  const { results, events } = sampleRun();
  const view = reportModel(results, events).tests[4]?.views[0];
  if (!view) throw new Error("the sample has lost a test");
  Object.assign(view.result.probes, probes);
  if (reason !== "") Object.assign(view.result, { verdict: "invalid", reason });
  const text = qualityList(view).markup;
  expect(text.match(/limits the verdict/g)?.length ?? 0).toBe(limits);
  expect(text).toContain("probe (client)");
});
