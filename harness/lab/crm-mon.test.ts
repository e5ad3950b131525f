import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseCrmMon, type Operation } from "./crm-mon.js";

/** Written by pacemaker 2.1.5 of Debian 12 on vm-node2 while httpd, killed on vm-node1, moved, and after it had moved. */
const during = parseCrmMon(readFileSync(new URL("testing/crm-mon-failing-over.xml", import.meta.url), "utf8"));
const after = parseCrmMon(readFileSync(new URL("testing/crm-mon-failed-over.xml", import.meta.url), "utf8"));

const of = (operations: Operation[], resource: string, on: string) =>
  operations
    .filter((operation) => operation.resource === resource && operation.on === on)
    .map(({ task, intervalMs, call, rc, execMs }) => [task, intervalMs, call, rc, execMs]);

test("the view tells where resources are, what failed, and the attributes of the nodes", () => {
  expect(during.view.dc).toBe("vm-node2");
  expect(during.view.quorate).toBe(true);
  expect(during.view.nodes.map(({ name, online, attributes }) => [name, online, attributes])).toEqual([
    ["vm-node1", true, { pingd: "1000" }],
    ["vm-node2", true, { pingd: "1000" }],
  ]);
  expect(during.view.resources.map(({ id, role, nodes, failed }) => [id, role, nodes, failed])).toEqual([
    ["vip", "Started", ["vm-node2"], false],
    ["httpd", "Stopping", ["vm-node1"], true],
    ["gateway-ping", "Started", ["vm-node1", "vm-node2"], false],
  ]);
  expect(during.view.failCounts).toEqual([{ node: "vm-node1", resource: "httpd", count: "1" }]);
});

test("a failed monitor stands beside its last good result, and what is under way has call -1 and rc 193", () => {
  expect(of(during.operations, "httpd", "vm-node1")).toEqual([
    ["monitor", 10_000, 20, 0, 77],
    ["monitor", 10_000, 20, 7, 0],
    ["stop", 0, -1, 193, 0],
  ]);
  expect(of(after.operations, "httpd", "vm-node1").at(-1)).toEqual(["stop", 0, 24, 0, 168]);
});

test("operations carry their times, in UTC whatever the zone of the node", () => {
  expect(after.operations.filter(({ resource, on, task }) => resource === "httpd" && on === "vm-node2" && task === "start")).toEqual([
    {
      resource: "httpd",
      on: "vm-node2",
      task: "start",
      intervalMs: 0,
      rc: 0,
      rcText: "ok",
      call: 19,
      execMs: 376,
      queueMs: 0,
      changedAtS: Date.UTC(2026, 10, 22, 21, 9, 53) / 1000,
    },
  ]);
});
