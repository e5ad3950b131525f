import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { HachaosError } from "../../kernel/errors.js";
import type { Host } from "../lab.js";
import { sshReach } from "../ssh/ssh-reach.js";
import { AGENTS } from "./client-here.js";
import type { Machine } from "./machine-host.js";

/** A third machine as the client, with our probes laid down there for as long as they are needed. */
export interface ClientMachine {
  host: Host;
  /** Takes away what was laid down. */
  leave(): Promise<void>;
}

/** Node.js 20.19 is the floor of hachaos itself; the probes are a part of it. */
const NODE_FLOOR = [20, 19] as const;
const UNDICI = dirname(fileURLToPath(import.meta.resolve("undici/package.json")));

/** Unpacks a list of files that comes as JSON: base64 by path. Nothing but Node.js is needed for it. $1: the folder. */
const UNPACK = `
const { mkdirSync, writeFileSync } = require("fs"), { dirname, join } = require("path");
for (const [name, text] of Object.entries(JSON.parse(require("fs").readFileSync(0, "utf8")))) {
  const file = join(process.argv[1], name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, Buffer.from(text, "base64"));
}`;

/** Lays the probes down in a temporary folder of the machine. Throws `capability-missing` where it has no Node.js that runs them. */
export async function clientMachine({ host, connect, drop }: Machine): Promise<ClientMachine> {
  await requireNode(host);
  const folder = (await host.exec(["mktemp", "--directory", "/tmp/hachaos-client-XXXXXX"])).stdout.trim();
  await host.exec(["node", "-e", UNPACK, folder], { stdin: JSON.stringify(await probeFiles()) });
  // Probes need no root: as whoever logs in, on a connection of their own times.
  const { stream } = sshReach({ get: connect, drop });
  await host.exec(["chmod", "-R", "a+rX", folder]);
  return {
    host: {
      ...host,
      name: "client",
      startAgent: (agent, config, onMessage) =>
        stream(["node", join(folder, "probe/agents", `${agent}.js`), JSON.stringify(config)], onMessage),
    },
    async leave() {
      await host.exec(["rm", "-rf", folder], { allow: "any" }).catch(() => undefined);
    },
  };
}

async function requireNode(host: Host): Promise<void> {
  const said = await host.exec(["node", "--version"], { allow: "any" });
  const [major = 0, minor = 0] = said.stdout.replace("v", "").split(".").map(Number);
  if (said.exitCode === 0 && (major > NODE_FLOOR[0] || (major === NODE_FLOOR[0] && minor >= NODE_FLOOR[1]))) return;
  const has = said.exitCode === 0 ? `Node.js ${said.stdout.trim()}` : "no Node.js";
  throw new HachaosError("capability-missing", `${host.name} has ${has}: the probes need ${NODE_FLOOR.join(".")}`, {
    hint: "install it there, or leave `client` out of cluster.yaml: then this machine sends the probes",
  });
}

/** The agents as they were compiled, and undici beside them, of which its code is enough. */
async function probeFiles(): Promise<Record<string, string>> {
  const agents = await filesIn(AGENTS, "probe/agents", (name) => name.endsWith(".js"));
  const undici = await filesIn(join(UNDICI, "lib"), "node_modules/undici/lib", () => true);
  const entry = ["package.json", "index.js"].map((name) => [`node_modules/undici/${name}`, join(UNDICI, name)] as const);
  // The agents are ES modules, which only a package.json above them says.
  const type = [["package.json", Buffer.from('{"type":"module"}').toString("base64")] as const];
  const read = await Promise.all(
    [...agents, ...undici, ...entry].map(async ([name, path]) => [name, (await readFile(path)).toString("base64")] as const),
  );
  return Object.fromEntries([...type, ...read]);
}

async function filesIn(folder: string, as: string, wanted: (name: string) => boolean): Promise<(readonly [string, string])[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && wanted(entry.name));
  return files.map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return [join(as, path.slice(folder.length)), path] as const;
  });
}
