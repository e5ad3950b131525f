import { suggestName } from "../kernel/nearest-name.js";
import { HachaosError } from "../kernel/errors.js";
import { addressDelete } from "./address-delete.js";
import { apacheKill } from "./apache-kill.js";
import type { Fault } from "./fault.js";
import { gatewayBlackhole } from "./gateway-blackhole.js";
import { kernelPanic } from "./kernel-panic.js";
import { linkDown } from "./link-down.js";
import { linkSilent } from "./link-silent.js";
import { nicDown } from "./nic-down.js";
import { nodeFreeze } from "./node-freeze.js";
import { nodeIsolated } from "./node-isolated.js";
import { nodePowerOff } from "./node-power-off.js";
import { privateLinksCut } from "./private-links-cut.js";

/** Every fault there is: one file and one line here for each. Names, help, schemas and docs come from this list. */
const ALL = [
  linkDown,
  nicDown,
  linkSilent,
  privateLinksCut,
  apacheKill,
  addressDelete,
  gatewayBlackhole,
  nodeIsolated,
  nodePowerOff,
  nodeFreeze,
  kernelPanic,
];

/** Parameters are parsed by the fault's own schema before it sees them, so a fault of any parameters fits here. */
export const FAULTS: Record<string, Fault> = Object.fromEntries(ALL.map((fault) => [fault.kind, fault as unknown as Fault]));

/** Finds a fault by its kind; throws `unknown-name` with the nearest one. */
export function faultOf(kind: string): Fault {
  const fault = FAULTS[kind];
  if (!fault)
    throw new HachaosError("unknown-name", `there is no fault ${kind}`, {
      hint: `${suggestName(kind, Object.keys(FAULTS))}; hachaos faults lists them all`,
    });
  return fault;
}
