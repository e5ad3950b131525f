import { movingResources } from "../../../cluster/resources.js";
import { inWords, type AdviceRule } from "../rule.js";

/** Pacemaker Explained, "Scores": INFINITY is 1000000. */
const INFINITY = 1_000_000;

export const stickiness: AdviceRule = {
  id: "stickiness",
  summary: "After healing the service moves back to the node that it prefers, and clients pay a second gap for it.",
  advise({ definition, failbackGap }) {
    const { crm } = definition.pacemaker;
    const moving = movingResources(definition);
    const preferred = crm.locations.find(({ resource, node, score }) => moving.includes(resource) && node !== null && scoreOf(score) > 0);
    const secondMs = failbackGap?.totalMaxMs ?? 0;
    if (preferred === undefined || secondMs === 0) return null;
    const score = scoreOf(preferred.score);
    const now = scoreOf(crm.rscDefaults["resource-stickiness"] ?? "0");
    // With INFINITY for a place no stickiness holds the service back.
    if (score >= INFINITY || now >= score) return null;
    const promise = definition.promises.find(({ kind }) => kind === "prefers");
    const broken = promise === undefined ? "" : `${promise.id} is then no longer kept by itself; `;
    return {
      text: `moving back to ${preferred.node ?? ""} cost a second gap of ${inWords(secondMs)}; with rsc_defaults resource-stickiness=${score * 2} (the preference counts ${preferred.score}) the service stays where it is`,
      savesMs: Math.round(secondMs),
      risk: `${broken}somebody has to move the service back at a time of their choice, and until then one more failure meets the spare node`,
    };
  },
};

function scoreOf(text: string): number {
  return /^-?INFINITY$/.test(text) ? (text.startsWith("-") ? -INFINITY : INFINITY) : Number(text) || 0;
}
