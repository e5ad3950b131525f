import { beforeAll, describe, expect, test } from "vitest";
import type { ClusterDefinition } from "../../cluster/definition.js";
import { loadDefinition } from "../../cluster/load-definition.js";
import { apacheKill, baseline, linkDown } from "../../history/testing/scenarios.js";
import { trialsOf } from "../../history/views/trial.js";
import type { Gap } from "../gap.js";
import { phasesOf } from "../phases.js";
import { adviceFor, adviceOn } from "./advice.js";
import { ADVICE_RULES } from "./registry.js";
import type { Advice, Observed } from "./rule.js";

let failover: ClusterDefinition;
let article: ClusterDefinition;
beforeAll(async () => {
  failover = await loadDefinition("suites/failover");
  article = await loadDefinition("suites/article");
});
const gapOf = (ms: number) => ({ totalMaxMs: ms, spells: [] }) as unknown as Gap;
const seen = (definition: ClusterDefinition, kind: string, more: Partial<Observed> = {}): Advice[] =>
  adviceOn({ definition, fault: { kind, target: "active", params: {} }, phases: [], gap: gapOf(5000), failbackGap: null, ...more });
const changed = (change: (copy: ClusterDefinition) => void) => {
  const copy = structuredClone(failover);
  change(copy);
  return copy;
};
const resource = (definition: ClusterDefinition, id: string) => {
  const found = definition.pacemaker.crm.resources.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
};
const saves = (advice: Advice[]) => advice.map(({ id, savesMs }) => [id, savesMs]);

describe("advice", () => {
  test("a shorter monitor, with what it saves and what it risks", () => {
    const [first] = seen(failover, "apache-kill");
    expect(first?.text).toBe("httpd monitor every 10 s: up to 10 s of this gap; at 2 s the worst case falls by 8 s");
    expect(first?.savesMs).toBe(8000);
    expect(first?.risk).toMatch(/5 times as often.*timeout of 20 s counts as a failure/);
  });

  test("says how long it was here", () => {
    const phases = [{ name: "detection", startMs: 1000, endMs: 6320 }] as unknown as Observed["phases"];
    expect(seen(failover, "apache-kill", { phases })[0]?.text).toContain("up to 10 s of this gap (5.3 s here)");
  });

  test("no monitor at all comes first and promises no number", () => {
    expect(saves(seen(article, "apache-kill"))).toEqual([["no-recurring-monitor", null]]);
  });

  test("what saves most comes first", () => {
    expect(saves(seen(failover, "gateway-blackhole"))).toEqual([
      ["ping-interval", 5000],
      ["ping-dampening", 4000],
      ["stop-order", 2500],
    ]);
    const slow = changed((copy) => delete resource(copy, "gateway-ping").params["timeout"]);
    expect(saves(seen(slow, "gateway-blackhole"))[0]).toEqual(["ping-timeout", 16_000]);
  });

  test("an order, where a living service moves and nothing keeps its address until it has stopped", () => {
    const [advice] = seen(failover, "apache-kill", { failbackGap: gapOf(5000) }).filter(({ id }) => id === "stop-order");
    expect(advice?.text).toBe(
      'vip may be taken off before httpd has stopped; with "order address-before-service Mandatory: vip httpd" each move of a living httpd takes up to 2.5 s less',
    );
    const ids = (statement: string) =>
      seen(
        changed(({ pacemaker }) => (pacemaker.content += `\n${statement}\n`)),
        "gateway-blackhole",
      ).map(({ id }) => id);
    for (const statement of [
      "order o Mandatory: vip httpd",
      "order o inf: vip:start httpd:start",
      "order o vip httpd",
      "group web vip httpd",
    ])
      expect([statement, ids(statement)]).toEqual([statement, expect.not.arrayContaining(["stop-order"])]);
    for (const statement of [
      "order o Optional: vip httpd",
      "order o Mandatory: httpd vip",
      "order o Mandatory: vip httpd symmetrical=false",
    ])
      expect([statement, ids(statement)]).toEqual([statement, expect.arrayContaining(["stop-order"])]);
    expect(saves(seen(failover, "apache-kill")).map(([id]) => id)).not.toContain("stop-order");
  });

  test("a shorter token, and what it means without fencing and with it", () => {
    const [advice] = seen(failover, "node-power-off");
    expect([advice?.id, advice?.savesMs]).toEqual(["token", 4400]);
    expect(advice?.risk).toMatch(/live migration.*both nodes then run the service/);
    const fenced = changed((copy) => (copy.pacemaker.crm.properties["stonith-enabled"] = "true"));
    expect(seen(fenced, "node-power-off")[0]?.risk).toMatch(/fenced although it lives/);
  });

  test("staying put, unless the preference is absolute or stickiness holds already", () => {
    const failbackGap = gapOf(2200);
    const sticking = (definition: ClusterDefinition) =>
      seen(definition, "something", { failbackGap }).filter(({ id }) => id === "stickiness");
    expect(saves(sticking(failover))).toEqual([["stickiness", 2200]]);
    expect(sticking(failover)[0]?.risk).toMatch(/^C1 is then no longer kept/);
    const absolute = changed((copy) => copy.pacemaker.crm.locations.forEach((location) => (location.score = "INFINITY")));
    expect(sticking(absolute)).toEqual([]);
    const sticky = changed((copy) => (copy.pacemaker.crm.rscDefaults["resource-stickiness"] = "200"));
    expect(sticking(sticky)).toEqual([]);
  });

  test("a bond that waits, where clients felt it", () => {
    const fault = { kind: "link-down", target: "active", params: { nic: "eth2" } };
    expect(saves(seen(failover, "", { fault }))).toEqual([["bond-downdelay", 200]]);
  });

  test("nothing where following it would change nothing", () => {
    const quick = changed((copy) => {
      for (const op of resource(copy, "httpd").ops) if (op.name === "monitor") op.intervalMs = 2000;
      copy.corosync.totem.tokenMs = 1000;
      for (const op of resource(copy, "gateway-ping").ops) if (op.name === "monitor") op.intervalMs = 5000;
      resource(copy, "gateway-ping").params["dampen"] = "1s";
      copy.pacemaker.content += "\norder address-first Mandatory: vip httpd\n";
    });
    for (const kind of ["apache-kill", "node-power-off", "gateway-blackhole"]) expect([kind, seen(quick, kind)]).toEqual([kind, []]);
  });

  test("nothing for a trial without a fault or one that clients did not notice", () => {
    for (const run of [baseline(), linkDown()]) {
      const [trial] = trialsOf(run.history());
      if (trial === undefined) throw new Error("no trial");
      expect(adviceFor(trial, phasesOf(trial))).toEqual([]);
    }
    const [trial] = trialsOf(apacheKill().history());
    expect(trial && adviceFor(trial, phasesOf(trial)).map((advice) => advice.id)).toEqual([
      "service-monitor-interval",
      "stop-order",
      "stickiness",
    ]);
  });

  test("every rule has its own id", () => {
    expect(new Set(ADVICE_RULES.map((rule) => rule.id)).size).toBe(ADVICE_RULES.length);
  });
});
