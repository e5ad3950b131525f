/** Lines of two nodes reach us out of order by what the engine and their journals take: a few ms, more on a busy machine. */
const HOLD_MS = 300;
const EVERY_MS = 100;

/** Holds what comes for a moment, so that what comes from several nodes goes on in the order of its time. */
export function inOrder<T extends { atUs: number }>(
  onward: (one: T) => void,
  nowMs: () => number = () => performance.now(),
): { add(one: T): void; release(): void; end(): void } {
  let waiting: { one: T; cameMs: number }[] = [];
  const passOn = (untilUs: number) => {
    const due = waiting.filter(({ one }) => one.atUs <= untilUs).sort((a, b) => a.one.atUs - b.one.atUs);
    waiting = waiting.filter(({ one }) => one.atUs > untilUs);
    for (const { one } of due) onward(one);
  };
  /** What has waited long enough goes on, and before it all that is older. */
  const release = () => passOn(Math.max(...waiting.filter(({ cameMs }) => nowMs() - cameMs >= HOLD_MS).map(({ one }) => one.atUs)));
  const timer = setInterval(release, EVERY_MS);
  return {
    add: (one) => void waiting.push({ one, cameMs: nowMs() }),
    release,
    end() {
      clearInterval(timer);
      passOn(Infinity);
    },
  };
}
