import { mkdirSync, readdirSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect } from "vitest";
import { FAULTS } from "../fault/registry.js";
import { randomFor } from "../kernel/random.js";
import type { FaultInForce } from "../lab/lab.js";
import type { LabSummary } from "../lab/labs.js";
import type { CliProcess } from "./testing/cli-process.js";
import { hostNetwork } from "./testing/host-network.js";
import { expectExit, type Sandbox } from "./testing/sandbox.js";
import { sandboxTest as test } from "./testing/sandbox-test.js";

/** `npm run test:chaos` asks for 200; with these few the test takes two and a half minutes. */
const KILLS = Number(process.env["HACHAOS_KILLS"] ?? 10);
/** The same seed kills at the same moments of the same commands. */
const SEED = Number(process.env["HACHAOS_SEED"] ?? 1);
/** To see a failure again: each lane begins with this kill, and none before it is needed. */
const FROM = Number(process.env["HACHAOS_FROM"] ?? 1);
/** Labs side by side, each with its share of the kills. */
const LANES = 2;

/**
 * What is killed, in this order, again and again. `startsMs`: until it asks for the first change; `changesMs`: from there to its end:
 * measured durations on a quiet machine, and a little more.
 */
const ROUND = [
  { command: "up", startsMs: 1_500, changesMs: 16_000 },
  { command: "run", startsMs: 2_500, changesMs: 40_000 },
  { command: "inject", startsMs: 1_000, changesMs: 800 },
  { command: "heal", startsMs: 1_000, changesMs: 2_000 },
  { command: "inject", startsMs: 1_000, changesMs: 800 },
  { command: "heal", startsMs: 1_000, changesMs: 2_000 },
  { command: "inject", startsMs: 1_000, changesMs: 800 },
  { command: "heal", startsMs: 1_000, changesMs: 7_000 },
  { command: "inject", startsMs: 1_000, changesMs: 800 },
  { command: "down", startsMs: 600, changesMs: 1_500 },
] as const;
/** So many kills come before the first change; there is less to break. */
const BEFORE = 0.15;
type Command = (typeof ROUND)[number]["command"];

/** Killed before it had asked for any change, in the middle, or ended by itself before its moment came. */
type Moment = "before" | "during" | "after";
/** What each kill met. */
const met: { command: Command; moment: Moment; ok: boolean }[] = [];

const TARGETS = ["active", "standby", "vm-node1", "vm-node2"];

const began = performance.now();
afterAll(() => {
  process.stdout.write(summary().join("\n"));
});

describe("hachaos killed by SIGKILL at a random moment: one command, and nothing of it is left", () => {
  for (let lane = 0; lane < LANES; lane += 1) {
    const kills = Math.ceil(KILLS / LANES);
    test.concurrent(
      `${kills} kills, seed ${SEED}, lane ${lane + 1}`,
      async ({ sandbox }) => {
        const own = new Lane(sandbox, lane);
        for (let kill = FROM - 1; kill < kills; kill += 1) await own.kill(kill);
        await own.end();
      },
      KILLS * 60_000,
    );
  }
});

