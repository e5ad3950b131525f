import { readFileSync } from "node:fs";
import { HachaosError, messageOf } from "../kernel/errors.js";
import { results, type Results } from "./results.js";

/** Reads a stored results.json. Throws `run-not-found` when it is not there or is not what its schema says. */
export function readResults(file: string): Results {
  try {
    return results.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    const hint = "hachaos judge <run> makes them from the run's history";
    throw new HachaosError("run-not-found", `${file} holds no results: ${messageOf(error)}`, { hint, cause: error });
  }
}
