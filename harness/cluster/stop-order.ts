import { crmStatements } from "./crm-statements.js";
import type { ClusterDefinition } from "./definition.js";
import { serviceResource, vipResource } from "./resources.js";

/** What makes an `order` binding: its kind, or a score of old (crmsh, parse.py; Pacemaker Explained, "Resource ordering"). */
const BINDING = /^(mandatory|inf|infinity):$/i;

/**
 * Whether the address starts before the service and so stops after it, by an `order` or a group. Else the cluster may take the address
 * from a service that is still stopping. True where there are no two resources to put in order.
 */
export function addressOutlivesService(definition: ClusterDefinition): boolean {
  const [vip, service] = [vipResource(definition)?.id, serviceResource(definition)?.id];
  if (vip === undefined || service === undefined || vip === service) return true;
  return chains(definition).some(
    (chain) => chain.includes(service) && chain.indexOf(vip) >= 0 && chain.indexOf(vip) < chain.indexOf(service),
  );
}

/** The resources of each order and group, first to last. */
function chains({ pacemaker }: ClusterDefinition): string[][] {
  return crmStatements(pacemaker.content).statements.flatMap(({ words }) => {
    const [statement, , ...rest] = words.map(({ text }) => text);
    if (statement === "group") return [rest];
    if (statement !== "order") return [];
    const kinds = rest.filter((word) => word.endsWith(":"));
    if (!kinds.every((kind) => BINDING.test(kind)) || rest.some((word) => /^symmetrical=(false|no|0)$/i.test(word))) return [];
    return [rest.filter((word) => !word.endsWith(":")).map((word) => word.replace(/:.*$/, ""))];
  });
}
