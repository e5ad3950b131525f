import { describe, expect, test } from "vitest";
import type { CrmConfig } from "../cluster/definition.js";
import { sampleDefinition } from "../history/testing/sample-definition.js";
import { apartBy, failuresUntilMove, hasGatewayRule, isColocated, isDrawnTo, pingedInstead } from "./crm-facts.js";

const withCrm = (change: (crm: CrmConfig) => void) =>
  sampleDefinition(({ pacemaker }) => {
    change(pacemaker.crm);
  });

describe("migration-threshold", () => {
  const threshold = (own: string | null, defaults: string | null) => {
    const definition = withCrm((crm) => {
      for (const resource of crm.resources) resource.meta = own === null ? {} : { "migration-threshold": own };
      crm.rscDefaults = defaults === null ? {} : { "migration-threshold": defaults };
    });
    const [first] = definition.pacemaker.crm.resources;
    return first === undefined ? 0 : failuresUntilMove(definition, first);
  };

  test.each([
    [null, null, Infinity],
    ["1", null, 1],
    ["INFINITY", null, Infinity],
    ["0", null, Infinity],
    [null, "3", 3],
    ["INFINITY", "3", Infinity],
  ])("own %s, rsc_defaults %s: moves at failure %s", (own, defaults, expected) => {
    expect(threshold(own, defaults)).toBe(expected);
  });
});

test("a gateway rule looks at the attribute of the ping resource, whatever it is called", () => {
  expect(hasGatewayRule(sampleDefinition())).toBe(true);
  const renamed = withCrm((crm) => {
    for (const resource of crm.resources) if (resource.id === "p-ping") resource.params["name"] = "uplink";
  });
  expect(hasGatewayRule(renamed)).toBe(false);
});

test("an address that is pinged instead of the gateway; a name may be the gateway's", () => {
  const pinging = (hosts: string) =>
    pingedInstead(
      withCrm((crm) => {
        for (const resource of crm.resources) if (resource.id === "p-ping") resource.params["host_list"] = hosts;
      }),
    );
  expect([pinging("192.168.1.1"), pinging("127.0.0.1"), pinging("127.0.0.1 192.168.1.1"), pinging("router")]).toEqual([
    [],
    ["127.0.0.1"],
    [],
    [],
  ]);
});

test("a colocation with a negative score keeps apart", () => {
  const apart = withCrm((crm) => {
    crm.colocations = [{ id: "c", score: "-INFINITY", resources: ["httpd", "vip"] }];
  });
  expect([isColocated(apart, ["vip", "httpd"]), apartBy(apart, ["vip", "httpd"])?.id]).toEqual([false, "c"]);
  expect(apartBy(sampleDefinition(), ["vip", "httpd"])).toBeNull();
});

test("a location of the group draws what is in it", () => {
  const grouped = withCrm((crm) => {
    for (const resource of crm.resources) if (resource.id === "vip") resource.parent = "site";
    crm.locations = [{ id: "l", resource: "site", node: "vm-node1", score: "100", rule: null }];
  });
  expect([isDrawnTo(grouped, ["vip"], "vm-node1"), isDrawnTo(grouped, ["vip"], "vm-node2")]).toEqual([true, false]);
});

test("a location draws by node, by rule, and not away", () => {
  const drawn = (node: string | null, score: string, rule: string | null) =>
    isDrawnTo(
      withCrm((crm) => {
        crm.locations = [{ id: "l", resource: "vip", node, score, rule }];
      }),
      ["vip"],
      "vm-node1",
    );
  expect(drawn("vm-node1", "100", null)).toBe(true);
  expect(drawn(null, "100", "#uname eq vm-node1")).toBe(true);
  expect(drawn("vm-node1", "-INFINITY", null)).toBe(false);
  expect(drawn("vm-node2", "100", null)).toBe(false);
});

test("colocated by a constraint or by a group", () => {
  expect(isColocated(sampleDefinition(), ["vip", "httpd"])).toBe(true);
  const none = withCrm((crm) => {
    crm.colocations = [];
  });
  expect(isColocated(none, ["vip", "httpd"])).toBe(false);
  const other = withCrm((crm) => {
    crm.colocations = [{ id: "c", score: "INFINITY", resources: ["httpd", "db"] }];
  });
  expect(isColocated(other, ["vip", "httpd"])).toBe(false);
  const grouped = withCrm((crm) => {
    crm.colocations = [];
    for (const resource of crm.resources) resource.parent = "web";
  });
  expect(isColocated(grouped, ["vip", "httpd"])).toBe(true);
});
