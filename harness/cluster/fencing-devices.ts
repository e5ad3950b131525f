import type { CrmConfig } from "./definition.js";

/** A STONITH primitive that asks a BMC by IPMI. */
export interface FencingDevice {
  id: string;
  /** Address of the BMC. */
  bmc: string;
  /** The nodes that it is said to fence; [] = it asks the device itself, pcmk_host_check in pacemaker-fenced(7). */
  nodes: string[];
  user: string;
  password: string;
}

/** Both names of the one agent, as fence-agents installs it. */
const IPMI_AGENTS = ["stonith:fence_ipmilan", "stonith:fence_ipmilanplus"];

export function isIpmiAgent(agent: string): boolean {
  return IPMI_AGENTS.includes(agent);
}

/** The devices of stonith:fence_ipmilan. Each parameter has an old name and a new one, and both are taken (fence_ipmilan(8)). */
export function fencingDevices({ resources }: CrmConfig): FencingDevice[] {
  return resources
    .filter(({ agent }) => isIpmiAgent(agent))
    .map(({ id, params }) => ({
      id,
      bmc: params["ip"] ?? params["ipaddr"] ?? "",
      nodes: (params["pcmk_host_list"] ?? "").split(/[\s,;]+/).filter(Boolean),
      user: params["username"] ?? params["login"] ?? "",
      password: params["password"] ?? params["passwd"] ?? "",
    }));
}
