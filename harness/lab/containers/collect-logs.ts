import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Host } from "../lab.js";

/** What is kept of every node, by file name. */
const EVIDENCE: Record<string, string[]> = {
  "pacemaker.log": ["cat", "/var/log/pacemaker/pacemaker.log"],
  "corosync.log": ["cat", "/var/log/corosync/corosync.log"],
  "journal.log": ["journalctl", "--no-pager", "--output=short-precise"],
  "cib.xml": ["cibadmin", "--query"],
  "crm_mon.txt": ["crm_mon", "--one-shot", "--inactive", "--failcounts", "--show-node-attributes"],
  "ip.txt": ["ip", "address"],
  "corosync.conf": ["cat", "/etc/corosync/corosync.conf"],
};

/** Copies logs and configuration of every node into `<folder>/<node>/`. Best effort: a node that is off gives nothing. */
export async function collectLogs(nodes: Host[], folder: string): Promise<void> {
  await Promise.all(
    nodes.map(async (node) => {
      const target = join(folder, node.name);
      await mkdir(target, { recursive: true });
      for (const [file, argv] of Object.entries(EVIDENCE)) {
        const said = await node.exec(argv, { allow: "any", timeoutMs: 10_000 }).catch(() => null);
        if (said?.stdout) await writeFile(join(target, file), said.stdout);
      }
    }),
  );
}
