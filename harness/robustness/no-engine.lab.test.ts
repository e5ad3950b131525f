import { createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectExit, openSandbox, type Sandbox } from "./testing/sandbox.js";

/** A user waits that long for the word that there is no engine, or that it is slow. */
const TOLD_WITHIN_MS = 10_000;
/** And that long (lab/engine.ts) until one that is silent is given up, on a busy machine. */
const GIVEN_UP_WITHIN_MS = 40_000;

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

const COMMANDS = (suite: string) => [
  ["status"],
  ["down", "--all"],
  ["up", suite],
  ["inject", "link-down", "--yes"],
  ["run", suite, "--report-dir", sandbox.reports],
];

test("nobody listens at DOCKER_HOST: every command says so in time, with exit code 3 and what to do", async () => {
  const env = { DOCKER_HOST: `unix://${join(sandbox.folder, "dead.sock")}` };
  for (const args of COMMANDS(sandbox.suite("no-engine"))) {
    const told = await sandbox.start(args, env).ended;
    expectExit(told, 3);
    expect(`${told.stdout}${told.stderr}`, args.join(" ")).toContain("engine-missing");
    expect(`${told.stdout}${told.stderr}`, args.join(" ")).toContain("start dockerd");
    expect(told.ms, `ms of hachaos ${args.join(" ")}`).toBeLessThan(TOLD_WITHIN_MS);
  }
  await sandbox.expectNothingLeft();
});

test("an engine that does not answer: every command says that it waits, gives up with exit code 3, and says what to do", async () => {
  const env = { DOCKER_HOST: `unix://${join(sandbox.folder, "silent.sock")}` };
  const commands = COMMANDS(sandbox.suite("silent-engine"));
  const ends = await Promise.all(commands.map((args) => sandbox.start(args, env).ended));
  for (const [index, told] of ends.entries()) {
    expectExit(told, 3);
    for (const word of ["slow to answer", "engine-silent", "then try again"])
      expect(`${told.stdout}${told.stderr}`, commands[index]?.join(" ")).toContain(word);
    expect(told.ms, `ms of hachaos ${commands[index]?.join(" ") ?? ""}`).toBeLessThan(GIVEN_UP_WITHIN_MS);
  }
  await sandbox.expectNothingLeft();
});
