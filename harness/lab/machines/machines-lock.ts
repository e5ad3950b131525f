import { labLock } from "../containers/lab-lock.js";
import type { ClusterNode, Lab, LabLock } from "../lab.js";
import type { Machine } from "./machine-host.js";
import { RUN_AT } from "./run-at.js";

/** A lock on every machine that answers, always in the same order, so that two who want all of them never wait for each other. */
export function machinesLock(nodes: readonly { machine: Pick<Machine, "stream">; node: ClusterNode }[]): Lab["lock"] {
  return async (purpose, onWait) => {
    const held: LabLock[] = [];
    const release = async () => {
      for (const lock of held.toReversed()) await lock.release();
    };
    try {
      for (const { machine, node } of nodes) {
        if (await node.isOn()) held.push(await labLock(machine, { name: node.name, folder: RUN_AT })(purpose, onWait));
      }
      return { release };
    } catch (error) {
      await release();
      throw error;
    }
  };
}
