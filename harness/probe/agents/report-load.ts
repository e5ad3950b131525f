import { measureLoad } from "./measure-load.js";
import { send } from "./send.js";

/** Tells hachaos what this agent costs, until it ends. */
export function reportLoad(): void {
  measureLoad((load) => {
    send({ load });
  });
}
