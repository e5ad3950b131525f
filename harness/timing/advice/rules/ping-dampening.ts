import { dampenMs } from "../../../cluster/ping-time.js";
import { pingResource } from "../../../cluster/resources.js";
import { inWords, savedBy, type AdviceRule } from "../rule.js";

/** Long enough for values that several nodes set in the same moment to be written together (attrd_updater(8), --delay). */
const SHORT_MS = 1000;

export const pingDampening: AdviceRule = {
  id: "ping-dampening",
  summary: "The ping attribute is held back for longer than 1 s before the cluster acts on it.",
  advise(observed) {
    const { definition, fault } = observed;
    const ping = pingResource(definition);
    if (fault.kind !== "gateway-blackhole" || ping === null) return null;
    const nowMs = dampenMs(ping.params["dampen"]);
    if (nowMs <= SHORT_MS) return null;
    const savesMs = savedBy(observed, (copy) => {
      for (const { params } of copy.pacemaker.crm.resources.filter(({ id }) => id === ping.id)) params["dampen"] = `${SHORT_MS}ms`;
    });
    return {
      text: `${ping.id} dampens its attribute for ${inWords(nowMs)}, all of it part of the reaction to a silent gateway; with dampen=${SHORT_MS / 1000}s it falls by ${inWords(savesMs)}`,
      savesMs,
      risk: "when the gateway fails for all nodes, they notice at different moments: the service may first move to a node that is about to lose it too",
    };
  },
};
