import { afterAll, beforeAll, expect, test } from "vitest";
import type { FaultInForce } from "../lab/lab.js";
import type { LabSummary } from "../lab/labs.js";
import type { LabStatus } from "../cli/status/lab-status.js";
import { hostNetwork } from "./testing/host-network.js";
import { KEYS } from "./testing/on-terminal.js";
import { expectExit, openSandbox, type Sandbox } from "./testing/sandbox.js";

let sandbox: Sandbox;
let networkBefore: ReturnType<typeof hostNetwork>;

beforeAll(async () => {
  sandbox = await openSandbox();
  networkBefore = hostNetwork();
  expectExit(await sandbox.cli("up", sandbox.suite("live"), "--name", sandbox.id), 0);
});
afterAll(async () => {
  await sandbox.close();
});

test("a cable is pulled by one command and put back by another, which find the lab and the fault by themselves", async () => {
  expect(await carrier("vm-node1", "eth0")).toBe("1");
  const injected = await sandbox.cli("inject", "link-down", "vm-node1", "nic=eth0");
  expectExit(injected, 0);
  expect(injected.stdout).toBe("vm-node1: /sys/class/net/eth0/carrier is 0\n");
  expect(await carrier("vm-node1", "eth0")).toBe("0");
  expect(await faults()).toMatchObject([{ kind: "link-down", nodes: ["vm-node1"], params: { nic: "eth0" } }]);

  await statusShows(/^ {2}bond0 +eth0 no carrier, eth1 active$/m);
  expect((await labs())[0]?.nodes[0]?.bonds?.[0]).toMatchObject({ active: "eth1", legs: [{ carrier: false }, { carrier: true }] });

  const healed = await sandbox.cli("heal", "link-down");
  expectExit(healed, 0);
  expect(healed.stdout).toBe("vm-node1: /sys/class/net/eth0/carrier is 1\n");
  expect(await carrier("vm-node1", "eth0")).toBe("1");
  expect(await faults()).toEqual([]);
});

test("the active node loses its power and another fault comes on top; heal --all takes both back", async () => {
  expectExit(await sandbox.cli("inject", "node-power-off"), 0);
  await sandbox.waitFor("the standby serves", async () => (await page()).includes("served by vm-node2"));
  await statusShows(
    /^vm-node1 +off$/m,
    /^ {2}members +vm-node2 without vm-node1; /m,
    /^pacemaker as vm-node2 sees it$/m,
    / 192\.168\.1\.60 is on vm-node2$/m,
  );
  await statusShows(/^ {2}nodes +online vm-node2; vm-node1 OFFLINE$/m, /^ {2}httpd +Started on vm-node2$/m);
  expectExit(await sandbox.cli("inject", "gateway-blackhole", "vm-node2"), 0);
  expect((await faults()).map(({ kind }) => kind)).toEqual(["node-power-off", "gateway-blackhole"]);
  const ambiguous = await sandbox.cli("heal");
  expectExit(ambiguous, 2);
  expect(ambiguous.stderr).toContain("which one: node-power-off-");

  const healed = await sandbox.cli("heal", "--all");
  expectExit(healed, 0);
  expect(healed.stdout).toMatch(/^gateway: table ip hachaos_blackhole_vm-node2 is gone\n.*\nvm-node1: on again, with eth0 /);
  expect(await faults()).toEqual([]);
  await sandbox.waitFor("the preferred node serves again", async () => (await page()).includes("served by vm-node1"));
});

test("a fault that finds nothing to break says so, exit 4, and stays in the journal until it is taken back", async () => {
  const nothing = await sandbox.cli("inject", "apache-kill", "vm-node2");
  expectExit(nothing, 4);
  expect(nothing.stderr).toContain("there is nothing to kill");
  expect(await faults()).toMatchObject([{ kind: "apache-kill" }]);
  expectExit(await sandbox.cli("heal"), 0);
  expect(await faults()).toEqual([]);
});

test("a NIC that is not there is refused before anything is in the journal", async () => {
  const wrong = await sandbox.cli("inject", "link-down", "vm-node1", "nic=eth9");
  expectExit(wrong, 2);
  expect(wrong.stderr).toContain("the nodes have no NIC eth9");
  expect(await faults()).toEqual([]);
});

test("a fault that needs a virtual machine is refused before anything is in the journal", async () => {
  const refused = await sandbox.cli("inject", "kernel-panic", "vm-node1");
  expectExit(refused, 3);
  expect(refused.stderr).toContain("use --provider vm");
  expect(await faults()).toEqual([]);
});

test("what is missing is asked for on a terminal: fault, target, NIC; Ctrl-C leaves everything as it was", async () => {
  const left = sandbox.terminal("inject");
  await left.until("What shall break?");
  left.type(KEYS.interrupt);
  expect(await left.ended).toBe(130);
  expect(await faults()).toEqual([]);

  const asked = sandbox.terminal("inject");
  await asked.until("What shall break?");
  await asked.until("link-down");
  asked.type(KEYS.enter);
  await asked.until("Where?");
  await asked.until("active");
  asked.type(KEYS.enter);
  await asked.until("NIC whose cable is pulled");
  await asked.until("eth3");
  asked.type(`${KEYS.down}${KEYS.enter}`);
  await asked.until("without questions: hachaos inject link-down active nic=eth1");
  await asked.until("vm-node1: /sys/class/net/eth1/carrier is 0");
  expect(await asked.ended).toBe(0);
  expect(await faults()).toMatchObject([{ kind: "link-down", nodes: ["vm-node1"], params: { nic: "eth1" } }]);
  // One fault is no choice: nothing is asked.
  const healed = sandbox.terminal("heal");
  await healed.until("vm-node1: /sys/class/net/eth1/carrier is 1");
  expect(await healed.ended).toBe(0);
});

