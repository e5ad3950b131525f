import { repeat, type Watcher } from "./watcher.js";

/** history/views/wall-clock.ts counts on it. */
const EVERY_MS = 1_000;
/** A clock that is set, or that the kernel slews, is told from one that is read a little later: both readings are of whole milliseconds. */
const NEWS_MS = 20;

/**
 * The wall clock, by which daemons stamp their logs and the CIB: when first looked at, whenever somebody has set it, and whenever it is
 * known twice as well as before, as over a network the first round trip seldom is the shortest.
 */
export const watchClock: Watcher = (_config, { clock, send }) => {
  let told = { offsetMs: NaN, errorMs: 0 };
  const looks = repeat(EVERY_MS, async () => {
    const read = await clock();
    if (read === null) return;
    const { us, wallMs, errorMs = 0 } = read;
    const offsetMs = wallMs - us / 1000;
    const isSame = Math.abs(offsetMs - told.offsetMs) < NEWS_MS + errorMs + told.errorMs;
    if (isSame && errorMs * 2 >= told.errorMs) return;
    told = { offsetMs, errorMs };
    send({ us, watch: "clock", wallMs, ...(errorMs > 0 && { errorMs }) });
  });
  return looks.stop;
};
