import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { newest } from "./build.mjs";
import { engineAction } from "./engine.mjs";
import { isNewEnough } from "./node-version.mjs";
import { Fix, runSteps, type Step } from "./steps.mjs";

const machine = { root: true, dockerHost: undefined, dockerd: false, systemd: false, denied: false, user: "ada" };

test.each([
  ["root, nothing there, no service manager", {}, { install: true, start: "hand" }],
  ["root, systemd", { systemd: true }, { install: true, start: "systemd" }],
  ["root, installed but not running", { dockerd: true }, { install: false, start: "hand" }],
])("%s", (_name, change, action) => {
  expect(engineAction({ ...machine, ...change })).toEqual(action);
});

test.each([
  [
    "no engine",
    {},
    "apt-get install docker.io mmdebstrap debian-archive-keyring uidmap ca-certificates && start dockerd && usermod -aG docker ada",
  ],
  [
    "installed, systemd",
    { dockerd: true, systemd: true },
    "ask the administrator for: systemctl enable --now docker && usermod -aG docker ada",
  ],
  ["not in the group", { dockerd: true, denied: true }, "ask the administrator for: usermod -aG docker ada"],
  ["DOCKER_HOST", { dockerHost: "unix:///x" }, "correct DOCKER_HOST"],
])("without root, %s: says what to ask for", (_name, change, hint) => {
  expect(engineAction({ ...machine, root: false, ...change })).toMatchObject({ hint: expect.stringContaining(hint) as string });
});

test("even root does not install a second engine beside a DOCKER_HOST", () => {
  expect(engineAction({ ...machine, dockerHost: "tcp://10.0.0.1:2375" })).toHaveProperty("refuse");
});

test("steps that are done are skipped; one that cannot be done ends the setup with exit 3 and its fix", async () => {
  const ran: string[] = [];
  const step = (name: string, done: string | null, fix?: Fix): Step => ({
    name,
    done: async () => done,
    run: async () => {
      if (fix) throw fix;
      ran.push(name);
    },
  });
  let text = "";
  const write = (more: string): void => void (text += more);
  expect(await runSteps([step("a", "there"), step("b", null)], write)).toBe(0);
  expect(ran).toEqual(["b"]);
  expect(text).toContain("[setup 1/2] a: there\n[setup 2/2] b ...\n");
  expect(await runSteps([step("c", null, new Fix("no engine", "start it")), step("d", null)], write)).toBe(3);
  expect(ran).toEqual(["b"]);
  expect(text).toContain("c: no engine\nfix: start it\n");
});

test("the newest file of a folder counts; what is not there is older than all", () => {
  const folder = mkdtempSync(join(tmpdir(), "hachaos-newest-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "old"), "");
  writeFileSync(join(folder, "new"), "");
  utimesSync(join(folder, "old"), 1_000, 1_000);
  utimesSync(join(folder, "new"), 2_000, 2_000);
  expect(newest([folder])).toBe(2_000_000);
  expect(newest([join(folder, "none")])).toBe(0);
});

test("20.19 is the floor", () => {
  expect(["18.20.8", "20.18.3", "20.19.0", "24.1.0"].map(isNewEnough)).toEqual([false, false, true, true]);
});
