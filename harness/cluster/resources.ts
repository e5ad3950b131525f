import type { ClusterDefinition, CrmResource } from "./definition.js";

/** The resource that holds the service's address: the IPaddr2 whose ip it is. */
export function vipResource(definition: ClusterDefinition): CrmResource | null {
  const { resources } = definition.pacemaker.crm;
  return resources.find((resource) => /:IPaddr2?$/.test(resource.agent) && resource.params["ip"] === definition.service.address) ?? null;
}

/** The resource that serves: named like the process or unit, else the one colocated with the address. */
export function serviceResource(definition: ClusterDefinition): CrmResource | null {
  const { resources, colocations } = definition.pacemaker.crm;
  const { process, unit } = definition.service;
  const byAgent = resources.find((resource) =>
    [process, unit, "apache"].some((name) => resource.agent.split(":").at(-1) === name && resource.agent.split(":").at(-1) !== ""),
  );
  if (byAgent) return byAgent;
  const vip = vipResource(definition)?.id;
  const together = colocations.find((colocation) => vip !== undefined && colocation.resources.includes(vip));
  return resources.find((resource) => resource.id !== vip && together?.resources.includes(resource.id)) ?? null;
}

/** The resource that watches the gateway: a ping agent. */
export function pingResource(definition: ClusterDefinition): CrmResource | null {
  return definition.pacemaker.crm.resources.find((resource) => /:(ping|pingd)$/.test(resource.agent)) ?? null;
}
