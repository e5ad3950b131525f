import { createHash } from "node:crypto";
import type { ManagementDefinition } from "../../cluster/definition.js";
import { waitUntil } from "../../kernel/wait-until.js";
import type { Host } from "../lab.js";
import { KEEPER_AT } from "./keeper-file.js";

/** The word by which the keeper knows that it is asked as a BMC's switch. */
export const CHASSIS = "chassis";
/** In the fabric: a folder for each BMC. */
const BMCS_AT = "/var/lib/hachaos/bmc";
/** IPMI over LAN, RMCP's port (IPMI 2.0 specification, 13.1.2). */
const PORT = 623;
const LISTENS_WITHIN_MS = 10_000;

/** A management controller with the address that every BMC has on its own bus (ipmi_sim_cmd(5)). */
const CONTROLLER = `mc_setbmc 0x20
mc_add 0x20 0 no-device-sdrs 0x23 9 8 0x9f 0x1291 0xf02
mc_enable 0x20
`;

/**
 * Starts a BMC for every node: ipmi_sim(1), in the fabric, where no power-off reaches it. It asks the keeper's code for the node's power and
 * has it switched, so it works whether any hachaos runs or not. Returns once all listen.
 */
export async function startBmcs(fabric: Host, management: ManagementDefinition): Promise<void> {
  await Promise.all(Object.entries(management.nodes).map(([node, { bmc }]) => startBmc(fabric, management, node, bmc)));
}

async function startBmc(fabric: Host, management: ManagementDefinition, node: string, address: string): Promise<void> {
  const folder = `${BMCS_AT}/${node}`;
  const at = (name: string) => `${folder}/${name}`;
  await fabric.exec(["mkdir", "--parents", at("state")]);
  await Promise.all([
    fabric.exec(["install", "-m", "0600", "/dev/stdin", at("lan.conf")], { stdin: lanConf(management, node, address, at("chassis")) }),
    fabric.exec(["install", "-m", "0644", "/dev/stdin", at("sim.emu")], { stdin: CONTROLLER }),
    fabric.exec(["install", "-m", "0755", "/dev/stdin", at("chassis")], { stdin: chassisScript(node, at("log")) }),
  ]);
  // It stays when the command that starts it has ended, and ends with the container.
  const detached = ["sh", "-c", 'exec setsid --fork "$@" </dev/null >>"$0" 2>&1', at("log")];
  await fabric.exec([...detached, "ipmi_sim", "-n", "-c", at("lan.conf"), "-f", at("sim.emu"), "-s", at("state")]);
  await waitUntil(
    `the BMC of ${node} listens`,
    async () => {
      const sockets = await fabric.exec(["ss", "--no-header", "--udp", "--listening", "--numeric", "src", `${address}:${PORT}`]);
      return sockets.stdout.trim() === "" ? { done: false, seen: "nobody listens" } : { done: true, value: undefined };
    },
    { timeoutMs: LISTENS_WITHIN_MS, everyMs: 50, code: "lab-not-ready" },
  );
}

/**
 * Any will do as long as there is one, but each its own: the keys of an RMCP+ session are made of it (IPMI 2.0 specification, 13.31), and
 * ipmi_sim without one gives up the session.
 */
function guidOf(node: string): string {
  return createHash("sha256").update(node).digest("hex").slice(0, 32);
}

/** ipmi_lan(5); chassis_control is in OpenIPMI's own lan.conf (lanserv). User 1 is the anonymous one: it is not there. */
function lanConf({ user, password }: ManagementDefinition, node: string, address: string, program: string): string {
  const levels = ["callback", "user", "operator", "admin"].map((level) => `    allowed_auths_${level} md5`);
  return [
    `name "${node}"`,
    "set_working_mc 0x20",
    "  startlan 1",
    `    addr ${address} ${PORT}`,
    "    priv_limit admin",
    ...levels,
    `    guid ${guidOf(node)}`,
    "  endlan",
    `  chassis_control "${program}"`,
    `  user 2 true "${user}" "${password}" admin 10 md5`,
    "",
  ].join("\n");
}

/**
 * What the BMC runs: `get power`, `set power 0`, `set power 1`, `set reset 1`. Until the power is off it gets no answer, so it says "off" of
 * nothing that still lives; a boot takes seconds, and no BMC waits for that.
 */
function chassisScript(node: string, log: string): string {
  const keeper = `node ${KEEPER_AT} ${CHASSIS} ${node}`;
  return `#!/bin/sh
case "$1 $2 $3" in
  "set power 1") exec setsid --fork ${keeper} on </dev/null >>${log} 2>&1 ;;
  "set power 0") exec ${keeper} off >>${log} 2>&1 ;;
  "set reset "*) ${keeper} off >>${log} 2>&1 && exec setsid --fork ${keeper} on </dev/null >>${log} 2>&1 ;;
  "get power "*) exec ${keeper} status ;;
esac
exit 1
`;
}
