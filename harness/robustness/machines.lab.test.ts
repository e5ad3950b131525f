import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { readResults } from "../check/read-results.js";
import { allOf, readHistory } from "../history/read-history.js";
import { findRun } from "../history/run-store.js";
import { openSshMachines, type InventoryChange, type SshMachines } from "./testing/ssh-machines.js";
import { expectExit, openSandbox, type Sandbox } from "./testing/sandbox.js";

let sandbox: Sandbox;
let machines: SshMachines;

beforeAll(async () => {
  sandbox = await openSandbox();
  machines = await openSshMachines(sandbox);
});
afterAll(async () => {
  machines.close();
  await sandbox.close();
});

const CABLE = ["link-down", "vm-node2", "nic=eth1"];

/** Something is broken, or is to be, on the machines of a suite. */
function inject(suite: string, fault: string[] = CABLE, ...more: string[]) {
  return sandbox.cli("inject", ...fault, "--lab", suite, "--yes", "--for", "60s", ...more);
}

test("--dry-run shows every command of every machine with its undo, and does none", async () => {
  const tests = [
    { name: "web", fault: "apache-kill" },
    { name: "wire", fault: "link-down", params: { nic: "eth0" } },
    { name: "router", fault: "gateway-blackhole" },
    { name: "silence", fault: "link-silent", params: { nic: "eth0" } },
    { name: "reset", fault: "node-power-off", target: "standby" },
  ];
  const shown = await sandbox.cli("run", machines.suite("dry", {}, tests), "--provider", "ssh", "--dry-run");
  expectExit(shown, 0);
  for (const line of [
    /^web: apache-kill vm-node1\n {2}do {4}vm-node1: kill -KILL [\d ]+\n {2}undo {2}vm-node1: crm_resource --refresh --resource httpd$/m,
    /^wire: link-down vm-node1\n {2}do {4}vm-node1: ip link set eth0 down\n {2}undo {2}vm-node1: ip link set eth0 up$/m,
    /^ {2}do {6}\| add rule ip hachaos_blackhole_vm-node1 output ip daddr 192\.168\.1\.1 counter drop$/m,
    /^silence: link-silent vm-node1\n {2}do {4}vm-node1: nft --file -\n(?: {2}do {6}\| add .* hachaos_silent_eth0.*\n){3} {2}undo {2}vm-node1: nft delete table netdev hachaos_silent_eth0$/m,
    /^reset: node-power-off vm-node2\n {2}do {4}vm-node2: reboot --force --force --no-sync\n {2}undo {2}by itself/m,
  ]) {
    expect(shown.stdout).toMatch(line);
  }
  expect(await machines.traces()).toEqual([]);
});

test("without --yes, and with nobody to ask, nothing is broken", async () => {
  const refused = await sandbox.cli("run", machines.suite("asked", {}, [{ name: "web", fault: "apache-kill" }]), "--provider", "ssh");
  expectExit(refused, 2);
  expect(refused.stderr).toContain("Break these machines?");
  const byHand = await sandbox.cli("inject", ...CABLE, "--lab", machines.suite("asked"));
  expectExit(byHand, 2);
  expect(byHand.stderr).toContain("vm-node2: ip link set eth1 down");
  expect(await machines.traces()).toEqual([]);
});

