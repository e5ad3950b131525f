/** A test with how long all its trials are expected to take, ms. */
export interface ExpectedTest {
  suite: string;
  test: string;
  ms: number;
}

/**
 * Splits tests into `count` shards of about the same length: the longest first, each to the shard that it leaves shortest, where a shard's
 * first test of a suite also costs that suite's lab (`labMs`). This is Graham's longest-processing-time rule (SIAM J. Appl. Math. 17, 1969),
 * for independent jobs at most 4/3 of the best. Pure: the same tests, in whatever order, give the same shards; every test
 * is in exactly one, and none is empty while there are as many tests as shards.
 */
export function splitIntoShards(tests: readonly ExpectedTest[], labMs: (suite: string) => number, count: number): ExpectedTest[][] {
  const shards = Array.from({ length: count }, () => ({ tests: [] as ExpectedTest[], suites: new Set<string>(), ms: 0 }));
  for (const test of [...tests].sort(longestFirst)) {
    const after = (shard: (typeof shards)[number]) =>
      shard.ms + atLeastSome(test.ms) + (shard.suites.has(test.suite) ? 0 : labMs(test.suite));
    const chosen = shards.reduce((best, shard) => (after(shard) < after(best) ? shard : best));
    chosen.ms = after(chosen);
    chosen.suites.add(test.suite);
    chosen.tests.push(test);
  }
  return shards.map((shard) => shard.tests);
}

/** How long a shard is expected to take: its tests and a lab for each of its suites, ms. */
export function shardMs(tests: readonly ExpectedTest[], labMs: (suite: string) => number): number {
  const labs = [...new Set(tests.map((test) => test.suite))].reduce((sum, suite) => sum + labMs(suite), 0);
  return tests.reduce((sum, test) => sum + test.ms, labs);
}

/** By name where equally long: by code unit, which is the same on every machine, as a locale's order is not. */
function longestFirst(a: ExpectedTest, b: ExpectedTest): number {
  const [left, right] = [JSON.stringify([a.suite, a.test]), JSON.stringify([b.suite, b.test])];
  return atLeastSome(b.ms) - atLeastSome(a.ms) || (left < right ? -1 : left > right ? 1 : 0);
}

/** A test that takes no time would be no reason to use an empty shard. Whole milliseconds add up the same in any order. */
function atLeastSome(ms: number): number {
  return Math.max(1, Math.round(ms));
}
