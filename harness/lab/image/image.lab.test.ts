import type { Container, ContainerCreateOptions } from "dockerode";
import { afterAll, beforeAll, expect, test } from "vitest";
import { waitUntil } from "../../kernel/wait-until.js";
import { connectEngine, type Engine } from "../engine.js";
import { ensureImage } from "./ensure-image.js";

let engine: Engine;
let node: Container;

beforeAll(async () => {
  engine = await connectEngine();
  const image = await ensureImage(engine, { release: "bookworm" });
  node = await engine.docker.createContainer(options(image.tag));
  await node.start();
  // The bus comes up a moment after PID 1: asked before, systemctl gives up at once.
  const state = async (): Promise<string> => output(["systemctl", "is-system-running"]);
  await waitUntil(
    "systemd has booted",
    async () => {
      const seen = await state();
      return ["running", "degraded"].includes(seen) ? { done: true, value: seen } : { done: false, seen };
    },
    { timeoutMs: 20_000 },
  );
});

afterAll(async () => {
  await node.remove({ force: true, v: true });
});

test("systemd boots with no failed unit", async () => {
  expect(await output(["systemctl", "is-system-running"])).toBe("running");
  expect(await output(["systemctl", "--no-pager", "--failed", "--plain", "--no-legend"])).toBe("");
});

test("nothing of the cluster starts by itself", async () => {
  const running = await output(["systemctl", "--no-pager", "list-units", "--type=service", "--state=running", "--plain", "--no-legend"]);
  expect(
    running
      .split("\n")
      .map((line) => line.split(" ")[0])
      .sort(),
  ).toEqual(["dbus.service", "systemd-journald.service"]);
});

test.each([
  [["node", "--version"], /^v20\./],
  [["corosync", "-v"], /version '3\./],
  [["pacemakerd", "--version"], /^Pacemaker [23]\./],
  [["apache2", "-v"], /Apache\/2\.4/],
  [["crm", "--version"], /^crm \d/],
  [["ovs-vsctl", "--version"], /Open vSwitch/],
  [["ls", "/usr/lib/ocf/resource.d/heartbeat/IPaddr2", "/usr/lib/ocf/resource.d/pacemaker/ping"], /ping$/],
])("%j works", async (command, expected) => {
  expect(await output(command)).toMatch(expected);
});

test("an image that is there is not built again", async () => {
  expect(await ensureImage(engine, { release: "bookworm" })).toMatchObject({ built: false });
});

/** What a node needs to boot systemd; @types/dockerode has no CgroupnsMode. */
function options(tag: string): ContainerCreateOptions {
  const hostConfig = {
    NetworkMode: "none",
    CapAdd: ["NET_ADMIN", "NET_RAW", "SYS_NICE", "IPC_LOCK", "SYS_ADMIN"],
    SecurityOpt: ["seccomp=unconfined", "apparmor=unconfined"],
    Tmpfs: { "/run": "", "/run/lock": "" },
    CgroupnsMode: "private",
  };
  return { name: `hachaos-image-test-${process.pid}`, Image: tag, StopSignal: "SIGRTMIN+3", HostConfig: hostConfig };
}

async function output(command: string[]): Promise<string> {
  const exec = await node.exec({ Cmd: command, AttachStdout: true, Tty: true });
  const stream = await exec.start({ Tty: true });
  let text = "";
  for await (const chunk of stream) text += String(chunk);
  return text.replaceAll("\r", "").trim();
}
