import type { ClusterDefinition } from "../../../cluster/definition.js";
import { failbackFloorsFor } from "../../../cluster/floors.js";
import { serviceResource, vipResource } from "../../../cluster/resources.js";
import { addressOutlivesService } from "../../../cluster/stop-order.js";
import { inWords, type AdviceRule } from "../rule.js";

export const stopOrder: AdviceRule = {
  id: "stop-order",
  summary:
    "Nothing orders the address and the service, so the address may go first, and the service waits in vain for the clients it was serving.",
  advise(observed) {
    const { definition, fault, failbackGap, gap } = observed;
    const [vip, service] = [vipResource(definition)?.id, serviceResource(definition)?.id];
    // Only these stop a service that lives: a move away from a silent gateway, and every move back.
    const isFelt = (failbackGap?.totalMaxMs ?? 0) > 0 || (fault.kind === "gateway-blackhole" && (gap?.totalMaxMs ?? 0) > 0);
    if (!isFelt || vip === undefined || service === undefined || addressOutlivesService(definition)) return null;
    const statement = `order address-before-service Mandatory: ${vip} ${service}`;
    const ordered = structuredClone(definition);
    ordered.pacemaker.content += `\n${statement}\n`;
    const savesMs = stopMs(definition) - stopMs(ordered);
    return {
      text: `${vip} may be taken off before ${service} has stopped; with "${statement}" each move of a living ${service} takes up to ${inWords(savesMs)} less`,
      savesMs,
      risk: `${service} then starts only once ${vip} is up, and not at all where that fails`,
    };
  },
};

function stopMs(definition: ClusterDefinition): number {
  return failbackFloorsFor(definition, null).stop?.mostMs ?? 0;
}
