import type { EventOf } from "../history/event.js";
import { faultGapOf, type Gap } from "../timing/gap.js";

/** So long after the last failed request the gap is over: above a request's time limit, after which the last one of it fails. */
const OVER_MS = 3_000;
/** What is kept of the good times, so that a gap knows the last success before it, and how long a connection request takes. */
const BEFORE_US = 2_000_000;
/** A gap that lasts is cut in its middle when it holds so many requests: 25 s of them. Its ends decide how long it was. */
const CUT_AT = 2_500;
const KEEP_FIRST = 1_000;
const KEEP_LAST = 800;

export interface EndedGap {
  minMs: number;
  /** Null: it is not known how long it was. */
  maxMs: number | null;
  failed: number;
  /** On the run's axis. */
  endedUs: number;
  /** It cannot grow any more: no request has failed for long enough that none of it is still under way. */
  isOver: boolean;
}

/** What clients see at this moment. */
export interface ServiceNow {
  /** Who gave the last answer; null: nobody yet, or nobody named. */
  server: string | null;
  /** Since when the service is certainly dark; null: it is not. */
  darkSinceUs: number | null;
  /** Requests that failed in the gap that goes on, or has just ended. */
  failed: number;
  last: EndedGap | null;
}

/** Counts the gap while it goes on, with the same arithmetic by which the report measures it afterwards. */
export class GapCounter {
  #probes: EventOf<"http">[] = [];
  #failed = 0;
  #failedUs = -Infinity;
  #server: string | null = null;
  #last: EndedGap | null = null;

  note(probe: EventOf<"http">): void {
    this.#probes.push(probe);
    if (probe.outcome === "ok") this.#server = probe.servedBy;
    else {
      this.#failed += 1;
      this.#failedUs = probe.endUs;
    }
    if (this.#failed === 0) this.#forgetGoodTimes(probe.endUs);
    else this.#probes = withoutMiddle(this.#probes);
  }

  now(nowUs: number): ServiceNow {
    const gap = this.#failed === 0 ? null : this.#gap(nowUs);
    const open = gap?.spells.at(-1)?.okAfter === null ? gap.spells.at(-1) : undefined;
    const isOver = nowUs - this.#failedUs > OVER_MS * 1000;
    const last = gap !== null && open === undefined ? this.#ended(gap, isOver) : this.#last;
    if (last !== this.#last && isOver) this.#end(last);
    return { server: this.#server, darkSinceUs: open?.darkByUs ?? null, failed: this.#failed, last };
  }

  #gap(nowUs: number): Gap | null {
    const startUs = Math.min(...this.#probes.slice(0, 1).map(({ atUs }) => atUs));
    return faultGapOf({ startUs, endUs: nowUs, marks: NO_MARKS, probes: this.#probes });
  }

  #ended({ spells, minMs, maxMs }: Gap, isOver: boolean): EndedGap {
    return { minMs, maxMs, failed: this.#failed, endedUs: spells.at(-1)?.okAfter?.endUs ?? this.#failedUs, isOver };
  }

  #end(last: EndedGap | null): void {
    this.#last = last;
    this.#failed = 0;
    this.#forgetGoodTimes(this.#probes.at(-1)?.endUs ?? 0);
  }

  #forgetGoodTimes(nowUs: number): void {
    if ((this.#probes[0]?.atUs ?? Infinity) > nowUs - 2 * BEFORE_US) return;
    this.#probes = this.#probes.filter(({ atUs }) => atUs > nowUs - BEFORE_US);
  }
}

/** Of a gap that lasts: its ends, and the answers between them. */
export function withoutMiddle(probes: EventOf<"http">[]): EventOf<"http">[] {
  if (probes.length <= CUT_AT) return probes;
  const last = probes.length - KEEP_LAST;
  const ends = probes.filter(({ outcome }, index) => index < KEEP_FIRST || index >= last || outcome === "ok");
  // A service that comes and goes: what is older than that is no longer the gap that goes on.
  return ends.length > CUT_AT ? probes.slice(-KEEP_LAST) : ends;
}

/** Nothing is measured from marks here: the window is all there is. */
const NO_MARKS = {
  injecting: null,
  proven: null,
  notProven: null,
  observed: null,
  healing: null,
  healed: null,
  notHealed: null,
  gate: null,
};
