import { HachaosError } from "../kernel/errors.js";
import { waitUntil } from "../kernel/wait-until.js";
import type { ClusterNode, Lab } from "../lab/lab.js";

/** The attribute daemon passes a cleared fail count on within a second. */
const FORGOTTEN_WITHIN_MS = 5_000;

/**
 * The cluster repairs a failure it noticed and goes on remembering it; one it did not notice it must be told to look for:
 * --refresh forgets the failure and probes anew, --cleanup would do only the first (crm_resource(8)).
 */
export async function refreshResource(lab: Lab, resource: string): Promise<void> {
  const node = await firstOn(lab);
  await node.exec(["crm_resource", "--refresh", "--resource", resource], { timeoutMs: 60_000 });
}

/** The service itself comes back in its own time, which the heal gate waits for; that the failure is forgotten can be read at once. */
export async function proveForgotten(lab: Lab, node: ClusterNode, resource: string): Promise<string> {
  const asked = await firstOn(lab);
  const command = ["crm_failcount", "--query", "--resource", resource, "--node", node.name];
  return waitUntil(
    `the cluster has forgotten the failure of ${resource} on ${node.name}`,
    async () => {
      const said = (await asked.exec(command)).stdout.trim();
      return /\bvalue=0$/.test(said) ? { done: true, value: `${node.name}: crm_failcount: ${said}` } : { done: false, seen: said };
    },
    { timeoutMs: FORGOTTEN_WITHIN_MS, code: "undo-not-proven" },
  );
}

/** Any node can speak for the cluster, except one without power. */
async function firstOn(lab: Lab): Promise<ClusterNode> {
  for (const node of lab.nodes) if (await node.isOn()) return node;
  throw new HachaosError("undo-not-proven", "no node has power, so the cluster cannot be asked");
}
