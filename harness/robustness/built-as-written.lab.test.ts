import { afterAll, beforeAll, expect, test } from "vitest";
import type { ClusterDefinition } from "../cluster/definition.js";
import { loadDefinition } from "../cluster/load-definition.js";
import { FAULTS } from "../fault/registry.js";
import { makeClusterFiles } from "../lab/containers/cluster-files.js";
import type { Host } from "../lab/lab.js";
import { expectExit, openSandbox, type Sandbox } from "./testing/sandbox.js";

/** What the cluster itself writes beside the user's properties. */
const CLUSTERS_OWN = ["have-watchdog", "dc-version", "cluster-infrastructure", "cluster-name"];

let sandbox: Sandbox;
let definition: ClusterDefinition;
let node: Host;

beforeAll(async () => {
  sandbox = await openSandbox();
  const folder = sandbox.suite("built");
  definition = await loadDefinition(folder, { faultKinds: Object.keys(FAULTS) });
  const up = await sandbox.cli("up", folder, "--name", sandbox.id);
  expectExit(up, 0);
  // It is no error when a cluster does not serve, but then there is nothing here to look at.
  expect(up.stderr).not.toContain("not as a full start should be");
  node = (await sandbox.machine("vm-node1")).host;
});
afterAll(async () => {
  await sandbox.close();
});

test("a lab that was built in a hurry has the configuration that its user wrote, and no more", async () => {
  // The same text, through crm configure again, where no cluster runs.
  const { cib } = await makeClusterFiles((await sandbox.machine("fabric")).host, definition);
  for (const section of ["resources", "constraints", "op_defaults", "rsc_defaults"]) {
    expect(await live(section)).toEqual(sectionOf(cib, section));
  }
  const properties = [...(await live("crm_config")).join("\n").matchAll(/<nvpair\b[^>]*>/g)].map(([pair]) => ({
    name: / name="([^"]*)"/.exec(pair)?.[1] ?? "",
    value: / value="([^"]*)"/.exec(pair)?.[1] ?? "",
  }));
  const own = properties.filter(({ name }) => !CLUSTERS_OWN.includes(name)).map(({ name, value }) => [name, value]);
  expect(Object.fromEntries(own)).toEqual(definition.pacemaker.crm.properties);
});

test("it started in the order that its rules give, and what is noted later is dampened as the user wrote", async () => {
  const order = [
    /Setting pingd\[vm-node1\]: \(unset\) -> 1000 .* with 5s write delay/,
    /Sent CIB request \d+ with \d changes? for pingd/,
    /Result of start operation for vip on vm-node1: ok/,
    /Result of start operation for httpd on vm-node1: ok/,
  ];
  const before = await log();
  const places = order.map((line) => before.findIndex((text) => line.test(text)));
  expect(places, `${String(before.length)} lines from "${before[0] ?? ""}" to "${before.at(-2) ?? ""}"`).not.toContain(-1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));

  await node.exec(["attrd_updater", "--name", "pingd", "--update", "999"]);
  const written = await node.exec(["crm_attribute", "--type", "status", "--node", "vm-node1", "--name", "pingd", "--query", "--quiet"]);
  expect(written.stdout.trim()).toBe("1000");
  expect((await log()).find((line) => line.includes("Setting pingd[vm-node1]: 1000 -> 999"))).toContain("with 5s write delay");
});

async function log(): Promise<string[]> {
  return (await node.exec(["cat", "/var/log/pacemaker/pacemaker.log"])).stdout.split("\n");
}

async function live(section: string): Promise<string[]> {
  const { stdout } = await node.exec(["cibadmin", "--query", "--scope", section], { allow: "any" });
  return trimmed(stdout);
}

function sectionOf(cib: string, section: string): string[] {
  return trimmed(new RegExp(`<${section}>[^]*</${section}>|<${section}/>`).exec(cib)?.[0] ?? "");
}

function trimmed(xml: string): string[] {
  return xml
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}
