import type { ClusterDefinition } from "../../cluster/definition.js";
import type { VmSetup } from "../vm/vm-setup.js";
import type { Housing } from "./housing.js";
import type { Machine, Machines } from "./machine.js";

/** A lab's containers by host name, with what is a node in theirs. */
export function housed(containers: Machine[], housing: Housing, { nodes }: ClusterDefinition, setup: VmSetup | null): Machines {
  const isNode = (name: string) => nodes.some((node) => node.name === name);
  return Object.fromEntries(
    containers.map((container) => {
      const { name } = container.host;
      return [name, isNode(name) ? housing.machine(container, setup) : container];
    }),
  ) as Machines;
}
