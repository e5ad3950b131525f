import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { Duplex } from "node:stream";
import type { Config } from "node-ssh";
import type { ServerHostKeyAlgorithm } from "ssh2";
import type { MachineAccess, MachinesDefinition } from "../../cluster/definition.js";
import { HachaosError, messageOf } from "../../kernel/errors.js";
import { sshConnection, type SshConnection } from "../ssh/ssh-connection.js";
import { homePath } from "./home-path.js";
import { algorithmsFor, fingerprint, judgeKey, knownKeys, type KeyVerdict } from "./known-hosts.js";

/** A machine as messages call it, and how it is reached. */
export interface Target {
  name: string;
  access: MachineAccess;
  machines: MachinesDefinition;
  /** The suite's: relative paths begin there. */
  folder: string;
}

/**
 * A machine in reach answers in milliseconds; one with 16 times the work that its processors can do was seen to take more than ten seconds. sshd
 * itself gives a login two minutes (sshd_config(5), LoginGraceTime).
 */
const READY_WITHIN_MS = 30_000;
/** A machine that says nothing for so long is gone: a power loss leaves no last word (sshd_config(5), ClientAliveInterval, the other way round). */
const ALIVE_EVERY_MS = 2_000;
const ALIVE_MISSES = 3;

/**
 * A connection to a machine whose host key is known, made when it is needed. `get` throws `machine-unreachable`, `host-key-unknown`,
 * `host-key-changed`, `key-refused`.
 */
export function connectionTo(target: Target): SshConnection {
  let latest: Attempt | null = null;
  const { get, drop } = sshConnection(async () => {
    latest = await prepare(target);
    return latest.config;
  });
  return {
    drop,
    get: () =>
      get().catch((error: unknown) => {
        latest?.config.sock?.destroy();
        throw explain(error, latest, target);
      }),
  };
}

interface Attempt {
  config: Config & { sock?: Duplex };
  knownHosts: string;
  /** What the machine showed, once it did. */
  shown: { verdict: KeyVerdict; key: Buffer } | null;
}

async function prepare(target: Target): Promise<Attempt> {
  const { access, machines, folder } = target;
  const knownHosts = homePath(machines.knownHosts, folder);
  const [known, credentials] = await Promise.all([knownKeys(knownHosts, access.host, access.port), credentialsOf(target)]);
  const sock = await wayTo(target);
  const config = {
    ...credentials,
    ...(sock === null ? { host: access.host, port: access.port } : { sock }),
    username: access.user,
    readyTimeout: READY_WITHIN_MS,
    keepaliveInterval: ALIVE_EVERY_MS,
    keepaliveCountMax: ALIVE_MISSES,
    hostVerifier: (key: Buffer) => {
      attempt.shown = { verdict: judgeKey(known, key), key };
      return attempt.shown.verdict === "known";
    },
    ...(known.length > 0 && { algorithms: { serverHostKey: algorithmsFor(known) as ServerHostKeyAlgorithm[] } }),
  };
  const attempt: Attempt = { config: config as Attempt["config"], knownHosts, shown: null };
  return attempt;
}

/** The private key, or the agent that has some. */
async function credentialsOf({ name, access, folder }: Target): Promise<Config> {
  if (access.key !== null) {
    const path = homePath(access.key, folder);
    const privateKey = await readFile(path, "utf8").catch((cause: unknown) => {
      throw new HachaosError("key-refused", `${name}: the key ${path} cannot be read: ${messageOf(cause)}`, { cause });
    });
    return { privateKey };
  }
  const agent = process.env["SSH_AUTH_SOCK"];
  if (agent) return { agent };
  throw new HachaosError("key-refused", `${name}: cluster.yaml names no key for it, and no ssh-agent is running`, {
    hint: "name a `key` under `machines`, or start ssh-agent and ssh-add the key",
  });
}

/** What the connection goes through, where it does not go straight to the host. It ends with the connection. */
async function wayTo({ name, access, machines, folder }: Target): Promise<Duplex | null> {
  if (access.proxy !== null) return throughCommand(access.proxy);
  const bastion = access.bastion === null ? undefined : machines.bastions[access.bastion];
  if (access.bastion === null || bastion === undefined) return null;
  const first = connectionTo({ name: `bastion ${access.bastion}`, access: bastion, machines, folder });
  const ssh = await first.get();
  try {
    const channel = await ssh.forwardOut("127.0.0.1", 0, access.host, access.port);
    return channel.once("close", first.drop);
  } catch (cause) {
    first.drop();
    const message = `${name}: bastion ${access.bastion} does not reach ${access.host}:${access.port}: ${messageOf(cause)}`;
    throw new HachaosError("machine-unreachable", message, { cause });
  }
}

function throughCommand([command = "", ...args]: readonly string[]): Duplex {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "ignore"] });
  const sock = Duplex.from({ readable: child.stdout, writable: child.stdin });
  child.once("error", (error) => sock.destroy(error));
  // What the connection itself does not hear of any more ends nothing.
  sock.on("error", () => undefined).once("close", () => child.kill("SIGKILL"));
  return sock;
}

function explain(error: unknown, attempt: Attempt | null, target: Target): HachaosError {
  if (error instanceof HachaosError) return error;
  return refusal(attempt, target) ?? failure(error, target);
}

function refusal(attempt: Attempt | null, { name, access }: Target): HachaosError | null {
  if (attempt === null || attempt.shown === null || attempt.shown.verdict === "known") return null;
  const { shown, knownHosts } = attempt;
  const it = `${name}: ${access.host}:${access.port} shows the host key ${fingerprint(shown.key)}`;
  if (shown.verdict === "unknown") return new HachaosError("host-key-unknown", `${it}, and ${knownHosts} has none for it`);
  const why = shown.verdict === "revoked" ? `which ${knownHosts} has as revoked` : `and ${knownHosts} has another one for it`;
  return new HachaosError("host-key-changed", `${it}, ${why}`);
}

function failure(error: unknown, { name, access }: Target): HachaosError {
  const { level } = error as { level?: string };
  const text = messageOf(error);
  const where = `${name}: ${access.user}@${access.host}:${access.port}`;
  if (level === "client-authentication" || text.includes("privateKey")) {
    const key = access.key === null ? "any key of ssh-agent" : `the key ${access.key}`;
    return new HachaosError("key-refused", `${where} does not take ${key}: ${text}`, { cause: error });
  }
  if (/no matching host key/i.test(text)) {
    return new HachaosError("host-key-changed", `${where} has none of the host keys that are known of it: ${text}`, { cause: error });
  }
  return new HachaosError("machine-unreachable", `${where} cannot be reached: ${text}`, { cause: error });
}
