import { HachaosError } from "../kernel/errors.js";
import type { ClusterNode, VirtualMachine } from "../lab/lab.js";

/** What a node can be made to do from under its kernel; throws `capability-missing` where that kernel is the host's own. */
export function virtualOf({ name, virtual }: ClusterNode): VirtualMachine {
  if (virtual !== undefined) return virtual;
  throw new HachaosError(
    "capability-missing",
    `${name} is no virtual machine: what would be done to its kernel would be done to this host's`,
    {
      hint: "use --provider vm",
    },
  );
}
