import { slowDown } from "../../cluster/slow-down.js";
import type { Trial } from "./trial.js";

/** How many times more seldom the nodes of this trial were looked at than real ones are. */
export function slowDownOf({ events }: Pick<Trial, "events">): number {
  const ready = events.findLast((event) => event.type === "lab-ready");
  return slowDown({ pace: ready?.pace ?? 1 });
}
