import { faultOf } from "../fault/registry.js";
import type { FaultSpec } from "../history/event.js";
import type { Lab } from "../lab/lab.js";
import type { Rehearsed } from "../lab/rehearsal.js";
import { resolveTarget } from "./targets.js";

/** The commands that would inject this fault now, while `active` serves, in order; nothing is changed. Throws what the injection would. */
export async function preview(lab: Lab, { kind, target, params }: FaultSpec, active: string): Promise<Rehearsed[]> {
  const commands: Rehearsed[] = [];
  const twin = lab.rehearse((command) => commands.push(command));
  const fault = faultOf(kind);
  await fault.inject({ lab: twin, nodes: resolveTarget(twin, fault, target, active), params, notePower: () => undefined });
  return commands;
}
