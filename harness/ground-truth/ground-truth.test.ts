import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { firstOf, readHistory } from "../history/read-history.js";
import { trialsOf } from "../history/views/trial.js";
import { failbackWindow } from "../history/views/windows.js";
import { failbackGapOf, type Gap } from "../timing/gap.js";
import { capturedGap } from "./testing/captured-gap.js";
import { compare } from "./testing/compare.js";
import { connectionsOf, type Connection } from "./testing/connections.js";
import { parsePackets } from "./testing/packets.js";

/** A failback of a real run with what tcpdump captured in its client meanwhile (TCP options, windows and acknowledgements left out). */
const fixture = (name: string) => fileURLToPath(new URL(`fixture/${name}`, import.meta.url));
/** Wall clock minus CLOCK_MONOTONIC as it was then, microseconds. */
const OFFSET_US = 1_795_369_458_868_465;

const history = readHistory(fixture("history.ndjson"));
const [trial] = trialsOf(history);
const text = readFileSync(fixture("capture.txt"), "utf8");
const baseUs = firstOf(history.events, "run-started")?.baseUs ?? 0;
const packets = parsePackets(text, 80).map((packet) => ({ ...packet, atUs: packet.atUs - OFFSET_US - baseUs }));
const window = failbackWindow(trial!)!;
const reported = failbackGapOf(trial!) as Gap;

const wrong = (connections: readonly Connection[]) => compare(reported, capturedGap(connections, window.fromUs, window.toUs))?.wrong;
const shifted = (us: number) => connectionsOf(packets.map((packet) => ({ ...packet, atUs: packet.atUs + us })));

test("the reported interval holds what the packets show", () => {
  const found = compare(reported, capturedGap(connectionsOf(packets), window.fromUs, window.toUs));
  expect(found?.wrong).toEqual([]);
  expect(found?.answersMs).toBe(3_305.066);
});

describe("a capture that does not fit is told", () => {
  test.each([-50_000, 50_000])("clocks %i us apart", (us) => {
    expect(wrong(shifted(us))).not.toEqual([]);
  });

  test("the connection that brought the first answer is missing", () => {
    const all = connectionsOf(packets);
    const first = capturedGap(all, window.fromUs, window.toUs)?.firstAnswerUs;
    expect(wrong(all.filter(({ answeredUs }) => answeredUs !== first))).toContainEqual(expect.stringContaining("the first answer after"));
  });

  test("it shows no gap", () => {
    const filled = connectionsOf(packets).map((one) => ({ ...one, acceptedUs: one.synUs + 200, answeredUs: one.synUs + 2_000 }));
    expect(wrong(filled)).toContainEqual(expect.stringContaining("from answer to answer"));
  });

  test("somebody was answered in the middle of it", () => {
    const middleUs = (reported.spells[0]!.firstFailure.atUs + reported.spells[0]!.lastFailure.atUs) / 2;
    const one = { synUs: middleUs, acceptedUs: middleUs + 200, answeredUs: middleUs + 2_000 };
    expect(wrong([...connectionsOf(packets), one])).toContainEqual(expect.stringContaining("from answer to answer"));
  });
});

describe("packets", () => {
  const line = (at: string, rest: string) => `${at} eth0  Out IP 192.168.1.100.4000 > 192.168.1.60.80: ${rest}, length 0`;

  test("what is no packet of the service is not passed over", () => {
    expect(() => parsePackets("tcpdump: listening", 80)).toThrow("no packet");
    expect(() => parsePackets(line("1.000000", "Flags [S], seq 1, win 1"), 81)).toThrow("not of port 81");
  });

  test("a SYN sent again is the same connection, a port used again is another one", () => {
    const syns = [
      line("1.000000", "Flags [S], seq 7, win 1"),
      line("2.000000", "Flags [S], seq 7, win 1"),
      line("3.000000", "Flags [S], seq 8, win 1"),
    ];
    expect(connectionsOf(parsePackets(syns.join("\n"), 80)).map(({ synUs }) => synUs)).toEqual([1_000_000, 3_000_000]);
  });
});
