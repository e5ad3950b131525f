import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readHistory } from "../history/read-history.js";
import { hostNetwork } from "./testing/host-network.js";
import { openOwnEngine, type OwnEngine } from "./testing/own-engine.js";
import { expectExit, openSandbox, type Sandbox } from "./testing/sandbox.js";

/** The expected node never serves, so the fault stays in force until the limit. Nothing follows, for which another lab would be built. */
const LASTING_FAULT = `fault("cable", "link-down", { target: "standby", expect: "standby" })`;
/** Noticing takes a moment; what is written after that is a few hundred kB. */
const ENDS_WITHIN_MS = 30_000;

let engine: OwnEngine;
let sandbox: Sandbox;
let networkBefore: ReturnType<typeof hostNetwork>;

beforeAll(async () => {
  networkBefore = hostNetwork();
  engine = await openOwnEngine();
});
afterAll(async () => {
  await engine.close();
  expect(hostNetwork()).toEqual(networkBefore);
});

describe.each([
  ["SIGTERM", "as by a package upgrade: it stops its containers first"],
  ["SIGKILL", "as by the kernel out of memory: its containers go on until it is back"],
] as const)("the engine ends by %s, %s, and starts again", (signal, _as) => {
  beforeAll(async () => {
    sandbox = await openSandbox(engine.socket);
  });
  afterAll(() => sandbox.close());

  test("in the middle of a trial: the lab is lost, exit 3, the evidence kept; down --all leaves nothing", async () => {
    const run = sandbox.run(sandbox.suite("restarted", LASTING_FAULT));
    await sandbox.eventOf(run, "fault-proven");
    expect(hostNetwork()).toEqual(networkBefore);
    const began = performance.now();
    await engine.end(signal);
    await engine.start();
    const ended = await run.ended;
    expectExit(ended, 3);
    expect(performance.now() - began, "ms until the run had ended").toBeLessThan(ENDS_WITHIN_MS);

    const { verdict, tests, errors } = sandbox.results();
    expect(verdict).toBe("error");
    expect(tests[0]?.trials[0]?.verdict).toBe("error");
    expect(errors.map(({ code }) => code).join(" ")).toMatch(/engine-lost|lab-lost/);
    expect(existsSync(join(sandbox.runFolder(), "index.html"))).toBe(true);
    expect(readHistory(join(sandbox.runFolder(), "history.ndjson")).events.at(-1)).toMatchObject({ type: "run-ended" });
    expectExit(await sandbox.cli("judge", sandbox.runFolder()), 3);

    // Whether the run could still remove its lab depends on how soon the engine was back.
    expectExit(await sandbox.cli("status"), 0);
    expectExit(await sandbox.cli("down", "--all"), 0);
    await sandbox.expectNothingLeft();
    expect(hostNetwork()).toEqual(networkBefore);
  });
});

test("a lab that stays is lost with its engine: status and inject say so, and down removes it", async () => {
  sandbox = await openSandbox(engine.socket);
  try {
    expectExit(await sandbox.cli("up", sandbox.suite("staying"), "--name", "staying"), 0);
    await engine.end("SIGTERM");
    const missing = await sandbox.cli("status");
    expectExit(missing, 3);
    expect(missing.stderr).toContain("engine-missing");
    await engine.start();
    const shown = await sandbox.cli("status");
    expectExit(shown, 0);
    expect(shown.stdout).toMatch(/^staying /m);
    expectExit(await sandbox.cli("inject", "link-down", "vm-node1", "--yes"), 3);
    expectExit(await sandbox.cli("heal", "--all"), 3);
    expectExit(await sandbox.cli("down"), 0);
    await sandbox.expectNothingLeft();
  } finally {
    await sandbox.close();
  }
});
