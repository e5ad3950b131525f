import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import ssh2 from "ssh2";
import { stringify } from "yaml";
import { pipeByEngine } from "../../lab/containers/pipe-by-engine.js";
import { MANAGEMENT } from "../../lab/vm/chassis/chassis-config.js";
import { LABELS } from "../../lab/containers/labels.js";
import { expectExit, type Sandbox } from "./sandbox.js";

/** A lab's hosts as machines that somebody else made: they listen to ssh, and hachaos knows no more of them than an inventory says. */
export interface SshMachines {
  /** A suite whose cluster.yaml names them; `change` is laid over `machines` there. */
  suite(name: string, change?: InventoryChange, tests?: object[]): string;
  /** A command in one of them, not over ssh. */
  said(host: string, ...argv: string[]): Promise<string>;
  /** Nobody is let in to this machine any more, or again. */
  setReachable(host: string, reachable: boolean): Promise<void>;
  /** What a fault would leave on the nodes: notes, timers, NICs that are down, tables of ours. */
  traces(): Promise<string[]>;
  /** As `change`: each node by its own address, through the client as its bastion. */
  throughClient: InventoryChange;
  /** A key pair that no machine takes. */
  otherKey: string;
  /** A user who may become root by sudo, and one who may not. */
  users: { admin: string; guest: string };
  close(): void;
}

export interface InventoryChange {
  nodes?: Record<string, Record<string, unknown>>;
  [key: string]: unknown;
}

const NODES = ["vm-node1", "vm-node2"] as const;
const HOSTS = [...NODES, "client"] as const;
const USERS = { admin: "admin", guest: "guest" };
const MARKER = "/etc/hachaos/allow-faults";

/** From the client's namespace to a machine's ssh server, as somebody in the same network comes in. */
const CONNECT = `
const socket = require("net").connect(22, process.argv[1]);
process.stdin.pipe(socket).pipe(process.stdout);
socket.on("error", () => process.exit(1)).on("close", () => process.exit(0));`;
const ADDRESSES: Record<string, string> = { "vm-node1": "192.168.1.61", "vm-node2": "192.168.1.62", client: "127.0.0.1" };

/** What makes the lab, and how its hosts are come in to. */
interface House {
  up: string[];
  /** A shell script for a host; $1: the public key that is let in. */
  open(host: string): string;
  /** A command in the container of a host whose standard input and output are a connection to the ssh server of `host`. */
  way(host: string): { container: string; argv: string[] };
  said(sandbox: Sandbox, host: string, argv: string[]): Promise<string>;
}

const OPEN_DOOR = `
mkdir -p /run/sshd /root/.ssh
ssh-keygen -A >/dev/null
printf '%s\\n' "$1" >/root/.ssh/authorized_keys
for user in admin guest; do
  useradd --create-home --shell /bin/bash "$user"
  # Neither has a password, and neither is locked.
  usermod -p '*' "$user"
  mkdir -p "/home/$user/.ssh"
  printf '%s\\n' "$1" >"/home/$user/.ssh/authorized_keys"
  chown -R "$user:" "/home/$user/.ssh"
done
echo 'admin ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/admin
chmod 0440 /etc/sudoers.d/admin
/usr/sbin/sshd -o UsePAM=no`;

/** Containers have no ssh server that runs, and nobody but root. */
const containers: House = {
  up: [],
  open: () => OPEN_DOOR,
  way: (host) => ({ container: "client", argv: ["node", "-e", CONNECT, ADDRESSES[host] ?? ""] }),
  said: async (sandbox, host, argv) => (await (await sandbox.machine(host)).host.exec(argv, { allow: "any" })).stdout.trim(),
};

/** Somebody's machine has its network and its cluster again when it has booted; a lab's node waits for hachaos to bring them up. */
const OPEN_MACHINE = `
printf '%s\\n' "$1" >>/root/.ssh/authorized_keys
systemctl --quiet enable networking corosync pacemaker`;

/** Virtual nodes listen for their own lab, through their chassis, and one key more is let in. The client is a container as ever. */
const vm: House = {
  ...containers,
  up: ["--provider", "vm"],
  open: (host) => (host === "client" ? OPEN_DOOR : OPEN_MACHINE),
  way: (host) =>
    host === "client"
      ? containers.way(host)
      : { container: host, argv: ["socat", "STDIO", `TCP:${MANAGEMENT.machine}:22,connect-timeout=5`] },
  said: async (sandbox, host, argv) =>
    host === "client"
      ? containers.said(sandbox, host, argv)
      : (await sandbox.cli("shell", host, "--lab", sandbox.id, "--", ...argv)).stdout.trim(),
};

