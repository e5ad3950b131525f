import { pingResource } from "../../../cluster/resources.js";
import { inWords, savedBy, type AdviceRule } from "../rule.js";

/** A gateway on the same network answers within milliseconds: 2 s is a thousand times that. */
const SHORT_S = 2;

export const pingTimeout: AdviceRule = {
  id: "ping-timeout",
  summary: "The ping resource waits long for each answer, often because `timeout` is unset and the agent takes it from the operation's.",
  advise(observed) {
    const { definition, fault } = observed;
    const ping = pingResource(definition);
    if (fault.kind !== "gateway-blackhole" || ping === null) return null;
    const savesMs = savedBy(observed, (copy) => {
      for (const { params } of copy.pacemaker.crm.resources.filter(({ id }) => id === ping.id)) params["timeout"] = String(SHORT_S);
    });
    if (savesMs <= 0) return null;
    const given = ping.params["timeout"];
    const now = given === undefined ? "no timeout of its own, so it waits as long as its operation allows" : `timeout=${given}`;
    return {
      text: `${ping.id} has ${now}; with timeout=${SHORT_S} the worst case falls by ${inWords(savesMs)}`,
      savesMs,
      risk: "a gateway that answers slower than that, over a congested or long link, counts as gone",
    };
  },
};
