import type { Comparison } from "../../check/comparison.js";
import type { TestModel } from "../model.js";
import type { Markup } from "./markup.js";
import { phaseBaselines } from "./phase-baselines.js";
import { trialDetails } from "./trial-details.js";

/**
 * Details of trials by the trial view's id, as many as fit into `bytes`: first the trial of each test that needs most attention, in the
 * tests' order, then the second of each, and so on. What did not fit is in the test's table all the same.
 */
export function detailsWithin(bytes: number, tests: readonly TestModel[], comparison: Comparison | null): ReadonlyMap<string, Markup> {
  const details = new Map<string, Markup>();
  const most = Math.max(0, ...tests.map((test) => test.views.length));
  let left = bytes;
  for (let round = 0; round < most; round++) {
    for (const test of tests) {
      const view = test.views[round];
      if (!view) continue;
      const markup = trialDetails(test, view, phaseBaselines(comparison, test));
      const size = Buffer.byteLength(markup.markup);
      if (size > left) continue;
      left -= size;
      details.set(view.id, markup);
    }
  }
  return details;
}
