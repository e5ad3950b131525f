import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { stringify } from "yaml";
import { afterAll, expect, test } from "vitest";
import { loadDefinition } from "./load-definition.js";

const folder = mkdtempSync(join(tmpdir(), "hachaos-machines-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The failover suite's cluster on machines of this inventory. */
function load(machines: object) {
  const base = relative(folder, resolve("suites/failover"));
  writeFileSync(join(folder, "cluster.yaml"), stringify({ extends: base, machines }));
  return loadDefinition(folder);
}
const nodes = { "vm-node1": { host: "192.0.2.11" }, "vm-node2": { host: "192.0.2.12" } };

test("an inventory of two hosts is enough", async () => {
  const access = { user: "root", port: 22, key: null, bastion: null, proxy: null };
  expect((await load({ nodes })).machines).toEqual({
    nodes: { "vm-node1": { host: "192.0.2.11", ...access }, "vm-node2": { host: "192.0.2.12", ...access } },
    client: null,
    bastions: {},
    knownHosts: "~/.ssh/known_hosts",
    marker: "/etc/hachaos/allow-faults",
    allowMany: false,
  });
});

test.each([
  [{ "vm-node1": { host: "a" } }, "how vm-node2 is reached is not told"],
  [{ ...nodes, "vm-nod3": { host: "c" } }, "vm-nod3 is no node"],
  [{ "vm-node1": { host: "a" }, "vm-node2": { host: "a" } }, "a:22 is vm-node1 already"],
  [{ ...nodes, "vm-node1": { host: "a", bastion: "jmup" } }, "jmup is no bastion; did you mean jump?"],
  [{ ...nodes, "vm-node1": { host: "a", bastion: "jump", proxy: ["nc"] } }, "through a bastion or a proxy, not both"],
  [{ ...nodes, "vm-node1": { host: "-oProxyCommand=x" } }, "is no host name or address"],
  [{ ...nodes, "vm-node1": { host: "a", user: "-l" } }, "is no user name"],
])("%j: %s", async (wrong, message) => {
  await expect(load({ nodes: wrong, bastions: { jump: { host: "jump" } } })).rejects.toThrow(message);
});

test("a bastion is reached directly", async () => {
  const bastions = { jump: { host: "jump", bastion: "far" }, far: { host: "far" } };
  await expect(load({ nodes, bastions })).rejects.toThrow("a bastion is reached directly");
});
