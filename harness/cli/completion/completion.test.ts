import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ROLES } from "../../run/targets.js";
import { candidatesFor, type Sources } from "./candidates.js";
import { describe } from "./describe.js";
import { folderSources } from "./folder-sources.js";

const tree = await describe();
const named = (...values: string[]) => values.map((value) => ({ value }));
/** What it was asked, so that a lab told by --lab is seen to be heeded. */
const sources: Sources = {
  suites: () => named("suites/failover"),
  suiteFolders: () => named("suites", "suites/failover"),
  runs: (reportDir) => named(`${reportDir}-run`),
  labs: async () => named("one", "two"),
  hosts: async (lab = "any") => [...named("gateway").map((host) => ({ ...host, isNode: false })), { value: `${lab}-node`, isNode: true }],
  nics: async () => named("eth0", "eth1"),
  faultsInForce: async () => named("link-down-0a1b"),
};
const NO_LABS: Sources = { ...sources, labs: async () => [], hosts: async () => [], nics: async () => [], faultsInForce: async () => [] };

async function completed(line: string, from: Sources = sources): Promise<string[] | "files"> {
  const found = await candidatesFor(tree, line.split(" "), from);
  return found === "files" ? found : found.map(({ value }) => value);
}

test.each([
  ["inj", ["inject"]],
  ["inject link", ["link-down", "link-silent"]],
  ["inject link-down ", ["any-node", "active", "standby", "all", "nic="]],
  ["inject link-down active ", ["nic="]],
  ["inject link-down active nic=eth0 ", []],
  ["inject link-down nic=", ["nic=eth0", "nic=eth1"]],
  ["inject --lab one link-down on", ["one-node"]],
  ["inject --lab ", ["one", "two"]],
  ["inject private-links-cut ", []],
  ["inject gateway-blackhole how=", ["how=drop", "how=reject"]],
  ["heal ", ["link-down-0a1b"]],
  ["down ", ["one", "two"]],
  ["status ", ["one", "two"]],
  ["shell ", ["gateway", "any-node"]],
  ["logs -f ", ["any-node"]],
  ["logs --t", ["--tail"]],
  ["up ", ["suites/failover"]],
  ["run ", ["suites", "suites/failover"]],
  ["run suites/failover suites/", ["suites/failover"]],
  ["run --provider ", ["containers", "vm", "ssh", "fake"]],
  ["run --baseline ", ["reports-run"]],
  ["compare --report-dir nightly one nightly", ["nightly-run"]],
  ["image ", ["build"]],
  ["completion ", ["bash", "zsh", "fish"]],
  ["report --report-dir ", "files"],
  ["shell vm-node1 -- ", "files"],
  ["nonsense ", []],
])("%j is completed", async (line, expected) => {
  expect(await completed(line)).toEqual(expected);
});

test("every command is offered with what it does, and every option", async () => {
  const found = await candidatesFor(tree, [""], sources);
  expect(found).toContainEqual({ value: "doctor", description: expect.stringContaining("look at everything") as string });
  expect(await completed("run --")).toEqual(expect.arrayContaining(["--repeat", "--seed", "--help"]));
});

test("roles stay when no engine answers, and are those that targets know", async () => {
  expect(await completed("inject node-power-off ", NO_LABS)).toEqual([...ROLES]);
});

test("every argument of every command is completed by something, or is known to be free", async () => {
  const FREE = ["inject [words]"];
  const leaves = tree.command.commands.flatMap((command) => (command.commands.length > 0 ? command.commands : [command]));
  for (const command of leaves) {
    const found = await candidatesFor(
      tree,
      [command.name === "build" ? "image" : "", command.name, ""].filter((word, at) => word !== "" || at === 2),
      sources,
    );
    const argument = command.arguments[0]?.name;
    if (argument !== undefined && !FREE.includes(`${command.name} [${argument}]`))
      expect(found, `${command.name} ${argument}`).not.toEqual([]);
  }
});

test("suites are found below what is typed, deep enough for a folder of suites, and written as one would go on", () => {
  const folder = mkdtempSync(join(tmpdir(), "hachaos-suites-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const suite of ["a/one", "b/c/two", "node_modules/x", ".hidden/y"]) {
    mkdirSync(join(folder, suite), { recursive: true });
    writeFileSync(join(folder, suite, "cluster.yaml"), "");
  }
  const values = (from: { value: string }[]) => from.map(({ value }) => value.replace(folder, ""));
  expect(values(folderSources.suites(`${folder}/`))).toEqual(["/a/one", "/b/c/two"]);
  expect(values(folderSources.suites(`${folder}/a/o`))).toEqual(["/a/one"]);
  expect(values(folderSources.suiteFolders(`${folder}/`))).toEqual(["/a", "/a/one", "/b/c", "/b/c/two"]);
  expect(folderSources.suites("/nonexistent/")).toEqual([]);
});
