import { HachaosError } from "../../kernel/errors.js";
import type { Host } from "../lab.js";

/** The router of somebody else: it is pinged, and nothing is run on it. */
export function foreignGateway(address: string): Host {
  const refuse = (): Promise<never> => {
    return Promise.reject(
      new HachaosError("capability-missing", `the gateway ${address} is none of the machines of cluster.yaml: nothing can be run on it`, {
        hint: "faults of the gateway are made from the nodes' side (docs/machines.md)",
      }),
    );
  };
  return { name: "gateway", exec: refuse, interact: refuse, startAgent: refuse };
}
