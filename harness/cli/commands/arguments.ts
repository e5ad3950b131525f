import { InvalidArgumentError } from "commander";

/** A count of at least 1. */
export function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError("a whole number from 1 on is needed.");
  return Number(text);
}

/** Debian releases, each once: `bookworm,trixie`. */
export function releases(text: string): string[] {
  return [...new Set(text.split(",").map(release))];
}

/** A Debian release by its name: `trixie`. */
export function release(text: string): string {
  if (!/^[a-z]+$/.test(text)) throw new InvalidArgumentError("a Debian release is needed by its name, as bookworm or trixie.");
  return text;
}

/** A seed: 0 to 2^32-1. */
export function seed(text: string): number {
  if (!/^\d{1,10}$/.test(text) || Number(text) > 0xffff_ffff)
    throw new InvalidArgumentError("a whole number from 0 to 4294967295 is needed.");
  return Number(text);
}

/** Which part of a run: `2/3`. */
export function shardArgument(text: string): { index: number; count: number } {
  const [, index, count] = /^([1-9]\d{0,2})\/([1-9]\d{0,2})$/.exec(text) ?? [];
  if (index === undefined || count === undefined || Number(index) > Number(count))
    throw new InvalidArgumentError("a part and how many there are is needed, as 2/3.");
  return { index: Number(index), count: Number(count) };
}

const SECONDS = { s: 1, m: 60, h: 3_600 } as const;

/** A length of time in seconds: `90s`, `10m`, `2h`. */
export function seconds(text: string): number {
  const [, count, unit] = /^([1-9]\d{0,4})([smh])$/.exec(text) ?? [];
  if (count === undefined || unit === undefined) throw new InvalidArgumentError("a time is needed, as 90s, 10m or 2h.");
  return Number(count) * SECONDS[unit as keyof typeof SECONDS];
}

/** An option that may be given several times. */
export function collect(text: string, before: readonly string[]): string[] {
  return [...before, text];
}
