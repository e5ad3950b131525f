import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseCrm, resourceIds } from "./parse-crm.js";

const problemsOf = (text: string) => parseCrm(text).problems.map(({ line, column, message }) => `${line}:${column}: ${message}`);

describe("parseCrm", () => {
  it("reads the failover suite's text", () => {
    const { crm, problems, positions } = parseCrm(readFileSync("suites/failover/pacemaker.crm", "utf8"));
    expect(problems).toEqual([]);
    expect(crm.resources.map(({ id, agent, parent, cloned }) => [id, agent, parent, cloned])).toEqual([
      ["vip", "ocf:heartbeat:IPaddr2", null, false],
      ["httpd", "ocf:heartbeat:apache", null, false],
      ["gateway-ping", "ocf:pacemaker:ping", "gateway-ping-clone", true],
    ]);
    expect(crm.resources[1]).toMatchObject({
      params: { configfile: "/etc/apache2/apache2.conf", statusurl: "http://localhost/server-status" },
      meta: { "migration-threshold": "1" },
      ops: [
        { name: "monitor", intervalMs: 10_000, timeoutMs: 20_000 },
        { name: "start", intervalMs: 0, timeoutMs: 60_000 },
        { name: "stop", intervalMs: 0, timeoutMs: 60_000 },
      ],
    });
    expect(crm.locations).toEqual([
      { id: "vip-prefers-node1", resource: "vip", node: "vm-node1", score: "100", rule: null },
      { id: "vip-needs-gateway", resource: "vip", node: null, score: "-INFINITY", rule: "not_defined pingd or pingd lte 0" },
    ]);
    expect(crm.colocations).toEqual([{ id: "httpd-with-vip", score: "INFINITY", resources: ["httpd", "vip"] }]);
    expect(crm.properties).toEqual({ "stonith-enabled": "false", "no-quorum-policy": "ignore" });
    expect(resourceIds(crm)).toEqual(["vip", "httpd", "gateway-ping", "gateway-ping-clone"]);
    expect(positions.get("httpd")).toEqual({ line: 12, column: 11 });
  });

  it("reads groups, clones of groups, templates, monitors and defaults", () => {
    const { crm, problems } = parseCrm(`
node 1: vm-node1 attributes site=a
rsc_template web ocf:heartbeat:nginx op monitor interval=30s op start timeout=40s
primitive www @web params configfile=/etc/nginx/nginx.conf op monitor interval=5s meta target-role=Started
primitive vip IPaddr2 ip=10.0.0.9 nic=bond1
monitor vip 15s:7s
group site vip www meta resource-stickiness=50
clone sites site meta clone-max=2
order o Mandatory: vip:start www:start symmetrical=false
location l1 { www vip } resource-discovery=never inf: vm-node1
location l2 site rule $role=Started #uname eq vm-node1 rule -100: defined maintenance
location l3 /w.*/ mandatory: vm-node2
colocation c -inf: vip:Started [ www ]
rsc_defaults rsc-options: resource-stickiness=1 failure-timeout=60s
op_defaults $id=op-options timeout=45s
fencing_topology vm-node1: a
commit
`);
    expect(problems).toEqual([]);
    expect(crm.resources[0]).toEqual({
      ...{ id: "www", agent: "ocf:heartbeat:nginx", parent: "site", cloned: true },
      params: { configfile: "/etc/nginx/nginx.conf" },
      meta: { "target-role": "Started" },
      ops: [
        { name: "start", intervalMs: 0, timeoutMs: 40_000 },
        { name: "monitor", intervalMs: 5000, timeoutMs: 45_000 },
      ],
    });
    expect(crm.resources[1]).toMatchObject({
      params: { ip: "10.0.0.9", nic: "bond1" },
      ops: [{ name: "monitor", intervalMs: 15_000, timeoutMs: 7000 }],
    });
    expect(crm.containers).toEqual([
      { id: "site", kind: "group", members: ["vip", "www"] },
      { id: "sites", kind: "clone", members: ["site"] },
    ]);
    expect(crm.locations).toEqual([
      { id: "l1", resource: "www", node: "vm-node1", score: "INFINITY", rule: null },
      { id: "l1", resource: "vip", node: "vm-node1", score: "INFINITY", rule: null },
      { id: "l2", resource: "site", node: null, score: "INFINITY", rule: "#uname eq vm-node1" },
      { id: "l2", resource: "site", node: null, score: "-100", rule: "defined maintenance" },
      { id: "l3", resource: "/w.*/", node: "vm-node2", score: "INFINITY", rule: null },
    ]);
    expect(crm.colocations).toEqual([{ id: "c", score: "-INFINITY", resources: ["vip", "www"] }]);
    expect(crm.rscDefaults).toEqual({ "resource-stickiness": "1", "failure-timeout": "60s" });
  });

  it.each([
    ["primitve vip IPaddr2", "1:1: primitve is no statement of crm configure; did you mean primitive?"],
    ["primitive vip", "1:1: an id and an agent are needed; for example: primitive vip ocf:heartbeat:IPaddr2 params ip=192.168.1.60"],
    ["primitive a Dummy\n primitive a Dummy", "2:12: a is already defined on line 1; give one of them another id"],
    ["primitive a Dummy \\\n  op monitor interval=often", "2:14: interval often is no duration; write for example interval=10s"],
    ["primitive a Dummy op interval=1s", "1:19: op needs the operation's name; for example: op monitor interval=10s timeout=20s"],
    ["primitive a @tpl", "1:13: no rsc_template tpl is defined above; none is defined"],
    ["group g", "1:1: an id and what it holds are needed; for example: group web vip httpd"],
    ["primitive vip Dummy\ngroup g vpi", "2:9: no resource is called vpi; did you mean vip?"],
    ["primitive a Dummy\nlocation l a 100 n1", "2:14: 100 is no score; a score ends in a colon and a blank, for example 100: or inf:"],
    ["primitive a Dummy\nlocation l a 100:", "2:14: location l needs a score and a node; for example: 100: vm-node1"],
    ["primitive a Dummy\ncolocation c inf: a b", "2:21: no resource is called b; did you mean a?"],
    ["colocation c inf: a", "1:1: an id, a score and two resources are needed; for example: colocation web-with-vip inf: httpd vip"],
    ["property stonith-enabled", "1:10: stonith-enabled has no value; write stonith-enabled=<value>"],
    ["monitor httpd 10s", "1:1: a primitive defined above and an interval are needed; for example: monitor httpd 10s:20s"],
  ])("names what is wrong in %j", (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });
});
