import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { timeless } from "./agents/watchers/watch-cluster.js";
import { clusterNews } from "./cluster-news.js";
import type { Observation } from "./probe.js";

/** Written by pacemaker 2.1.5 of Debian 12 on vm-node2 while httpd, killed on vm-node1, moved, and after it had moved. */
const during = readFileSync(new URL("../lab/testing/crm-mon-failing-over.xml", import.meta.url), "utf8");
const after = readFileSync(new URL("../lab/testing/crm-mon-failed-over.xml", import.meta.url), "utf8");

const short = (news: Observation[]) =>
  news.map((one) =>
    one.type === "operation" ? [one["resource"], one["on"], one["task"], one["call"], one["rc"], one["initial"]] : one.type,
  );

test("a result is told once, by the node that saw it first, and a state once by every node", () => {
  const news = clusterNews();
  const first = news("vm-node2", during, true);
  expect(first.filter((one) => one.type === "operation")).toHaveLength(11);
  expect(first.every((one) => one.type === "cluster" || one["initial"] === true)).toBe(true);
  expect(short(news("vm-node1", during, true))).toEqual(["cluster"]);
  expect(short(news("vm-node2", after, false))).toEqual([
    ["httpd", "vm-node2", "start", 19, 0, false],
    ["httpd", "vm-node2", "monitor", 20, 0, false],
    ["httpd", "vm-node1", "stop", 24, 0, false],
    "cluster",
  ]);
  expect(short(news("vm-node2", after, false))).toEqual([]);
});

test("an observer that is started anew tells the state again, and no old result", () => {
  const news = clusterNews();
  news("vm-node2", after, true);
  expect(short(news("vm-node2", after, true))).toEqual(["cluster"]);
});

test("a result that changes nothing of the state brings no new state", () => {
  const news = clusterNews();
  news("vm-node2", after, true);
  const failed = after.replace('call="18" task="monitor" rc="0" rc_text="ok"', 'call="18" task="monitor" rc="7" rc_text="not running"');
  expect(short(news("vm-node2", failed, false))).toEqual([["vip", "vm-node2", "monitor", 18, 7, false]]);
});

test("two looks at an unchanged cluster are the same text, a new operation makes it another", () => {
  const later = after
    .replace(/last_update time="[^"]*"/, 'last_update time="Sun Nov 22 21:11:00 2026"')
    .replace(/last_updated="[^"]*"/, 'last_updated="2026-11-22 21:11:00Z"');
  expect(later).not.toBe(after);
  expect(timeless(later)).toBe(timeless(after));
  expect(timeless(after.replace('call="20" task="monitor" rc="0"', 'call="20" task="monitor" rc="7"'))).not.toBe(timeless(after));
});
