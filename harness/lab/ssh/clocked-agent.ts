import { jsonAgent, type Piped } from "../containers/json-agent.js";
import type { Agent } from "../lab.js";
import { clockBridge } from "./clock-bridge.js";

/** How often an observer is asked for its time: between two answers clocks that differ by 100 ppm, as quartzes may, drift by 0.5 ms. */
const ASK_EVERY_MS = 5_000;
/** Good enough to begin with; the first question meets a program that still loads, and its answer is worth little. */
const GOOD_US = 2_000;
/** After so many questions at once the best answer must do: the machine is busy. */
const QUESTIONS = 10;
/**
 * Observers tell at once: what is older than this when it arrives was seen by a machine that did not run, or by one whose clock did not. It
 * waits for another reading of the clock.
 */
const SUSPICIOUS_US = 1_000_000;

/** Those of the probes too, which may sit on another machine as well. */
const TIMES = ["us", "endUs", "scheduledUs", "sentUs", "connectedUs"];

type Timed = Record<string, unknown> & { us: number };

/** An observer on a machine with a clock of its own: its times (`us`) arrive as times of ours, CLOCK_MONOTONIC. */
export function clockedAgent(piped: Piped & { write(text: string): void }, onMessage: (message: unknown) => void): Agent {
  const clock = clockBridge();
  let held: Timed[] = [];
  let askedUs: number | null = null;
  /** Questions still to be asked before what is held goes on. */
  let left = QUESTIONS;
  const ask = () => {
    // One at a time, so that each answer has its question.
    if (askedUs !== null) return;
    askedUs = nowUs();
    piped.write("time\n");
  };
  const answered = (theirsUs: number) => {
    const now = nowUs();
    if (askedUs !== null) clock.read({ sentUs: askedUs, backUs: now, theirsUs });
    askedUs = null;
    left = left === 0 || (clock.at(now)?.errorUs ?? Infinity) <= GOOD_US ? 0 : left - 1;
    if (left > 0) {
      ask();
      return;
    }
    const freed = held;
    held = [];
    for (const message of freed) tell(message);
  };
  const tell = (message: Timed) => {
    const now = nowUs();
    const offset = clock.at(now);
    const us = Math.round(Math.min(message.us + (offset?.us ?? 0), now));
    onMessage({ ...message, ...moved(message, us - message.us) });
  };
  const agent = jsonAgent(piped, (raw) => {
    const message = raw as Timed & { time?: number };
    if (message.time !== undefined) {
      answered(message.time);
      return;
    }
    const offset = clock.at(nowUs());
    if (left === 0 && offset !== null && nowUs() - (message.us + offset.us) > SUSPICIOUS_US) {
      left = QUESTIONS;
      ask();
    }
    // In their order: nothing overtakes what is held.
    if (left > 0) held.push(message);
    else tell(message);
  });
  ask();
  const timer = setInterval(ask, ASK_EVERY_MS);
  void agent.ended.then(() => {
    clearInterval(timer);
  });
  return agent;
}

/** Every time in a message, in step: how far they are apart, the other clock knows better than the offset. */
function moved(message: Timed, byUs: number): Record<string, number> {
  return Object.fromEntries(
    TIMES.flatMap((key) => {
      const us = message[key];
      return typeof us === "number" ? [[key, us + byUs]] : [];
    }),
  );
}

function nowUs(): number {
  return Number(process.hrtime.bigint() / 1000n);
}
