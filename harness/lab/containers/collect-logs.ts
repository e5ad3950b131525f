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

/** All are asked at once, so that a node whose daemons are gone, where each question waits, does not hold up the end of a run. */
const ANSWER_WITHIN_MS = 10_000;

/** Copies logs and configuration of every node into `<folder>/<node>/`. Best effort: a node that is off gives nothing. */
export async function collectLogs(nodes: Host[], folder: string): Promise<void> {
  const questions = nodes.flatMap((node) => Object.entries(EVIDENCE).map(([file, argv]) => ({ node, file, argv })));
  await Promise.all(
    questions.map(async ({ node, file, argv }) => {
      const target = join(folder, node.name);
      await mkdir(target, { recursive: true });
      const said = await node.exec(argv, { allow: "any", timeoutMs: ANSWER_WITHIN_MS }).catch(() => null);
      if (said?.stdout) await writeFile(join(target, file), said.stdout);
    }),
  );
}
