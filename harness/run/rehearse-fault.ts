import { faultOf } from "../fault/registry.js";
import { nodeOf, type FaultInForce, type Lab } from "../lab/lab.js";
import type { Rehearsed, RehearsedFault } from "../lab/rehearsal.js";

/** A fault and its undo, of which nothing is done. Throws what the injection would, such as `fault-refused` or `capability-missing`. */
export async function rehearseFault(
  lab: Pick<Lab, "rehearse">,
  { kind, nodes, params }: Pick<FaultInForce, "kind" | "nodes" | "params">,
): Promise<RehearsedFault> {
  const { inject, undo } = faultOf(kind);
  const [does, undoes]: [Rehearsed[], Rehearsed[]] = [[], []];
  const siteIn = (commands: Rehearsed[]) => {
    const twin = lab.rehearse((command) => commands.push(command));
    return { lab: twin, nodes: nodes.map((name) => nodeOf(twin, name)), params, notePower: () => undefined };
  };
  await inject(siteIn(does));
  await undo(siteIn(undoes)).undo();
  return { does, undoes };
}