/** Nothing happens when it has ended by itself. */
function end(child: CliProcess): void {
  try {
    child.kill("SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** What was killed when, for the documentation. */
function summary(): string[] {
  const left = met.filter(({ ok }) => !ok).length;
  const minutes = ((performance.now() - began) / 60_000).toFixed(1);
  const row = (what: string, of: typeof met) => {
    const counts = (["before", "during", "after"] as const).map((moment) => of.filter((kill) => kill.moment === moment).length);
    return `| ${[what.padEnd(8), ...[of.length, ...counts].map((count) => String(count).padStart(6))].join(" | ")} |`;
  };
  const commands = [...new Set(ROUND.map(({ command }) => command))];
  return [
    "",
    `${met.length} of ${KILLS} kills, seed ${SEED}, ${minutes} minutes on ${cpus().length} cores, ${LANES} labs side by side: ${left} left something behind`,
    "",
    "| hachaos  | killed | before | during |  after |",
    "| -------- | -----: | -----: | -----: | -----: |",
    ...commands.map((name) =>
      row(
        name,
        met.filter(({ command }) => command === name),
      ),
    ),
    row("all", met),
    "",
    "before: it had asked for no change yet; during: it had, and was not done; after: it had ended by itself",
    "",
    "",
  ];
}

class Lane {
  readonly #lane: number;
  readonly #sandbox: Sandbox;
  readonly #network = hostNetwork();
  /** Where the commands put their temporary files. */
  readonly #temporary: string;
  readonly #suite: string;
  #isUp = false;

  constructor(sandbox: Sandbox, lane: number) {
    this.#lane = lane;
    this.#sandbox = sandbox;
    this.#temporary = join(sandbox.folder, "tmp");
    mkdirSync(this.#temporary);
    this.#suite = sandbox.suite("killed", `fault("cable", "link-down", { target: "standby" })`);
  }

  async kill(kill: number): Promise<void> {
    // Each lane begins at another place of the round, so that a few kills meet all commands.
    const { command, startsMs, changesMs } = ROUND[(kill + Math.floor((this.#lane * ROUND.length) / LANES)) % ROUND.length] ?? ROUND[0];
    // Counted from the first change, a moment is in the middle of the command on a busy machine too.
    const when = this.#draw("when", kill);
    const isBefore = when < BEFORE;
    const afterMs = Math.round(isBefore ? (when / BEFORE) * startsMs : ((when - BEFORE) / (1 - BEFORE)) * changesMs);
    const args = await this.#prepare(command, kill);
    const what = `lane ${this.#lane + 1}, kill ${kill + 1}: hachaos ${args.join(" ")} ${afterMs} ms after its ${isBefore ? "start" : "first change"}`;
    process.stdout.write(`${what}\n`);
    let hasChanged = false;
    const changes = this.#sandbox.nextChange().then(() => (hasChanged = true));
    const child = this.#sandbox.start(args, { TMPDIR: this.#temporary });
    const atMoment = async (): Promise<Moment> => {
      if (!isBefore) await changes;
      await sleep(afterMs);
      return hasChanged ? "during" : "before";
    };
    const moment = await Promise.race([child.ended.then(() => "after" as const), atMoment()]);
    // A run has a process for each lab: all at once, as by the kernel out of memory, or only the one that was typed.
    if (command === "run" && this.#draw("whom", kill) < 0.5) this.#sandbox.endProcesses();
    else end(child);
    await child.ended;
    try {
      if (command === "inject" || command === "heal") await this.#expectHealed();
      else await this.#expectGone();
      expect(hostNetwork()).toEqual(this.#network);
      met.push({ command, moment, ok: true });
    } catch (error) {
      met.push({ command, moment, ok: false });
      throw new Error(`${what}\n${child.said()}`, { cause: error });
    }
  }

  async end(): Promise<void> {
    await this.#expectGone();
  }

  /** The command to kill, with what it needs in place. */
  async #prepare(command: Command, kill: number): Promise<string[]> {
    const { id, reports } = this.#sandbox;
    if (command === "run") return ["run", this.#suite, "--report-dir", reports];
    if (command === "up") return ["up", this.#suite, "--name", id];
    if (!this.#isUp) {
      expectExit(await this.#cli("up", this.#suite, "--name", id), 0);
      this.#isUp = true;
    }
    if (command === "down") return ["down", id];
    const inject = ["inject", ...this.#drawFault(kill)];
    if (command === "inject") return inject;
    // One that finds nothing to break exits with 4 and is in the journal all the same.
    expect((await this.#cli(...inject)).exitCode).toBeOneOf([0, 4]);
    return ["heal", "--all"];
  }

  #drawFault(kill: number): string[] {
    const kinds = Object.values(FAULTS).filter(({ needs }) => needs === undefined);
    const fault = kinds[Math.floor(this.#draw("fault", kill) * kinds.length)];
    if (!fault) throw new Error("no fault was drawn");
    const target = TARGETS[Math.floor(this.#draw("target", kill) * TARGETS.length)] ?? "active";
    return fault.targets === "network" ? [fault.kind] : [fault.kind, target];
  }

  /** After one command no fault is left, as the journal and the nodes tell, and the service is back where it belongs. */
  async #expectHealed(): Promise<void> {
    expectExit(await this.#cli("heal", "--all"), 0);
    expect(await this.#faults()).toEqual([]);
    for (const node of ["vm-node1", "vm-node2"]) {
      const carriers = await this.#cli("shell", node, "--", "sh", "-c", "cat /sys/class/net/eth[0-3]/carrier");
      expect(carriers.stdout).toBe("1\n1\n1\n1\n");
    }
    const page = ["shell", "client", "--", "wget", "-q", "-O", "-", "--timeout=1", "--tries=1", "http://192.168.1.60/"];
    await this.#sandbox.waitFor("vm-node1 serves", async () => (await this.#cli(...page)).stdout.includes("served by vm-node1"));
  }

  /** After one command neither containers, processes nor temporary files are left. */
  async #expectGone(): Promise<void> {
    expectExit(await this.#cli("down", "--all"), 0);
    this.#isUp = false;
    await this.#sandbox.expectNothingLeft();
    expect(readdirSync(this.#temporary)).toEqual([]);
  }

  async #faults(): Promise<FaultInForce[]> {
    const shown = await this.#cli("status", "--json");
    expectExit(shown, 0);
    const [lab] = JSON.parse(shown.stdout) as (LabSummary & { faults: FaultInForce[] })[];
    return lab?.faults ?? [];
  }

  /** From 0 to 1. */
  #draw(what: string, kill: number): number {
    return randomFor(SEED, this.#lane, what, kill);
  }

  #cli(...args: string[]) {
    return this.#sandbox.start(args, { TMPDIR: this.#temporary }).ended;
  }
}
