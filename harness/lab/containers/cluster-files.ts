import type { ClusterDefinition } from "../../cluster/definition.js";
import { HachaosError } from "../../kernel/errors.js";
import type { Host } from "../lab.js";

/** What every node must have in the same form before its daemons start. */
export interface ClusterFiles {
  /** Made by corosync-keygen, as on a real cluster. */
  authkey: Buffer;
  /** The CIB that `crm configure` made of the suite's file. */
  cib: string;
  /** True when the CIB carries a short dc-deadtime of ours, to be taken out once the cluster runs. */
  hurried: boolean;
}

/** Pacemaker's own default is 20 s, all of which a first start waits before the first election (pacemaker-controld(7)). Measured: 1 s costs 1 s more. */
const FIRST_DC_DEADTIME = "200ms";
const CIB_AT = "/tmp/hachaos-cib.xml";
const KEY_AT = "/tmp/hachaos-authkey";

/**
 * Makes key and CIB on a machine that has the same packages as the nodes, while those still boot. The crm text is
 * fed to `crm configure` as it stands, offline (CIB_file), so pacemaker starts with its configuration in place.
 */
export async function makeClusterFiles(workbench: Host, definition: ClusterDefinition): Promise<ClusterFiles> {
  const [authkey, cib] = await Promise.all([makeKey(workbench), makeCib(workbench, definition)]);
  return { authkey, ...cib };
}

async function makeKey(workbench: Host): Promise<Buffer> {
  await workbench.exec(["corosync-keygen", "-k", KEY_AT]);
  const encoded = await workbench.exec(["base64", "--wrap=0", KEY_AT]);
  return Buffer.from(encoded.stdout, "base64");
}

async function makeCib(workbench: Host, definition: ClusterDefinition): Promise<{ cib: string; hurried: boolean }> {
  const env = { CIB_file: CIB_AT };
  const empty = await workbench.exec(["cibadmin", "--empty"]);
  await workbench.exec(["tee", CIB_AT], { stdin: empty.stdout });
  // --force: nodes are not known yet, which crm would ask about.
  const input = `${definition.pacemaker.content}\ncommit\nquit\n`;
  const fed = await workbench.exec(["crm", "--force", "configure"], { stdin: input, env, allow: "any" });
  const complaints = `${fed.stdout}\n${fed.stderr}`.split("\n").filter((line) => /\bERROR\b/.test(line));
  if (fed.exitCode !== 0 || complaints.length > 0) {
    throw new HachaosError(
      "definition-invalid",
      `crm configure refuses ${definition.pacemaker.path}:\n  ${complaints.join("\n  ") || fed.stderr.trim()}`,
    );
  }
  const hurried = definition.pacemaker.crm.properties["dc-deadtime"] === undefined;
  if (hurried)
    await workbench.exec(["crm_attribute", "--type", "crm_config", "--name", "dc-deadtime", "--update", FIRST_DC_DEADTIME], { env });
  return { cib: (await workbench.exec(["cat", CIB_AT])).stdout, hurried };
}

/** Lays key and CIB down on a node whose daemons do not run yet. */
export async function layDown(node: Host, files: ClusterFiles): Promise<void> {
  await Promise.all([
    node.exec(["install", "-m", "0400", "/dev/stdin", "/etc/corosync/authkey"], { stdin: files.authkey }),
    node.exec(["install", "-o", "hacluster", "-g", "haclient", "-m", "0600", "/dev/stdin", "/var/lib/pacemaker/cib/cib.xml"], {
      stdin: files.cib,
    }),
  ]);
}

/** Puts dc-deadtime back to what the definition says: nothing. */
export async function restoreDcDeadtime(node: Host): Promise<void> {
  await node.exec(["crm_attribute", "--type", "crm_config", "--name", "dc-deadtime", "--delete"]);
}
