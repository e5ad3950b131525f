import { nodeOf, type Lab } from "../lab/lab.js";

/**
 * A node's power as its BMC sees and switches it (lab/containers/bmc.ts): `status` returns what ipmi_sim expects of `get power`; `on` and
 * `off` do nothing where it is so already, as chassis control has it (IPMI 2.0 specification, 28.3). Throws on any other word.
 */
export async function chassis(lab: Lab, name: string, word: string): Promise<string> {
  const node = nodeOf(lab, name);
  const isOn = await node.isOn();
  switch (word) {
    case "status":
      return `power:${isOn ? 1 : 0}`;
    case "off":
      if (isOn) await node.powerOff();
      return `${name} is off`;
    case "on":
      if (!isOn) await node.powerOn();
      return `${name} is on`;
    default:
      throw new Error(`a BMC knows status, on and off, not ${word}`);
  }
}
