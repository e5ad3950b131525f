/** Milliseconds of each unit, spelt as pacemaker's crm_get_msec() and the agents accept them. */
const UNITS: Record<string, number> = {
  us: 0.001,
  usec: 0.001,
  ms: 1,
  msec: 1,
  s: 1000,
  sec: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  hr: 3_600_000,
};

/**
 * A duration as milliseconds, or null when the text is none. A bare number counts in `bareUnit`: milliseconds in cluster.yaml,
 * seconds in the crm configuration (Pacemaker Explained, "Time specifications").
 */
export function parseDurationMs(text: string | number, bareUnit: "ms" | "s"): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(String(text).trim());
  if (match === null) return null;
  const unit = match[2] === "" ? bareUnit : (match[2] ?? "").toLowerCase();
  const ms = UNITS[unit];
  return ms === undefined ? null : Math.round(Number(match[1]) * ms);
}

/** Milliseconds as people write them: 15s, 1.5s, 200ms. */
export function formatDuration(ms: number): string {
  return ms !== 0 && ms < 1000 ? `${ms}ms` : `${ms / 1000}s`;
}
