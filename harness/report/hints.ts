/** What to do next about a finding, by its reason code (harness/check) or a trial's verdict. */
const HINTS: Readonly<Record<string, string>> = {
  "no-recurring-monitor": "give the resource a monitor with an interval in pacemaker.crm, for example: op monitor interval=10s timeout=20s",
  "restarted-in-place": "set meta migration-threshold=1 on the resource, so that its first failure moves it",
  "drawn-elsewhere": "give the preferred node the location with the highest positive score in pacemaker.crm",
  "start-failed": "read the agent's words in the merged log; try its monitor by hand: crm resource trace, or the page statusurl names",
  "attribute-never-set": "name in the rule the attribute that the ping resource sets (parameter name, by default pingd)",
  "too-sticky": "give the location a score above the sum of the resource-stickiness, or accept that the service stays",
  "kept-apart": "a negative score keeps resources apart: write colocation ... inf: ...",
  "pings-elsewhere": "name the gateway in host_list of the ping resource",
  "no-link-monitoring": "set miimon: 100ms on the bond (bond-miimon 100 in /etc/network/interfaces)",
  "no-location": "add a location constraint with a positive score for the preferred node to pacemaker.crm",
  "no-colocation": "add a colocation with score inf: of the two resources to pacemaker.crm",
  "no-gateway-rule": "clone ocf:pacemaker:ping and add a location rule to pacemaker.crm: -inf: not_defined pingd or pingd lte 0",
  "over-budget": "the time axis shows which step took long; the budget table shows what the configuration allows",
  "over-budget-in-all": "each gap is short but there are several; the key log lines show what moved back and forth",
  "never-recovered": "the merged log shows what the cluster waited for; look for failed stops and missing fencing",
  "resource-blocked": "a stop failed and nothing may fence the node: configure STONITH, or give the stop more time (op stop timeout)",
  "two-owners": "without fencing both halves take the address; configure STONITH or declare the violation as expected",
  "expected-violation-not-found": "the violation is gone or has another cause; correct `expected` in cluster.yaml",
  "probe-load": "the machine was too busy to send the probes in time; run fewer labs at once",
  "not-observed": "an observer had stopped; the merged log says which and why",
  "fault-not-proven": "the fault had no effect on the real system; hachaos doctor shows what this kernel can do",
  "not-healed": "the lab stayed dirty: hachaos down, then run again",
  invalid: "something needed for a judgement was not proven, so the trial proves nothing; run it again",
  error: "the node logs are in the run folder under nodes/",
  interrupted: "run it again; the evidence up to the interruption is in this report",
};

export function hintFor(reason: string | null): string {
  return (reason !== null ? HINTS[reason] : undefined) ?? "the test's section shows the evidence on its time axis and in the merged log";
}
