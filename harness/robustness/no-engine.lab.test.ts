import { createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectExit, openSandbox, type Sandbox } from "./testing/sandbox.js";

/** A user waits that long for the word that there is no engine. */
const TOLD_WITHIN_MS = 10_000;

let sandbox: Sandbox;
let silent: Server;
const connected = new Set<Socket>();

beforeAll(async () => {
  sandbox = await openSandbox();
  silent = createServer((socket) => connected.add(socket));
  await new Promise<void>((resolve) => silent.listen(join(sandbox.folder, "silent.sock"), resolve));
});
afterAll(async () => {
  for (const socket of connected) socket.destroy();
  silent.close();
  await sandbox.close();
});

describe.each([
  ["nobody listens at", "dead.sock"],
  ["an engine that hangs listens at", "silent.sock"],
])("%s DOCKER_HOST", (_what, socket) => {
  test("run, up, status and down say so in time, with exit code 3 and what to do", async () => {
    const env = { DOCKER_HOST: `unix://${join(sandbox.folder, socket)}` };
    const suite = sandbox.suite(`no-engine-${socket.slice(0, 4)}`);
    for (const args of [["status"], ["down", "--all"], ["up", suite], ["run", suite, "--report-dir", sandbox.reports]]) {
      const told = await sandbox.start(args, env).ended;
      expectExit(told, 3);
      expect(`${told.stdout}${told.stderr}`, args.join(" ")).toContain("engine-missing");
      expect(`${told.stdout}${told.stderr}`, args.join(" ")).toContain("start dockerd");
      expect(told.ms, `ms of hachaos ${args.join(" ")}`).toBeLessThan(TOLD_WITHIN_MS);
    }
    await sandbox.expectNothingLeft();
  });
});
