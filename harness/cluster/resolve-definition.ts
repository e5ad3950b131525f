import type { DefinitionFile } from "./definition-schema.js";
import type { ClusterDefinition, ClusterPromise, CrmConfig, ExpectedViolation, TestDefinition, Totem } from "./definition.js";
import { formatDuration } from "./duration.js";
import type { NativeFiles } from "./native-files.js";
import { resolveMachines } from "./resolve-machines.js";
import { serviceUrl } from "./service-url.js";
import { subnetOf } from "./subnet.js";

/** Where corosync reads its configuration, corosync.conf(5). */
const COROSYNC_CONF = "/etc/corosync/corosync.conf";
/** The budget that is for moving back, not for a fault. */
export const FAILBACK = "failback";

/** A checked cluster.yaml and its files as the definition everything else works with. */
export function resolveDefinition(
  file: DefinitionFile,
  folderName: string,
  native: NativeFiles,
  totem: Totem,
  crm: CrmConfig,
): ClusterDefinition {
  const { [FAILBACK]: failbackBudgetMs = null, ...budgets } = file.budgets;
  const { address, port } = serviceUrl(file.service.url);
  return {
    name: file.name ?? folderName,
    release: file.release,
    packages: file.packages,
    nodes: Object.entries(file.nodes).map(([name, addresses]) => ({ name, addresses })),
    bonds: Object.entries(file.bonds).map(([name, bond]) => ({
      name,
      network: bond.network,
      nics: bond.nics,
      mode: bond.mode,
      miimonMs: bond.miimon,
      downdelayMs: bond.downdelay,
      updelayMs: bond.updelay,
    })),
    networks: Object.entries(file.networks).map(([name, network]) => {
      const { cidr, prefix } = subnetOf(network.subnet);
      return { name, subnet: cidr, prefix, wiring: network.wiring, gateway: network.gateway ?? null, client: network.client ?? null };
    }),
    ...(file.management !== undefined && {
      management: { ...file.management, prefix: subnetOf(file.management.subnet).prefix },
    }),
    service: { url: file.service.url, address, port, unit: file.service.unit, process: file.service.process ?? file.service.unit },
    ...(file.machines !== undefined && { machines: resolveMachines(file.machines) }),
    files: file.files.map((entry, index) => ({ path: entry.file, to: entry.to, content: native.files[index] ?? "" })),
    corosync: { path: file.corosync, to: COROSYNC_CONF, content: native.corosync ?? "", totem },
    pacemaker: { path: file.pacemaker, to: "", content: native.pacemaker ?? "", crm },
    promises: Object.entries(file.promises).map(([id, promise]) => resolvePromise(id, promise)),
    ...(file.tests !== undefined && { tests: file.tests.map(resolveTest) }),
    expected: file.expected.map(resolveExpected),
    budgets,
    failbackBudgetMs,
  };
}

function resolveTest(entry: NonNullable<DefinitionFile["tests"]>[number]): TestDefinition {
  const { name, fault = null, target, params, expect, watch } = entry;
  return {
    ...{ name, fault },
    ...(target !== undefined && { target }),
    ...(params !== undefined && { params }),
    ...(expect !== undefined && { expect }),
    ...(watch !== undefined && { watchMs: watch }),
  };
}

function resolveExpected(entry: DefinitionFile["expected"][number]): ExpectedViolation {
  const { in: test, violates, because = null, why, "caught-by": caughtBy, "may-violate": mayViolate } = entry;
  return { test, violates, because, why, ...(caughtBy !== undefined && { caughtBy }), ...(mayViolate !== undefined && { mayViolate }) };
}

function resolvePromise(id: string, promise: DefinitionFile["promises"][string]): ClusterPromise {
  const { resources = [], together, survives, prefers } = promise;
  const withText = (text: string) => ({ id, text: promise.text ?? text });
  if (prefers !== undefined)
    return { ...withText(`${resources.join(" and ")} run on ${prefers} in the normal case`), kind: "prefers", node: prefers, resources };
  if (together !== undefined)
    return { ...withText(`${together.join(" and ")} run on the same node`), kind: "together", resources: together };
  if (survives !== undefined) {
    const withinMs = promise.within ?? null;
    const limit = withinMs === null ? "" : ` within ${formatDuration(withinMs)}`;
    return { ...withText(`after ${survives} another node serves${limit}`), kind: "survives", fault: survives, withinMs };
  }
  const address = promise["single-owner"] ?? "";
  return { ...withText(`${address} is never on two nodes at once`), kind: "single-owner", address };
}
