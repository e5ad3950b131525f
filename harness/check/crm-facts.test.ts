import { describe, expect, test } from "vitest";
import type { CrmConfig } from "../cluster/definition.js";
import { sampleDefinition } from "../history/testing/sample-definition.js";
import { hasGatewayRule, isColocated, isDrawnTo, movesOnFailure } from "./crm-facts.js";

const withCrm = (change: (crm: CrmConfig) => void) =>
  sampleDefinition(({ pacemaker }) => {
    change(pacemaker.crm);
  });

describe("migration-threshold", () => {
  const moves = (own: string | null, defaults: string | null) => {
    const definition = withCrm((crm) => {
      for (const resource of crm.resources) resource.meta = own === null ? {} : { "migration-threshold": own };
      crm.rscDefaults = defaults === null ? {} : { "migration-threshold": defaults };
    });
    const [first] = definition.pacemaker.crm.resources;
    return first !== undefined && movesOnFailure(definition, first);
  };

  test.each([
    [null, null, false],
    ["1", null, true],
    ["INFINITY", null, false],
    ["0", null, false],
    [null, "3", true],
    ["INFINITY", "3", false],
  ])("own %s, rsc_defaults %s: moves %s", (own, defaults, expected) => {
    expect(moves(own, defaults)).toBe(expected);
  });
});

test("a gateway rule looks at the attribute of the ping resource, whatever it is called", () => {
  expect(hasGatewayRule(sampleDefinition())).toBe(true);
  const renamed = withCrm((crm) => {
    for (const resource of crm.resources) if (resource.id === "p-ping") resource.params["name"] = "uplink";
  });
  expect(hasGatewayRule(renamed)).toBe(false);
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
