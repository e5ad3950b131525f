/** What to do next about a finding, by its reason code or a trial's verdict. */
const HINTS: Readonly<Record<string, string>> = {
  "no-recurring-monitor": "give the resource a monitor with an interval in pacemaker.crm, for example: op monitor interval=10s timeout=20s",
  "no-migration-threshold": "set meta migration-threshold=1 on the resource, or it is restarted on the same node for ever",
  "no-location": "add a location constraint with a positive score for the preferred node",
  "no-colocation": "add a colocation constraint with score inf: between the two resources",
  "no-gateway-rule": "clone ocf:pacemaker:ping and add a location rule: -inf: not_defined pingd or pingd lte 0",
  "over-budget": "the time axis shows which step took long; the budget table shows what the configuration allows",
  "never-recovered": "the merged log shows what the cluster waited for; look for failed stops and missing fencing",
  "split-brain": "without fencing both halves take the address; configure STONITH or declare the violation as expected",
  "invalid": "the fault or the probes were not proven, so nothing was judged; run it again and look at the first lines of the merged log",
  "error": "the node logs are in the run folder under nodes/",
  "interrupted": "run it again; the evidence up to the interruption is in this report",
};

export function hintFor(reason: string | null): string {
  return (reason !== null ? HINTS[reason] : undefined) ?? "the test's section shows the evidence on its time axis and in the merged log";
}
