import { stringify } from "yaml";
import { changedLines, type Changed } from "../check/run-differences.js";
import type { ClusterDefinition } from "../cluster/definition.js";

/**
 * What of a suite's cluster is not as in a lab, by file. A suite may have a name, tests and violations that it expects of its own: they
 * are no part of the cluster, nor of what is promised of it.
 */
export function clusterDifferences(lab: ClusterDefinition, suite: ClusterDefinition): Changed[] {
  const [there, wanted] = [filesOf(lab), filesOf(suite)];
  const names = new Set([...Object.keys(there), ...Object.keys(wanted)]);
  return [...names].flatMap((name) => changedLines(name, there[name] ?? "", wanted[name] ?? ""));
}

function filesOf({
  name: _name,
  tests: _tests,
  expected: _expected,
  corosync,
  pacemaker,
  files,
  ...rest
}: ClusterDefinition): Record<string, string> {
  return {
    "cluster.yaml": stringify(rest, { sortMapEntries: true }),
    "corosync.conf": withoutComments(corosync.content),
    "pacemaker.crm": withoutComments(pacemaker.content),
    ...Object.fromEntries(files.map(({ to, content }) => [to, content])),
  };
}

/** In both languages a line that begins with # says nothing to the daemons (corosync.conf(5), crm(8)). */
function withoutComments(text: string): string {
  return text
    .split("\n")
    .filter((line) => !line.trimStart().startsWith("#"))
    .join("\n");
}
