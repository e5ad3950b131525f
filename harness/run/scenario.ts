import type { ClusterDefinition } from "../cluster/definition.js";
import { faultOf } from "../fault/registry.js";
import type { Params } from "../fault/fault.js";
import type { FaultSpec } from "../history/event.js";

/** One test of a suite: what is broken, and who must serve in the end. */
export interface Scenario {
  name: string;
  /** null: nothing is broken, the lab is only watched. */
  fault: FaultSpec | null;
  expect: "same" | "standby";
  /** How long to watch at least, ms: a quiet baseline, or a fault that nothing should come of. */
  watchMs: number;
}

/** Thirty seconds hold three rounds of ten-second monitors. */
const QUIET_MS = 30_000;
/** Beyond token and consensus a membership change would have come (corosync.conf(5)), and two seconds more its effects. */
const AFTERMATH_MS = 2_000;

export function quiet(name: string, watchMs: number = QUIET_MS): Scenario {
  return { name, fault: null, expect: "same", watchMs };
}

/** A scenario with a fault: kind, parameters and target are checked against the registry. */
export function broken(definition: ClusterDefinition, name: string, spec: { fault: string; target?: string; params?: Params }): Scenario {
  const fault = faultOf(spec.fault);
  const target = fault.targets === "network" ? "" : (spec.target ?? "active");
  const params = fault.params.parse(spec.params ?? {}) as Params;
  const expect = target === "standby" || target === "all" ? "same" : fault.expects;
  const { tokenMs, consensusMs } = definition.corosync.totem;
  return { name, fault: { kind: fault.kind, target, params }, expect, watchMs: tokenMs + consensusMs + AFTERMATH_MS };
}

/** What every cluster should be asked, for suites that say nothing of their own. */
export function standardScenarios(definition: ClusterDefinition): Scenario[] {
  const nic = definition.bonds[0]?.nics[0] ?? "eth0";
  const hasCables = definition.networks.some((network) => network.wiring === "cables");
  return [
    quiet("baseline"),
    broken(definition, "link-down-active", { fault: "link-down", target: "active", params: { nic } }),
    broken(definition, "link-down-standby", { fault: "link-down", target: "standby", params: { nic } }),
    ...(hasCables ? [broken(definition, "private-links-cut", { fault: "private-links-cut" })] : []),
    broken(definition, "apache-kill", { fault: "apache-kill", target: "active" }),
    broken(definition, "gateway-blackhole", { fault: "gateway-blackhole", target: "active" }),
    broken(definition, "node-power-off", { fault: "node-power-off", target: "active" }),
  ];
}
