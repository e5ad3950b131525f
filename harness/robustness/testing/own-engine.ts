import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Dockerode from "dockerode";
import { messageOf } from "../../kernel/errors.js";
import { waitUntil } from "../../kernel/wait-until.js";
import { imageTag } from "../../lab/image/image-tag.js";
import { readRecipe } from "../../lab/image/recipe.js";
import { ENGINE_SOCKET } from "./engine-view.js";

/** A container engine of a test's own, which may be ended and started again without anybody else's labs noticing. */
export interface OwnEngine {
  socket: string;
  /** Ends it by SIGTERM, which lets it stop its containers first, or by SIGKILL; returns once it has ended. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
  /** Starts it, and returns once it answers. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** dockerd gives its containers 10 s to stop, and itself 15 s (dockerd --shutdown-timeout). */
const ENDS_WITHIN_MS = 40_000;
/** It takes 1 s on a quiet machine. */
const STARTS_WITHIN_MS = 60_000;

/**
 * A second dockerd with the node image that the first one has. Its network and mount namespaces are its own: it can neither touch this
 * machine's network nor leave a mount behind, and does not find a containerd that the system runs for the first one.
 */
export async function openOwnEngine(): Promise<OwnEngine> {
  const folder = mkdtempSync(join(tmpdir(), "hachaos-engine-"));
  const socket = join(folder, "docker.sock");
  const log = openSync(join(folder, "log"), "a");
  const inside = "mkdir -p /run/containerd && mount -t tmpfs tmpfs /run/containerd && echo ready && exec sleep infinity";
  const namespaces = spawn("unshare", ["--net", "--mount", "sh", "-c", inside], { stdio: ["ignore", "pipe", "inherit"] });
  await once(namespaces.stdout, "data");
  let dockerd: ChildProcess | null = null;

  const engine: OwnEngine = {
    socket,
    async end(signal) {
      if (dockerd === null) return;
      const ended = once(dockerd, "exit", { signal: AbortSignal.timeout(ENDS_WITHIN_MS) });
      const containerd = pidIn(join(folder, "exec/containerd/containerd.pid"));
      dockerd.kill(signal);
      await ended;
      dockerd = null;
      // It dies with its dockerd (PR_SET_PDEATHSIG); the next one would take one that is just dying for a living one, and fail.
      await waitUntil("containerd has ended", () => hasEnded(containerd), { timeoutMs: ENDS_WITHIN_MS, everyMs: 20 });
    },
    async start() {
      const enter = ["--target", String(namespaces.pid), "--net", "--mount", "dockerd"];
      const places = ["--data-root", join(folder, "data"), "--exec-root", join(folder, "exec"), "--pidfile", join(folder, "pid")];
      const network = ["--bridge=none", "--iptables=false", "--ip6tables=false", "--ip-forward=false", "--ip-masq=false"];
      const args = [...enter, "--host", `unix://${socket}`, ...places, ...network];
      dockerd = spawn("nsenter", args, { stdio: ["ignore", log, log] });
      await waitUntil("the second engine answers", () => answers(socket), { timeoutMs: STARTS_WITHIN_MS, everyMs: 100 });
    },
    async close() {
      await engine.end("SIGTERM");
      namespaces.kill("SIGKILL");
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
  try {
    await engine.start();
    const image = await new Dockerode({ socketPath: ENGINE_SOCKET }).getImage(imageTag(readRecipe("bookworm"))).get();
    const loaded = await new Dockerode({ socketPath: socket }).loadImage(image);
    await once(loaded.resume(), "end");
  } catch (error) {
    const said = readFileSync(join(folder, "log"), "utf8").split("\n").slice(-20).join("\n");
    await engine.close();
    throw new Error(`the second engine: ${messageOf(error)}\n${said}`, { cause: error });
  }
  return engine;
}

async function answers(socketPath: string) {
  return new Dockerode({ socketPath }).ping().then(
    () => ({ done: true as const, value: undefined }),
    (error: unknown) => ({ done: false as const, seen: messageOf(error) }),
  );
}

function pidIn(file: string): number {
  return Number(readFileSync(file, "utf8"));
}

function hasEnded(pid: number) {
  return existsSync(`/proc/${pid}`) ? { done: false as const, seen: `process ${pid}` } : { done: true as const, value: undefined };
}
