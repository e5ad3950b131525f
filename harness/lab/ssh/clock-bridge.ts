/** What one question told: the other clock read `theirsUs` at some moment between `sentUs` and `backUs` of ours. */
export interface ClockReading {
  sentUs: number;
  backUs: number;
  theirsUs: number;
}

/** Ours minus theirs, known to within `errorUs` either way. */
export interface ClockOffset {
  us: number;
  errorUs: number;
}

/**
 * A reading is good for as long as the clocks keep pace. An emulated machine counts its processor's ticks against another counter once, at
 * boot; the kernel's watchdog lets it be wrong by 500 ppm at most (kernel/time/clocksource.c, NTP's limit as well): 0.5 us for each ms.
 */
const DRIFT_PPM = 500;

/** Follows the offset of another machine's clock: of all readings the one that is the most exact at this moment counts. */
export function clockBridge(): { read(reading: ClockReading): void; at(nowUs: number): ClockOffset | null } {
  let best: (ClockOffset & { atUs: number }) | null = null;
  const at = (nowUs: number): ClockOffset | null =>
    best && { us: best.us, errorUs: best.errorUs + (Math.max(0, nowUs - best.atUs) * DRIFT_PPM) / 1e6 };
  return {
    at,
    read({ sentUs, backUs, theirsUs }) {
      const fresh = { us: (sentUs + backUs) / 2 - theirsUs, errorUs: (backUs - sentUs) / 2, atUs: backUs };
      const known = at(backUs);
      // Two that cannot both be true: the clock was stopped or set meanwhile, and only the newer one knows.
      const contradicts = known !== null && Math.abs(known.us - fresh.us) > known.errorUs + fresh.errorUs;
      if (known === null || contradicts || fresh.errorUs <= known.errorUs) best = fresh;
    },
  };
}
