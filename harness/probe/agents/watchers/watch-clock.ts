import { nowUs, send } from "../send.js";
import type { Watcher } from "./watcher.js";

/** history/views/wall-clock.ts counts on it. */
const EVERY_MS = 1_000;
/** A clock that is set, or that the kernel slews, is told from one that is read a little later: both readings are of whole milliseconds. */
const NEWS_MS = 20;

/** The wall clock, by which daemons stamp their logs and the CIB: when first looked at, and whenever somebody has set it. */
export const watchClock: Watcher = () => {
  let toldMs = NaN;
  const look = () => {
    const us = nowUs();
    const wallMs = Date.now();
    const offsetMs = wallMs - us / 1000;
    if (Math.abs(offsetMs - toldMs) < NEWS_MS) return;
    toldMs = offsetMs;
    send({ us, watch: "clock", wallMs });
  };
  look();
  const timer = setInterval(look, EVERY_MS);
  return () => {
    clearInterval(timer);
  };
};
