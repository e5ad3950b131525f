/** Lines of two nodes reach us out of order by what the engine and their journals take: a few ms, more on a busy machine. */
const HOLD_MS = 200;

/** Holds what comes for a moment, so that what comes from several nodes goes on in the order of its time. */
export function inOrder<T extends { atUs: number }>(onward: (one: T) => void): { add(one: T): void; end(): void } {
  let waiting: T[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    const due = waiting.sort((a, b) => a.atUs - b.atUs);
    waiting = [];
    timer = undefined;
    for (const one of due) onward(one);
  };
  return {
    add(one) {
      waiting.push(one);
      timer ??= setTimeout(flush, HOLD_MS);
    },
    end() {
      clearTimeout(timer);
      flush();
    },
  };
}