describe("each thing that is wrong has a message and an exit code of its own, and leaves nothing behind", () => {
  async function expectRefused(change: InventoryChange, exitCode: number, said: RegExp, fault = CABLE): Promise<void> {
    const refused = await inject(machines.suite("wrong", change), fault);
    expectExit(refused, exitCode);
    expect(refused.stderr).toMatch(said);
    expect(await machines.traces()).toEqual([]);
  }
  const node1 = (change: object): InventoryChange => ({ nodes: { "vm-node1": { ...change } } });

  test("a key that the machine does not take", async () => {
    await expectRefused(
      node1({ key: machines.otherKey }),
      3,
      /^error key-refused: vm-node1: root@127\.0\.0\.1:\d+ does not take the key \.\.\/other/m,
    );
  });
  test("a key that is not there", async () => {
    await expectRefused(node1({ key: "../none" }), 3, /^error key-refused: vm-node1: the key .*\/none cannot be read: ENOENT/m);
  });
  test("a host key that is not known", async () => {
    await expectRefused(
      { "known-hosts": "../nobody" },
      3,
      /^error host-key-unknown: vm-node1: 127\.0\.0\.1:\d+ shows the host key SHA256:\S+, and .*\/nobody has none for it/m,
    );
  });
  test("a host key that is another one now", async () => {
    await machines.said(
      "vm-node1",
      "sh",
      "-c",
      "cd /etc/ssh && mkdir -p kept && cp ssh_host_* kept && rm ssh_host_* && ssh-keygen -A && pkill -x sshd; /usr/sbin/sshd -o UsePAM=no",
    );
    onTestFinished(async () => {
      await machines.said("vm-node1", "sh", "-c", "cd /etc/ssh && cp kept/* . && pkill -x sshd; /usr/sbin/sshd -o UsePAM=no");
    });
    await expectRefused(
      {},
      3,
      /^error host-key-changed: vm-node1: 127\.0\.0\.1:\d+ shows the host key SHA256:\S+, and .*known_hosts has another one for it/m,
    );
  });
  test("a machine that is not reached", async () => {
    await machines.setReachable("vm-node1", false);
    onTestFinished(() => machines.setReachable("vm-node1", true));
    await expectRefused({}, 3, /^error machine-unreachable: vm-node1: root@127\.0\.0\.1:\d+ cannot be reached/m);
  });
  test("a user who needs a password to become root", async () => {
    await expectRefused(
      node1({ user: machines.users.guest }),
      3,
      /^error sudo-missing: vm-node1: guest cannot become root without a password: sudo: a password is required/m,
    );
  });
  test("a machine whose owner allows no faults", async () => {
    await machines.said("vm-node2", "mv", "/etc/hachaos/allow-faults", "/etc/hachaos/kept");
    onTestFinished(async () => {
      await machines.said("vm-node2", "mv", "/etc/hachaos/kept", "/etc/hachaos/allow-faults");
    });
    await expectRefused({}, 3, /^error faults-not-allowed: vm-node2 has no \/etc\/hachaos\/allow-faults: nothing is broken there/m);
  });
  test("a machine without systemd-run", async () => {
    await hide("vm-node2", "/usr/bin/systemd-run");
    await expectRefused({}, 3, /^error capability-missing: vm-node2 has no systemd-run: a fault there would not end by itself/m);
  });
  test("a machine without nft, for a fault that needs it", async () => {
    await hide("vm-node2", "/usr/sbin/nft");
    const refused = await inject(machines.suite("wrong"), ["gateway-blackhole", "vm-node2"]);
    expectExit(refused, 3);
    expect(refused.stderr).toMatch(/^error capability-missing: vm-node2 has no nft, and this fault needs it/m);
    // Any other fault does not.
    expectExit(await inject(machines.suite("wrong")), 0);
    expectExit(await sandbox.cli("heal", "--all", "--lab", machines.suite("wrong")), 0);
  });
  test("a machine whose disk is full where the fault would be noted", async () => {
    await machines.said(
      "vm-node2",
      "sh",
      "-c",
      "mkdir -p /run/hachaos && mount -t tmpfs -o size=4k tmpfs /run/hachaos && head -c 64k /dev/zero >/run/hachaos/full",
    );
    onTestFinished(async () => {
      await machines.said("vm-node2", "umount", "--lazy", "/run/hachaos");
    });
    const refused = await inject(machines.suite("wrong"));
    expectExit(refused, 3);
    expect(refused.stderr).toMatch(
      /^error no-disk-space: vm-node2: \/run\/hachaos cannot be written, so nothing is broken: .*No space left on device/m,
    );
    expect(await machines.traces()).toEqual(["/run/hachaos/full"]);
  });
  test("more than one node at a time", async () => {
    await expectRefused({}, 2, /^error fault-refused: vm-node1 and vm-node2 would be broken at the same time/m, [
      "link-down",
      "all",
      "nic=eth0",
    ]);
  });
  test("the last way to a machine", async () => {
    await machines.said("vm-node2", "ip", "link", "set", "eth2", "down");
    onTestFinished(async () => {
      await machines.said("vm-node2", "ip", "link", "set", "eth2", "up");
    });
    for (const kind of ["link-down", "nic-down"]) {
      const refused = await inject(machines.suite("wrong"), [kind, "vm-node2", "nic=eth3"]);
      expectExit(refused, 2);
      expect(refused.stderr).toMatch(
        /^error fault-refused: vm-node2: without eth3 no leg of bond1 is left, and the ssh connection comes in there \(192\.168\.1\.62\)/m,
      );
    }
  });
  test("a silent NIC that the connection may come in by", async () => {
    const silent = ["link-silent", "vm-node2", "nic=eth3"];
    await expectRefused({}, 2, /^error fault-refused: vm-node2: the ssh connection may come in by eth3 \(192\.168\.1\.62\)/m, silent);
  });
  test("what only a hypervisor can do", async () => {
    await expectRefused({}, 3, /^error capability-missing: vm-node2 is no virtual machine/m, ["node-freeze", "vm-node2"]);
  });
  test("a suite that names no machines", async () => {
    const refused = await sandbox.cli("run", sandbox.suite("plain"), "--provider", "ssh", "--yes");
    expectExit(refused, 2);
    expect(refused.stderr).toContain("names no machines");
  });

  async function hide(host: string, file: string): Promise<void> {
    await machines.said(host, "mv", file, `${file}.hidden`);
    onTestFinished(async () => {
      await machines.said(host, "mv", `${file}.hidden`, file);
    });
  }
});

