import { expect, test } from "vitest";
import { loadDefinition } from "../cluster/load-definition.js";
import { faultOf } from "../fault/registry.js";
import { askFault, checkNames, toldFault } from "./ask-fault.js";
import { chooseFaults } from "./commands/heal.js";
import { pickLab } from "./pick-lab.js";
import { mayAsk } from "./terminal/terminal.js";
import { scriptedAsk } from "./testing/scripted-ask.js";

const definition = await loadDefinition("suites/failover");

test("all that is missing is asked for: the fault, where, each parameter with its default", async () => {
  const { ask, asked } = scriptedAsk(["link-down", "vm-node2", "eth3"]);
  expect(await askFault(ask, definition, { kind: undefined, words: [] })).toEqual({ kind: "link-down", words: ["vm-node2", "nic=eth3"] });
  expect(asked[0]?.choices).toContain("node-power-off");
  expect(asked[1]).toMatchObject({ choices: ["vm-node1", "vm-node2", "active", "standby", "all"], initial: "active" });
  expect(asked[2]).toMatchObject({ choices: ["eth0", "eth1", "eth2", "eth3"], initial: "eth0" });
});

test("what was typed is not asked again, and a fault between the nodes has no target", async () => {
  const { ask, asked } = scriptedAsk(["reject"]);
  const typed = { kind: "gateway-blackhole", words: ["standby"] };
  expect(await askFault(ask, definition, typed)).toEqual({ kind: "gateway-blackhole", words: ["standby", "how=reject"] });
  expect(asked).toMatchObject([{ choices: ["drop", "reject"], initial: "drop" }]);
  const none = scriptedAsk([]);
  expect(await askFault(none.ask, definition, { kind: "private-links-cut", words: [] })).toEqual({ kind: "private-links-cut", words: [] });
});

test("without anybody to ask, a fault must be told; a wrong parameter is said before any question", () => {
  expect(() => toldFault(undefined, [])).toThrow("missing required argument 'fault'");
  expect(() => checkNames(faultOf("link-down"), ["nci=eth0"])).toThrow("link-down has no parameter nci");
});

test("heal and the choice of a lab ask only where it is not clear, and say what to type where nobody is there", async () => {
  const fault = (id: string) => ({
    id,
    kind: "link-down",
    params: {},
    nodes: ["vm-node1"],
    since: "",
    leaseS: 600,
    leftS: 570,
    dirty: null,
    proof: null,
  });
  const faults = [fault("link-down-1"), fault("link-down-2")];
  const heal = (wanted: string | undefined, answers?: string[]) =>
    chooseFaults(faults, { wanted, all: false, ask: answers ? scriptedAsk(answers).ask : null });
  expect(await heal("link-down-1")).toEqual([faults[0]]);
  expect(await heal(undefined, ["link-down-2"])).toEqual([faults[1]]);
  expect(await heal("link-down", ["--all"])).toEqual(faults);
  await expect(heal(undefined)).rejects.toThrow("which one: link-down-1, link-down-2?");

  const lab = (name: string, state: "stays" | "spare" = "stays") => ({ name, state });
  const labs = [lab("one"), lab("three", "spare"), lab("two")];
  expect(await pickLab(labs, undefined, { ask: scriptedAsk(["two"]).ask, hint: "" })).toEqual(lab("two"));
  await expect(pickLab(labs, undefined, { ask: scriptedAsk(["three"]).ask, hint: "" })).rejects.toThrow("no answer");
  expect(await pickLab(labs.slice(0, 2), undefined, { ask: scriptedAsk([]).ask, hint: "" })).toEqual(lab("one"));
  expect(await pickLab(labs.slice(1, 2), undefined, { ask: scriptedAsk([]).ask, hint: "" })).toBeNull();
  expect(await pickLab(labs, "three", { ask: null, hint: "" })).toEqual(lab("three", "spare"));
});

test.each([
  [{}, true, true, true],
  [{}, false, true, false],
  [{}, true, false, false],
  [{ CI: "true" }, true, true, false],
  [{ TERM: "dumb" }, true, true, false],
])("%j with stdin tty %s, stderr tty %s: may ask is %s", (env, inIsTty, errIsTty, expected) => {
  expect(mayAsk({ env, inIsTty, outIsTty: false, errIsTty })).toBe(expected);
});
