import { jsonAgent, type Piped } from "../containers/json-agent.js";
import type { Agent } from "../lab.js";
import { clockBridge } from "./clock-bridge.js";

/** How often an observer is asked for its time: between two answers clocks that differ by 100 ppm, as quartzes may, drift by 0.5 ms. */
const ASK_EVERY_MS = 5_000;
/** At the beginning more often: the first questions meet a program that is still loading. */
const FIRST_QUESTIONS_MS = [0, 50, 200, 500, 1_000];
/**
 * Observers tell at once: what is older than this when it arrives was seen by a machine that did not run, or by one whose clock did not. It
 * waits for another reading of the clock.
 */
const SUSPICIOUS_US = 1_000_000;

type Timed = Record<string, unknown> & { us: number };

/** An observer on a machine with a clock of its own: its times (`us`) arrive as times of ours, CLOCK_MONOTONIC. */
export function clockedAgent(piped: Piped & { write(text: string): void }, onMessage: (message: unknown) => void): Agent {
  const clock = clockBridge();
  let waiting: Timed[] = [];
  let askedUs: number | null = null;
  const ask = () => {
    // One at a time, so that each answer has its question; what is never answered is no machine any more.
    if (askedUs !== null) return;
    askedUs = nowUs();
    piped.write("time\n");
  };
  const tell = (message: Timed) => {
    const offset = clock.at(nowUs());
    if (offset === null) waiting.push(message);
    else onMessage({ ...message, us: Math.round(message.us + offset.us) });
  };
  const agent = jsonAgent(piped, (raw) => {
    const message = raw as Timed & { time?: number };
    if (message.time !== undefined) {
      if (askedUs !== null) clock.read({ sentUs: askedUs, backUs: nowUs(), theirsUs: message.time });
      askedUs = null;
      const held = waiting;
      waiting = [];
      for (const early of held) tell(early);
      return;
    }
    const offset = clock.at(nowUs());
    const isLate = offset !== null && nowUs() - (message.us + offset.us) > SUSPICIOUS_US;
    if (isLate) ask();
    // In their order: nothing overtakes what waits.
    if (isLate || waiting.length > 0) waiting.push(message);
    else tell(message);
  });
  const first = FIRST_QUESTIONS_MS.map((ms) => setTimeout(ask, ms));
  const timer = setInterval(ask, ASK_EVERY_MS);
  const quiet = () => {
    clearInterval(timer);
    for (const question of first) clearTimeout(question);
  };
  void agent.ended.then(quiet);
  return {
    ended: agent.ended,
    async stop() {
      quiet();
      await agent.stop();
    },
  };
}

function nowUs(): number {
  return Number(process.hrtime.bigint() / 1000n);
}
