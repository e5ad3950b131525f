import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { firstOf, readHistory } from "../history/read-history.js";
import { trialsOf } from "../history/views/trial.js";
import { failbackGapOf, type Gap } from "../timing/gap.js";
import { answersIn } from "./testing/answers.js";
import { capturedInterval, FAILBACK } from "./testing/captured-interval.js";

/** A failback of a real run with what tcpdump captured in its client meanwhile (TCP options, windows and acknowledgements left out). */
const fixture = (name: string) => fileURLToPath(new URL(`fixture/${name}`, import.meta.url));
/** Wall clock minus CLOCK_MONOTONIC as it was then, microseconds. */
const OFFSET_US = 1_795_369_458_868_465;

const history = readHistory(fixture("history.ndjson"));
const [trial] = trialsOf(history);
const text = readFileSync(fixture("capture.txt"), "utf8");
const baseUs = firstOf(history.events, "run-started")?.baseUs ?? 0;
const answersUs = answersIn(text, 80).map((us) => us - OFFSET_US - baseUs);
const reported = failbackGapOf(trial!) as Gap;

const compared = (answers: readonly number[]) => capturedInterval(trial!, answers, FAILBACK);
const wrong = (answers: readonly number[]) => compared(answers)?.wrong;

test("the reported interval holds what the packets show", () => {
  expect(compared(answersUs)).toMatchObject({ answersMs: 3_305.066, wrong: [] });
});

describe("a capture that does not fit is told", () => {
  test.each([-50_000, 50_000])("clocks %i us apart", (apart) => {
    expect(wrong(answersUs.map((us) => us + apart))).not.toEqual([]);
  });

  test("the first answer is missing", () => {
    const first = answersUs.find((us) => us > reported.spells[0]!.lastFailure.atUs);
    expect(wrong(answersUs.filter((us) => us !== first))).toContainEqual(expect.stringContaining("the first answer after"));
  });

  test("it shows no gap", () => {
    const { firstFailure, lastFailure } = reported.spells[0]!;
    const filling = Array.from(
      { length: 400 },
      (_none, index) => firstFailure.atUs + (index * (lastFailure.atUs - firstFailure.atUs)) / 400,
    );
    expect(wrong([...answersUs, ...filling].sort((a, b) => a - b))).toContainEqual(expect.stringContaining("from answer to answer"));
  });

  test("somebody was answered in the middle of it", () => {
    const middleUs = (reported.spells[0]!.firstFailure.atUs + reported.spells[0]!.lastFailure.atUs) / 2;
    const all = [...answersUs, middleUs].sort((a, b) => a - b);
    expect(wrong(all)).toContainEqual(expect.stringContaining("from answer to answer"));
  });
});

describe("answers", () => {
  const line = (at: string, flow: string, rest: string) => `${at} eth0  In  IP ${flow}: Flags [P.], ${rest}`;
  const answer = (at: string, port: number, seq: number, status = 200) =>
    line(at, `192.168.1.60.80 > 192.168.1.100.${port}`, `seq ${seq}:${seq + 310}, length 310: HTTP: HTTP/1.1 ${status} OK`);

  test("what is no packet is not passed over", () => {
    expect(() => answersIn("tcpdump: listening", 80)).toThrow("no packet");
  });

  test("only good ones from the service, each once; a port used again is another one", () => {
    const text = [
      answer("1.000000", 4000, 7),
      answer("1.000300", 4000, 7),
      answer("2.000000", 4001, 8, 503),
      line("3.000000", "192.168.1.100.4000 > 192.168.1.60.80", "seq 1:60, length 60: HTTP: GET / HTTP/1.1"),
      answer("4.000000", 4000, 9),
    ];
    expect(answersIn(text.join("\n"), 80)).toEqual([1_000_000, 4_000_000]);
  });
});
