import type { ClusterDefinition, CrmConfig, CrmResource } from "./definition.js";

/** The primitives that move an address between nodes: IPaddr2, with or without its class and provider as crm allows. */
export function addressResources(crm: CrmConfig): CrmResource[] {
  return crm.resources.filter((resource) => /(^|:)IPaddr2?$/.test(resource.agent));
}

/** The resource that holds the service's address: the IPaddr2 whose ip it is, or null. */
export function vipResource(definition: ClusterDefinition): CrmResource | null {
  return addressResources(definition.pacemaker.crm).find((resource) => resource.params["ip"] === definition.service.address) ?? null;
}

/** The resource that watches the gateway: an ocf:pacemaker:ping, or null. */
export function pingResource(definition: ClusterDefinition): CrmResource | null {
  return definition.pacemaker.crm.resources.find((resource) => /(^|:)ping$/.test(resource.agent)) ?? null;
}

/** The node attribute in which a ping resource notes its result: `name`, by default pingd (ocf:pacemaker:ping). */
export function pingAttribute(ping: CrmResource): string {
  return ping.params["name"] ?? "pingd";
}

/**
 * The resource that answers clients, or null: the one whose agent is the service's daemon (ocf:heartbeat:apache, systemd:nginx), best
 * together with the VIP; else whatever is placed with the VIP.
 */
export function serviceResource(definition: ClusterDefinition): CrmResource | null {
  const { crm } = definition.pacemaker;
  const vip = vipResource(definition);
  const withVip = vip === null ? [] : placedWith(crm, vip);
  const serves = (resource: CrmResource) => servesAs(resource, definition);
  return withVip.find(serves) ?? crm.resources.find(serves) ?? withVip.find((other) => !addressResources(crm).includes(other)) ?? null;
}

/** What moves when the service does, by id: the address, the service, and what is placed with them. Clones run on every node and do not move. */
export function movingResources(definition: ClusterDefinition): string[] {
  const vip = vipResource(definition);
  const service = serviceResource(definition);
  const withVip = vip === null ? [] : placedWith(definition.pacemaker.crm, vip);
  const all = [vip, service, ...withVip].filter((resource) => resource !== null && !resource.cloned);
  return [...new Set(all.map((resource) => resource?.id ?? ""))];
}

/** Primitives that share a group with this one, or a colocation that attracts. */
function placedWith(crm: CrmConfig, resource: CrmResource): CrmResource[] {
  const names = [resource.id, resource.parent];
  const together = crm.colocations.filter(({ score, resources }) => !score.startsWith("-") && resources.some((id) => names.includes(id)));
  const ids = together.flatMap((constraint) => constraint.resources);
  const belongs = (other: CrmResource) =>
    [other.id, other.parent].some((id) => id !== null && (ids.includes(id) || id === resource.parent));
  return crm.resources.filter((other) => other.id !== resource.id && belongs(other));
}

function servesAs(resource: CrmResource, { service }: ClusterDefinition): boolean {
  const type = resource.agent
    .split(":")
    .at(-1)
    ?.replace(/\.service$/, "");
  // The agent of apache2 (the unit and the process) is called apache.
  return type !== undefined && [service.unit, service.process, service.process.replace(/\d+$/, "")].includes(type);
}