test("without a terminal nothing is asked: a usage error says what to type", async () => {
  const none = await sandbox.cli("inject");
  expectExit(none, 2);
  expect(none.stderr).toContain("missing required argument 'fault'");
});

test("logs follow a node through a power-off, and Ctrl-C ends them with 130", async () => {
  const logs = sandbox.start(["logs", "vm-node2", "--follow", "--tail", "1"]);
  const shows = (text: string) => sandbox.until(logs, `logs show ${text}`, () => logs.said().includes(text));
  await shows("vm-node2 | ");
  expectExit(await sandbox.cli("shell", "vm-node2", "--", "logger", "-p", "err", "before the night"), 0);
  await shows("before the night");
  expectExit(await sandbox.cli("inject", "node-power-off", "vm-node2"), 0);
  await shows("vm-node2 is not followed: it is off");
  expectExit(await sandbox.cli("heal"), 0);
  await shows("vm-node2 is followed again");
  expectExit(await sandbox.cli("shell", "vm-node2", "--", "logger", "after the night"), 0);
  await shows("after the night");
  logs.kill("SIGINT");
  expect((await logs.ended).exitCode).toBe(130);
  expect(logs.said().split("before the night")).toHaveLength(2);

  const merged = await sandbox.cli("logs");
  expectExit(merged, 0);
  const times = merged.stdout.split("\n").flatMap((line) => /^vm-node\d \| \w+ \d+ ([\d:.]+) /.exec(line)?.[1] ?? []);
  expect(times.length).toBeGreaterThan(100);
  expect(times).toEqual(times.toSorted());
  expect(new Set(merged.stdout.match(/^vm-node\d/gm))).toEqual(new Set(["vm-node1", "vm-node2"]));
  expect(merged.stdout).toMatch(/ corosync\[\d+\]: /);
  expect(merged.stdout).toMatch(/ pacemaker-controld\[\d+\]: /);
});

test("a daemon that stands still does not keep status waiting", async () => {
  expectExit(await sandbox.cli("shell", "vm-node2", "--", "pkill", "-STOP", "-x", "pacemaker-based"), 0);
  try {
    // On a busy machine the other node may need longer than its 2 s as well: then it is asked again.
    await sandbox.waitFor("one daemon stands still, and the other node tells of the cluster all the same", async () => {
      const shown = await sandbox.cli("status");
      expectExit(shown, 0);
      expect(shown.stdout).toMatch(/^ {2}pacemaker +does not answer within 2 s$/m);
      return /^pacemaker as vm-node1 sees? it$/m.test(shown.stdout);
    });
  } finally {
    expectExit(await sandbox.cli("shell", "vm-node2", "--", "pkill", "-CONT", "-x", "pacemaker-based"), 0);
  }
});

test("labs, nodes, NICs and faults in force are completed from the lab itself", async () => {
  const words = async (...typed: string[]) =>
    (await sandbox.cli("complete", "--", ...typed)).stdout.split("\n").map((line) => line.split("\t")[0] ?? "");
  expect(await words("down", "")).toEqual([sandbox.id, ""]);
  expect(await words("shell", "vm-")).toEqual(["vm-node1", "vm-node2", ""]);
  expect(await words("inject", "link-down", "nic=")).toEqual(["nic=eth0", "nic=eth1", "nic=eth2", "nic=eth3", ""]);
  expectExit(await sandbox.cli("inject", "link-down", "vm-node1", "nic=eth3"), 0);
  expect((await words("heal", ""))[0]).toMatch(/^link-down-/);
  expectExit(await sandbox.cli("heal"), 0);
});

test("a shell's command has its own words and exit code", async () => {
  const monitor = await sandbox.cli("shell", "vm-node2", "--", "crm_mon", "-1");
  expectExit(monitor, 0);
  expect(monitor.stdout).toContain("vm-node1");
  const failed = await sandbox.cli("shell", "client", "--", "sh", "-c", "echo to the right >&2; exit 7");
  expect([failed.exitCode, failed.stdout, failed.stderr]).toEqual([7, "", "to the right\n"]);
  expectExit(await sandbox.cli("shell", "vm-node3"), 2);
});

test("nothing is left, and this machine's network is as it was", async () => {
  expectExit(await sandbox.cli("down"), 0);
  await sandbox.expectNothingLeft();
  expect(hostNetwork()).toEqual(networkBefore);
});

async function carrier(node: string, nic: string): Promise<string> {
  const read = await sandbox.cli("shell", node, "--", "cat", `/sys/class/net/${nic}/carrier`);
  return read.stdout.trim();
}

async function page(): Promise<string> {
  return (await sandbox.cli("shell", "client", "--", "wget", "-q", "-O", "-", "--timeout=1", "--tries=1", "http://192.168.1.60/")).stdout;
}

type LabShown = LabSummary & LabStatus & { faults: FaultInForce[] };

async function labs(): Promise<LabShown[]> {
  const shown = await sandbox.cli("status", "--json");
  expectExit(shown, 0);
  return JSON.parse(shown.stdout) as LabShown[];
}

async function faults(): Promise<FaultInForce[]> {
  return (await labs())[0]?.faults ?? [];
}

/** What the daemons have still to notice comes in a moment. */
async function statusShows(...lines: RegExp[]): Promise<void> {
  let shown = "";
  const isShown = async () => {
    shown = (await sandbox.cli("status")).stdout;
    return lines.every((line) => line.test(shown));
  };
  await sandbox.waitFor(`status shows ${lines.map(String).join(", ")}`, isShown).catch((error: unknown) => {
    throw new Error(shown, { cause: error });
  });
}
