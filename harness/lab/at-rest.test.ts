import { expect, it } from "vitest";
import { parseCrm } from "../cluster/parse-crm.js";
import { loadDefinition } from "../cluster/load-definition.js";
import { isAtRest, restMs } from "./at-rest.js";

const definition = await loadDefinition("suites/failover");
const node = (name: string, attributes: Record<string, string> = { pingd: "1000" }) => ({
  ...{ name, online: true, unclean: false, standby: false },
  attributes,
});
const httpd = (role: string) => ({ id: "httpd", role, nodes: [], failed: true, blocked: false, managed: true });

it("a cluster rests when all nodes reach the gateway and no operation runs, wherever its resources are", () => {
  const nodes = [node("vm-node1"), node("vm-node2")];
  const look = (view: Partial<Parameters<typeof isAtRest>[1]>) => isAtRest(definition, { nodes, resources: [httpd("Stopped")], ...view });
  expect(look({})).toBe(true);
  expect(look({ resources: [httpd("Starting")] })).toBe(false);
  expect(look({ nodes: [node("vm-node1")] })).toBe(false);
  expect(look({ nodes: [node("vm-node1"), { ...node("vm-node2"), online: false }] })).toBe(false);
  expect(look({ nodes: [node("vm-node1"), node("vm-node2", {})] })).toBe(false);
  expect(look({ nodes: [node("vm-node1"), node("vm-node2", { pingd: "0" })] })).toBe(false);
});

it("failures that are forgotten by themselves may change everything", () => {
  const { crm } = parseCrm(`${definition.pacemaker.content}\nrsc_defaults failure-timeout=30s\n`);
  const forgets = { ...definition, pacemaker: { ...definition.pacemaker, crm } };
  expect(isAtRest(forgets, { nodes: [node("vm-node1"), node("vm-node2")], resources: [] })).toBe(false);
});

it("every resource is looked at once more before that counts", () => {
  expect(restMs(definition)).toBe(15_000);
});
