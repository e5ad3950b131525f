import { describe, expect, it } from "vitest";
import type { EventOf, ProbeOutcome } from "../history/event.js";
import { GapCounter, withoutMiddle } from "./gap-counter.js";

function ask(counter: GapCounter, ...asked: Parameters<typeof probesOf>): void {
  for (const probe of probesOf(...asked)) counter.note(probe);
}

/** A request each 10 ms from `fromMs` until `toMs`, answered (or given up) after 2 ms, or after the limit when it times out. */
function probesOf(fromMs: number, toMs: number, outcome: ProbeOutcome, servedBy: string | null = null): EventOf<"http">[] {
  const probes: EventOf<"http">[] = [];
  for (let ms = fromMs; ms < toMs; ms += 10) {
    const atUs = ms * 1000;
    const endUs = atUs + (outcome === "timeout" ? 900_000 : 2_000);
    const connectedUs = outcome === "ok" ? atUs + 1000 : null;
    probes.push({
      type: "http",
      lab: "l",
      atUs,
      endUs,
      scheduledUs: atUs,
      sentUs: atUs,
      connectedUs,
      outcome,
      status: null,
      servedBy,
      error: null,
    });
  }
  return probes;
}

describe("the gap counter", () => {
  it("knows no gap while every request is answered", () => {
    const counter = new GapCounter();
    expect(counter.now(0)).toEqual({ server: null, darkSinceUs: null, failed: 0, last: null });
    ask(counter, 0, 30_000, "ok", "vm-node1");
    expect(counter.now(30_000_000)).toEqual({ server: "vm-node1", darkSinceUs: null, failed: 0, last: null });
  });

  it("counts while the service is dark, and measures as the report does when it is back", () => {
    const counter = new GapCounter();
    ask(counter, 0, 5_000, "ok", "vm-node1");
    ask(counter, 5_000, 8_000, "refused");
    const dark = counter.now(8_000_000);
    expect(dark.darkSinceUs).toBe(5_002_000);
    expect(dark).toMatchObject({ failed: 300, last: null });
    ask(counter, 8_000, 9_000, "ok", "vm-node2");
    const back = counter.now(9_000_000);
    expect(back).toMatchObject({ server: "vm-node2", darkSinceUs: null, last: { failed: 300, isOver: false, endedUs: 8_002_000 } });
    expect([back.last?.minMs, back.last?.maxMs]).toEqual([2_988, 3_012]);
    ask(counter, 9_000, 12_000, "ok", "vm-node2");
    const over = counter.now(12_000_000);
    expect(over).toMatchObject({ failed: 0, last: { isOver: true, failed: 300 } });
    expect(counter.now(13_000_000).last).toBe(over.last);
  });

  it("counts the second gap anew, when the service moves back", () => {
    const counter = new GapCounter();
    ask(counter, 0, 2_000, "ok", "vm-node1");
    ask(counter, 2_000, 4_000, "refused");
    ask(counter, 4_000, 10_000, "ok", "vm-node2");
    counter.now(10_000_000);
    ask(counter, 10_000, 10_500, "refused");
    expect(counter.now(10_500_000)).toMatchObject({ failed: 50, darkSinceUs: 10_002_000, last: { failed: 200 } });
    ask(counter, 10_500, 15_000, "ok", "vm-node1");
    expect(counter.now(15_000_000).last).toMatchObject({ failed: 50, minMs: 488, isOver: true });
  });

  it("keeps the ends of a gap that lasts for long, and little of its middle", () => {
    const counter = new GapCounter();
    ask(counter, 0, 5_000, "ok", "vm-node1");
    ask(counter, 5_000, 605_000, "timeout");
    ask(counter, 605_000, 610_000, "ok", "vm-node2");
    const { last } = counter.now(610_000_000);
    expect(last).toMatchObject({ failed: 60_000, endedUs: 605_002_000 });
    expect(last?.maxMs).toBe(600_012);
  });

  it("has little in memory, whether the service stays away or comes and goes", () => {
    const kept = (probes: EventOf<"http">[]) => probes.reduce<EventOf<"http">[]>((all, probe) => withoutMiddle([...all, probe]), []);
    const away = probesOf(0, 60_000, "timeout");
    expect(kept(away).length).toBeLessThan(3_000);
    expect(kept(away)[0]).toBe(away[0]);
    const flapping = [0, 1, 2, 3, 4].flatMap((round) => [
      ...probesOf(round * 20_000, round * 20_000 + 10_000, "ok", "vm-node1"),
      ...probesOf(round * 20_000 + 10_000, round * 20_000 + 20_000, "refused"),
    ]);
    expect(kept(flapping).length).toBeLessThan(3_000);
    expect(kept(flapping).at(-1)).toBe(flapping.at(-1));
  });
});
