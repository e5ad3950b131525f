import { createHash } from "node:crypto";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/**
 * A random number in [0, 1) that belongs to a seed and a name (its parts in order): the same for the same, whatever else was drawn
 * before, so that leaving out or reordering others changes nothing.
 */
export function randomFor(seed: number, ...name: readonly (string | number)[]): number {
  // The generator takes 32 bits; a digest spreads names that differ little over all of them.
  const start = createHash("sha256")
    .update(JSON.stringify([seed, ...name]))
    .digest()
    .readInt32BE();
  return uniformFloat64(xoroshiro128plus(start));
}
