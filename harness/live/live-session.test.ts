import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Results } from "../check/results.js";
import type { FaultSpec, HistoryEvent } from "../history/event.js";
import { sampleDefinition } from "../history/testing/sample-definition.js";
import { waitUntil } from "../kernel/wait-until.js";
import { fakeProvider } from "../lab/fake/fake-provider.js";
import { breakNow, newFault, takeBack, UNWATCHED } from "../run/faults-in-force.js";
import { openLiveSession } from "./live-session.js";

const folder = mkdtempSync(join(tmpdir(), "hachaos-live-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function open(name: string) {
  const definition = sampleDefinition();
  const lab = await fakeProvider.start({ name, definition, folder, keep: true, onStep: () => undefined });
  const events: HistoryEvent[] = [];
  const live = await openLiveSession({ lab, reportDir: join(folder, name), onEvent: (event) => events.push(event) });
  const saw = (type: HistoryEvent["type"], times = 1) =>
    waitUntil(
      `${type} is in the history`,
      () => {
        const count = events.filter((event) => event.type === type).length;
        return count >= times ? { done: true, value: undefined } : { done: false, seen: `${count} times` };
      },
      { timeoutMs: 30_000 },
    );
  await saw("http", 200);
  async function close() {
    const outcome = await live.close();
    await lab.destroy();
    const results = existsSync(outcome.run.results) ? (JSON.parse(readFileSync(outcome.run.results, "utf8")) as Results) : null;
    return { ...outcome, results };
  }
  return { lab, live, events, saw, close };
}

function only(events: readonly HistoryEvent[], type: HistoryEvent["type"]): HistoryEvent[] {
  return events.filter((event) => event.type === type);
}

function cable(nic: string): FaultSpec {
  return { kind: "link-down", target: "vm-node1", params: { nic } };
}

// Everything waits for steady seconds, so it runs side by side.
describe.concurrent("a live session, on a pretended cluster", () => {
  it("makes a trial of each fault that is taken back before the next, and a report that judges them", async () => {
    const { live, saw, close } = await open("one");
    for (const trial of [1, 2]) {
      const fault = await live.inject(cable("eth0"));
      expect(live.faults()).toMatchObject([{ id: fault.id, kind: "link-down", nodes: ["vm-node1"] }]);
      await saw("http", 400 * trial + 600);
      await live.heal([fault.id]);
      await saw("trial-ended", trial);
    }
    expect(live.faults()).toEqual([]);
    const { results, reports } = await close();
    expect(results?.tests).toMatchObject([{ name: "link-down-vm-node1", trials: [{ trial: 1, proven: true }, { trial: 2 }] }]);
    expect(results?.tests[0]?.trials.map(({ verdict }) => verdict)).not.toContain("interrupted");
    expect(Object.keys(reports)).toContain("html");
  }, 60_000);

  it("ends a trial that waits for all to be normal when the next fault strikes, which is that one's", async () => {
    const { live, events, close } = await open("next");
    const first = await live.inject(cable("eth0"));
    await live.heal([first.id]);
    await live.inject(cable("eth2"));
    const { results } = await close();
    expect(results?.tests[0]?.trials).toMatchObject([
      { trial: 1, verdict: "interrupted", proven: true },
      { trial: 2, verdict: "interrupted", proven: true },
    ]);
    const [ended, begun, struck] = [only(events, "trial-ended")[0], only(events, "trial-started")[1], only(events, "fault-injecting")[1]];
    expect([ended?.atUs, begun?.atUs]).toEqual([struck?.atUs, struck?.atUs]);
  }, 60_000);

  it("judges several faults at once only by what must never happen", async () => {
    const { live, saw, close } = await open("several");
    const first = await live.inject(cable("eth0"));
    const second = await live.inject(cable("eth2"));
    const told: string[] = [];
    await live.heal([first.id, second.id], { healing: (id) => told.push(`heals ${id}`), healed: (id) => told.push(`healed ${id}`) });
    expect(told).toEqual([second, first].flatMap(({ id }) => [`heals ${id}`, `healed ${id}`]));
    await saw("trial-ended");
    const { results } = await close();
    const [trial] = results?.tests[0]?.trials ?? [];
    const verdicts = Object.fromEntries((trial?.constraints ?? []).map(({ id, reason }) => [id, reason]));
    expect(verdicts).toMatchObject({ gap: "several-faults", "unexpected-move": "several-faults" });
    expect(verdicts["S"]).not.toBe("several-faults");
    expect(trial?.verdict).toBe("invalid");
  }, 60_000);

  it("sees what another command breaks and takes back", async () => {
    const { lab, live, events, saw, close } = await open("foreign");
    const fault = newFault("link-down", ["vm-node2"], { nic: "eth1" }, 600);
    await breakNow(lab, fault, UNWATCHED);
    await saw("fault-proven");
    expect(live.faults().map(({ id }) => id)).toEqual([fault.id]);
    await takeBack(lab, fault, () => undefined);
    await saw("trial-ended");
    expect(events.find((event) => event.type === "fault-injecting")).toMatchObject({ nodes: ["vm-node2"] });
    expect((await close()).results?.tests).toMatchObject([{ name: "link-down-vm-node2" }]);
  }, 60_000);

  it("keeps nothing of a session in which nothing was broken", async () => {
    const { live, close } = await open("nothing");
    await expect(live.heal(["link-down-0000"])).rejects.toMatchObject({ code: "unknown-name" });
    expect((await close()).reports).toEqual({});
    expect(existsSync(live.run.dir)).toBe(false);
    expect(existsSync(join(folder, "nothing", "latest"))).toBe(false);
  }, 60_000);
});