/** Builds a lab in the sandbox and opens its hosts to ssh. */
export async function openSshMachines(sandbox: Sandbox, provider: "containers" | "vm" = "containers"): Promise<SshMachines> {
  const { folder } = sandbox;
  const house = { containers, vm }[provider];
  sandbox.suite("base");
  writeSuite(join(folder, "lab"), { extends: "../base", packages: ["openssh-server", "sudo"] });
  expectExit(await sandbox.cli("up", join(folder, "lab"), "--name", sandbox.id, ...house.up), 0);

  const pairs = { own: newKey(), other: newKey() };
  for (const [name, { private: secret }] of Object.entries(pairs)) writeFileSync(join(folder, name), secret, { mode: 0o600 });
  const said = (host: string, ...argv: string[]) => house.said(sandbox, host, argv);
  const servers: Server[] = [];
  const ports: Record<string, number> = {};
  const known: string[] = [];
  for (const host of HOSTS) {
    await said(host, "sh", "-c", house.open(host), "sh", pairs.own.public);
    const { server, port } = await tunnelTo(sandbox, house.way(host));
    servers.push(server);
    ports[host] = port;
    const key = await said(host, "cat", "/etc/ssh/ssh_host_ed25519_key.pub");
    known.push(`[127.0.0.1]:${String(port)} ${key}`, `${ADDRESSES[host] ?? ""} ${key}`);
  }
  writeFileSync(join(folder, "known_hosts"), `${known.join("\n")}\n`);
  // Onto the disk: a reset forgets what a machine has not written yet.
  for (const node of NODES) await said(node, "sh", "-c", `install -D /dev/null ${MARKER}; sync`);

  const access = (host: string) => ({ host: "127.0.0.1", port: ports[host], key: "../own" });
  return {
    suite(name, { nodes = {}, ...change } = {}, tests = []) {
      const machines = {
        "known-hosts": "../known_hosts",
        nodes: Object.fromEntries(NODES.map((node) => [node, { ...access(node), ...nodes[node] }])),
        client: access("client"),
        ...change,
      };
      const made = join(folder, name);
      writeSuite(made, { extends: "../base", machines, ...(tests.length > 0 && { tests }) });
      return made;
    },
    said,
    async setReachable(host, reachable) {
      if (reachable) await said(host, "/usr/sbin/sshd", "-o", "UsePAM=no");
      else await said(host, "pkill", "-x", "sshd");
    },
    async traces() {
      const perNode = await Promise.all(
        NODES.map(async (node) => [
          ...lines(await said(node, "find", "/run/hachaos", "-type", "f", "!", "-name", "lock")),
          // Virtual nodes have a unit of their image's.
          ...lines(await said(node, "systemctl", "list-units", "--all", "--plain", "--no-legend", "hachaos-*")).filter(
            (unit) => !unit.startsWith("hachaos-seed.service"),
          ),
          ...lines(await said(node, "nft", "list", "tables")),
          ...lines(await said(node, "sh", "-c", "ip -o link show | grep -E 'eth[0-3][@:]' | grep -v LOWER_UP")),
        ]),
      );
      return perNode.flat();
    },
    throughClient: {
      bastions: { jump: access("client") },
      nodes: Object.fromEntries(NODES.map((node) => [node, { host: ADDRESSES[node], port: 22, bastion: "jump" }])),
    },
    otherKey: "../other",
    users: USERS,
    close() {
      for (const server of servers) server.close();
    },
  };
}

function writeSuite(folder: string, definition: object): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "cluster.yaml"), stringify(definition));
}

function newKey(): { private: string; public: string } {
  return ssh2.utils.generateKeyPairSync("ed25519", { comment: "hachaos test" });
}

/** Each connection to a port of this machine's loopback goes to a machine in the lab's own network. */
async function tunnelTo(sandbox: Sandbox, { container, argv }: ReturnType<House["way"]>): Promise<{ server: Server; port: number }> {
  const found = (await sandbox.containers()).find(({ Labels }) => Labels[LABELS.host] === container);
  if (!found) throw new Error(`no container of ${container}`);
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    void pipeByEngine(sandbox.docker, found.Id, argv).then((stream) => {
      socket.pipe(stream).pipe(socket);
      stream.on("error", () => socket.destroy()).on("close", () => socket.destroy());
      socket.on("close", () => stream.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("no port");
  return { server, port: bound.port };
}

function lines(text: string): string[] {
  return text.split("\n").filter(Boolean);
}
