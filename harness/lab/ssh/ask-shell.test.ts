import { spawn, type ChildProcess } from "node:child_process";
import { Duplex, PassThrough } from "node:stream";
import type { ClientChannel } from "ssh2";
import { afterEach, expect, test } from "vitest";
import { ANSWERING_SHELL, askShell } from "./ask-shell.js";

const shells: ChildProcess[] = [];
afterEach(() => {
  for (const shell of shells.splice(0)) shell.kill("SIGKILL");
});

/** The same shell, here. */
function open(): Promise<ClientChannel> {
  const [command = "", ...args] = ANSWERING_SHELL;
  const shell = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
  shells.push(shell);
  const channel = Duplex.from({ readable: shell.stdout, writable: shell.stdin });
  channel.on("error", () => undefined);
  return Promise.resolve(Object.assign(channel, { stderr: new PassThrough() }) as unknown as ClientChannel);
}

test("what commands say comes back in the order of the questions, from one shell", async () => {
  const ask = askShell(open, 5_000);
  expect(
    await Promise.all([ask("echo one; echo two"), ask("printf 'no end of line'"), ask("echo grün"), ask("echo $$"), ask("echo $$")]),
  ).toEqual(["one\ntwo\n", "no end of line", "grün\n", expect.stringMatching(/^\d+\n$/), `${String(shells[0]?.pid)}\n`]);
  expect(shells).toHaveLength(1);
});

test("a command that fails says nothing, whatever it said, and spoils nothing", async () => {
  const ask = askShell(open, 5_000);
  expect(await ask("echo half; false")).toBeNull();
  expect(await ask("no-such-command")).toBeNull();
  expect(await ask("cat")).toBe("");
  expect(await ask("echo whole")).toBe("whole\n");
});

test("a long answer is heard to its end", async () => {
  expect(await askShell(open, 5_000)("seq 100000")).toHaveLength(588_895);
});

test("a shell that is stuck or gone is given up, and another one answers", async () => {
  const ask = askShell(open, 300);
  expect(await ask("sleep 5")).toBeNull();
  expect(await ask("echo again")).toBe("again\n");
  shells[1]?.kill("SIGKILL");
  expect(await ask("echo who")).toBeNull();
  expect(await ask("echo third")).toBe("third\n");
  expect(shells).toHaveLength(3);
});
