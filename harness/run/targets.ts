import { HachaosError } from "../kernel/errors.js";
import { suggestName } from "../kernel/nearest-name.js";
import type { ClusterNode, Lab } from "../lab/lab.js";
import type { Fault } from "../fault/fault.js";
import type { Session } from "./session.js";

/** Roles stand for nodes that are known only when the fault strikes. */
export const ROLES = ["active", "standby", "all"] as const;

/** How far back "who serves" looks. */
const LATELY_MS = 1_000;

/** The nodes that a target means while `active` serves; [] for faults without one. Throws `unknown-name`. */
export function resolveTarget({ nodes }: Lab, fault: Fault, target: string, active: string): ClusterNode[] {
  if (fault.targets === "network") return [];
  if (target === "all") return nodes;
  if (target === "active" || target === "standby") return nodes.filter((node) => (node.name === active) === (target === "active"));
  const named = nodes.filter((node) => node.name === target);
  if (named.length === 0) {
    throw new HachaosError("unknown-name", `there is no node or role ${target}`, {
      hint: suggestName(target, [...nodes.map((node) => node.name), ...ROLES]),
    });
  }
  return named;
}

/** The node that serves: by its last answer, else the one that holds the address. */
export function activeNode(session: Session): string {
  const answers = session.live.answers(session.nowUs(), LATELY_MS);
  const server =
    answers.findLast((probe) => probe.outcome === "ok")?.servedBy ?? session.live.ownersOf(session.lab.definition.service.address)[0];
  if (server === undefined) throw new HachaosError("fault-not-proven", "no node serves, so there is no active node to break");
  return server;
}
