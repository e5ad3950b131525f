import { isFenced } from "../../../cluster/fencing.js";
import { inWords, savedBy, tookMs, type AdviceRule } from "../rule.js";

/** corosync's own default until 3.1 (corosync.conf(5), token). */
const SHORT_TOKEN_MS = 1000;
/** corosync.conf(5), consensus: at least 1.2 x token, and that by default. */
const CONSENSUS_PER_TOKEN = 1.2;

export const token: AdviceRule = {
  id: "token",
  summary: "corosync waits longer than 1 s for the token, and as much again and a fifth for consensus, before it gives up a silent node.",
  advise(observed) {
    const { definition, fault } = observed;
    const { tokenMs, consensusMs } = definition.corosync.totem;
    const consensus = CONSENSUS_PER_TOKEN * SHORT_TOKEN_MS;
    if (fault.kind !== "node-power-off" || tokenMs <= SHORT_TOKEN_MS) return null;
    const savesMs = savedBy(observed, (copy) => {
      const { totem } = copy.corosync;
      [totem.tokenMs, totem.consensusMs] = [SHORT_TOKEN_MS, Math.min(totem.consensusMs, consensus)];
    });
    const [detection, membership] = [tookMs(observed, "detection"), tookMs(observed, "membership")];
    const seen = detection === null || membership === null ? "" : ` (${inWords(detection + membership)} here)`;
    const alone = isFenced(definition) ? "it is fenced although it lives" : "without fencing both nodes then run the service";
    return {
      text: `token ${tokenMs} ms and consensus ${consensusMs} ms: ${inWords(tokenMs + consensusMs)} of this gap${seen}; with token ${SHORT_TOKEN_MS} and consensus ${consensus} the worst case falls by ${inWords(savesMs)}`,
      savesMs,
      risk: `a node that stands still for ${inWords(SHORT_TOKEN_MS)} (live migration, snapshot, swapping, a busy host) counts as dead: ${alone}`,
    };
  },
};
