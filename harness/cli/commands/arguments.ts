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
