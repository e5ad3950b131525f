import { COVERAGE, LATE_P99_US, LONGEST_HOLE_US } from "../../timing/probe-quality.js";
import type { TrialView } from "../trial-view.js";
import { plural } from "../words.js";
import { html, type Markup } from "./markup.js";

/** What timing/probe-quality.ts calls a trial invalid for, in ms. */
const LONGEST_HOLE_MS = LONGEST_HOLE_US / 1000;
const LATE_P99_MS = LATE_P99_US / 1000;

/** What the figures above rest on: how often clients asked, how late, and what watching cost; red where it limits the verdict. */
export function qualityList(view: TrialView): Markup {
  const { probes, kept, startMs, endMs } = view.result;
  const wanted = probes.periodMs > 0 ? Math.floor((endMs - startMs) / probes.periodMs) : 0;
  const sent = wanted > 0 ? probes.total / wanted : 0;
  const latest = probes.latestMs ?? null;
  const outcomes = Object.entries(probes.outcomes ?? view.outcomes).map(([outcome, count]) => `${count} ${outcome}`);
  // Judged per window, so it can be red although the whole trial's figures are not.
  const doubt = view.result.verdict === "invalid" && view.result.reason.startsWith("probe load") ? view.result.reason : null;
  return html`<dl class="quality">
    ${doubt !== null && item("Probe load", doubt.replace(/^probe load /, ""), true)}
    ${item("Probe period", `${probes.periodMs} ms, each request with a connection of its own`, probes.periodMs === 0)}
    ${item("Requests sent", `${probes.total} of ${wanted} wanted`, sent < COVERAGE)}
    ${item("Outcomes", outcomes.join(", ") || "none", false)}
    ${item("Sent late", `${plural(probes.late, "request")} by more than a period${lateness(probes.lateP99Ms ?? null, latest)}`, (probes.lateP99Ms ?? 0) > LATE_P99_MS || (latest ?? 0) > LONGEST_HOLE_MS)}
    ${kept && item("Kept connection", `${plural(kept.total, "request")} over ${plural(kept.connections, "connection")}, ${kept.failed} failed`, false)}
    ${view.loads.map(({ name, node, cpuShare, lagMs }) =>
      item(
        node === "" ? name : `${name} (${node})`,
        `${(cpuShare * 100).toFixed(1)} % of a core; its event loop was ${Math.round(lagMs)} ms late at worst`,
        lagMs > LONGEST_HOLE_MS,
      ),
    )}
  </dl>`;
}

function item(name: string, text: string, limits: boolean): Markup {
  return html`<div class="${limits ? "limits" : ""}">
    <dt>${name}</dt>
    <dd class="num">${text}${limits && html` <b>limits the verdict</b>`}</dd>
  </div>`;
}

function lateness(p99: number | null, latest: number | null): string {
  const parts = [...(p99 === null ? [] : [`99 % within ${round(p99)} ms`]), ...(latest === null ? [] : [`the latest ${round(latest)} ms`])];
  return parts.length === 0 ? "" : `; ${parts.join(", ")}`;
}

function round(ms: number): number {
  return Number(ms.toFixed(1));
}
