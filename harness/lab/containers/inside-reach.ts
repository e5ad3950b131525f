import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { access, readdir, readFile } from "node:fs/promises";
import { Duplex } from "node:stream";
import { messageOf } from "../../kernel/errors.js";
import { jsonAgent } from "./json-agent.js";
import type { Ended, Reach } from "./reach.js";

/** The container that this runs in. */
export const OURSELVES = Symbol("ourselves");

/**
 * How to get at a container from the fabric: it shares the pid namespace of the engine's host and may enter others (SYS_ADMIN, SYS_PTRACE,
 * and SYS_CHROOT, which an engine gives every container).
 */
export function insideReach(id: string | typeof OURSELVES): Reach {
  const start = async (argv: string[], env: NodeJS.ProcessEnv = {}) => {
    const [command = "", ...args] = [...(await entering(id)), ...argv];
    return spawn(command, args, { env: { ...process.env, ...env } });
  };
  return {
    async run(argv, { stdin, env }) {
      const child = await start(argv, env);
      child.stdin.end(stdin);
      return endOf(child);
    },
    async stream(argv, onMessage) {
      const child = await start(argv);
      const { stdout, stderr } = child;
      const over = new Promise<string>((resolve) => {
        child.once("error", (error) => {
          resolve(messageOf(error));
        });
        child.once("close", () => {
          resolve("ended");
        });
      });
      return jsonAgent({ stdout, stderr, over, end: () => child.stdin.end(), destroy: () => child.kill("SIGKILL") }, onMessage);
    },
    async pipe(argv) {
      const child = await start(argv);
      child.stderr.resume();
      return Duplex.from({ readable: child.stdout, writable: child.stdin });
    },
    interact: () => Promise.reject(new Error("nobody sits in the fabric")),
    pid: () => firstProcess(id),
    async hasFile(path) {
      const pid = await firstProcess(id);
      return pid !== null && exists(`/proc/${pid}/root${path}`);
    },
  };
}

async function entering(id: string | typeof OURSELVES): Promise<string[]> {
  if (id === OURSELVES) return [];
  const pid = await firstProcess(id);
  if (pid === null) throw new Error("its container does not run");
  return ["nsenter", "--target", String(pid), "--all", "--"];
}

async function endOf(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  // A command that does not read its input closes it: that is no failure.
  child.stdin.on("error", () => undefined);
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    // No exit code: it was killed, for which timeout(1) and shells write 137.
    child.once("close", (code) => {
      resolve(code ?? 137);
    });
  });
  return { exitCode, stdout: Buffer.concat(stdout).toString("utf8"), stderr: Buffer.concat(stderr).toString("utf8") };
}

/**
 * The process of the container's cgroup that is the first of its pid namespace. The cgroup's path holds the container's id, with cgroup v1
 * and v2, and for every driver (cgroups(7), /proc/[pid]/cgroup; proc_pid_status(5), NSpid).
 */
async function firstProcess(id: string | typeof OURSELVES): Promise<number | null> {
  if (id === OURSELVES) return process.pid;
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    if (!(await read(`/proc/${pid}/cgroup`)).includes(id)) continue;
    if (/^NSpid:\t\d+\t1$/m.test(await read(`/proc/${pid}/status`))) return Number(pid);
  }
  return null;
}

async function read(file: string): Promise<string> {
  // The process may have ended meanwhile.
  return readFile(file, "utf8").catch(() => "");
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
