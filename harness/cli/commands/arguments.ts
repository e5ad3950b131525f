import { InvalidArgumentError } from "commander";

/** A count of at least 1. */
export function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError("a whole number from 1 on is needed.");
  return Number(text);
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

/** An option that may be given several times. */
export function collect(text: string, before: readonly string[]): string[] {
  return [...before, text];
}