test("a fault ends by itself when its time is over and no hachaos is left; who logs in may be anybody with sudo", async () => {
  const suite = machines.suite("sudo", { nodes: { "vm-node2": { user: machines.users.admin } } });
  expectExit(await sandbox.cli("inject", ...CABLE, "--lab", suite, "--yes", "--for", "5s"), 0);
  expect(sandbox.processes()).toEqual([]);
  expect(await machines.traces()).not.toEqual([]);
  await sandbox.waitFor("the machines are as they were", async () => (await machines.traces()).length === 0);
});

test("through a bastion: the machines are reached by their own addresses, and it is named when it does not let us through", async () => {
  const suite = machines.suite("jump", machines.throughClient);
  expectExit(await inject(suite), 0);
  expect(await machines.traces()).not.toEqual([]);
  expectExit(await sandbox.cli("heal", "--all", "--lab", suite), 0);
  expect(await machines.traces()).toEqual([]);

  await machines.setReachable("vm-node1", false);
  onTestFinished(() => machines.setReachable("vm-node1", true));
  const refused = await inject(suite);
  expectExit(refused, 3);
  expect(refused.stderr).toMatch(/^error machine-unreachable: vm-node1: bastion jump does not reach 192\.168\.1\.61:22: /m);
});

test("a fault in force is found by the next hachaos, which breaks nothing else before it is healed", async () => {
  const suite = machines.suite("found");
  expectExit(await inject(suite, ["gateway-blackhole", "vm-node2"]), 0);
  const refused = await inject(suite);
  expectExit(refused, 3);
  expect(refused.stderr).toContain("error lab-dirty: faults are in force on the machines");
  expectExit(await sandbox.cli("heal", "--all", "--lab", suite), 0);
  expect(await machines.traces()).toEqual([]);
});

test("hachaos killed in mid-fault: the machines heal themselves in time", async () => {
  // The expected node never serves, so the fault stays in force until the limit.
  const lasting = [{ name: "cable", fault: "link-down", target: "standby", expect: "standby", params: { nic: "eth0" } }];
  const run = sandbox.run(machines.suite("killed", {}, lasting), "--provider", "ssh", "--yes");
  const worker = await sandbox.worker(run);
  await sandbox.eventOf(run, "fault-proven");
  run.kill("SIGKILL");
  process.kill(worker, "SIGKILL");
  await run.ended;
  expect(await machines.traces()).not.toEqual([]);
  // Its trial's limit of some 20 s and a minute on top, of which some has passed.
  await sandbox.waitFor("the machines are as they were", async () => (await machines.traces()).length === 0);
});

test("the failover suite's main faults pass, watched from outside, and the clock's error is told", async () => {
  const tests = [
    { name: "link", fault: "link-down", params: { nic: "eth0" } },
    { name: "private", fault: "private-links-cut" },
    { name: "web", fault: "apache-kill" },
    { name: "router", fault: "gateway-blackhole" },
  ];
  const reports = join(sandbox.folder, "main-reports");
  const run = await sandbox.cli("run", machines.suite("main", {}, tests), "--provider", "ssh", "--yes", "--report-dir", reports);
  expectExit(run, 0);
  const stored = findRun(reports);
  const results = readResults(stored.results);
  expect(results.run.provider).toBe("ssh");
  expect(results.tests.map(({ name, verdict }) => [name, verdict])).toEqual(tests.map(({ name }) => [name, "pass"]));
  const clocks = allOf(readHistory(stored.history).events, "clock");
  expect(new Set(clocks.map(({ node }) => node))).toEqual(new Set(["vm-node1", "vm-node2"]));
  for (const { node, errorMs } of clocks) expect(errorMs, node).toBeGreaterThan(0);
  expect(await machines.traces()).toEqual([]);
});
