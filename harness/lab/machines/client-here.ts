import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { execOver } from "../containers/exec-over.js";
import { jsonAgent } from "../containers/json-agent.js";
import type { Ended } from "../containers/reach.js";
import type { ExecOptions, Host } from "../lab.js";

/** As compiled. */
export const AGENTS = fileURLToPath(new URL("../../probe/agents/", import.meta.url));

/** This machine as the client: probes are processes of their own, as everywhere. */
export function clientHere(): Host {
  return {
    name: "client",
    exec: (argv, options) => execOver({ run }, "client", argv, options),
    async interact([command = "", ...args], { stdin, stdout, stderr }) {
      const child = spawn(command, args, { stdio: [stdin, stdout, stderr] });
      const [code] = (await once(child, "exit")) as [number | null];
      return code ?? 137;
    },
    startAgent(agent, config, onMessage) {
      const argv = [`${AGENTS}${agent}.js`, JSON.stringify(config)];
      const child = spawn(process.execPath, argv, { stdio: ["pipe", "pipe", "pipe"] });
      const over = once(child, "close").then(
        () => "ended",
        (error: unknown) => String(error),
      );
      const { stdin, stdout, stderr } = child;
      return Promise.resolve(jsonAgent({ stdout, stderr, over, end: () => stdin.end(), destroy: () => child.kill("SIGKILL") }, onMessage));
    },
  };
}

async function run([command = "", ...args]: string[], { stdin, env = {} }: Pick<ExecOptions, "stdin" | "env">): Promise<Ended> {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ["pipe", "pipe", "pipe"] });
  const said = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (said.stdout += chunk.toString("utf8")));
  child.stderr.on("data", (chunk: Buffer) => (said.stderr += chunk.toString("utf8")));
  child.stdin.on("error", () => undefined).end(stdin);
  const [code] = (await once(child, "close")) as [number | null];
  return { exitCode: code ?? 137, ...said };
}
