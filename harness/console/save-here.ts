import { join } from "node:path";
import { HachaosError } from "../kernel/errors.js";
import { saveSuite, type SavedSuite } from "../live/save-suite.js";
import type { HistoryEvent } from "../history/event.js";

/** A page may name a folder, never a path: what it saves lies beside what is there already, and nowhere else. */
const FOLDER_NAME = /^\w[\w.-]{0,99}$/;

/** As `hachaos save`, in a new folder where the console was started. Throws `usage`. */
export function saveHere(events: HistoryEvent[], folder: string, here: string): SavedSuite {
  if (!FOLDER_NAME.test(folder)) {
    throw new HachaosError("usage", `${folder || "nothing"} is no name of a new folder`, { hint: "letters, digits, - _ and . will do" });
  }
  return saveSuite({ events }, join(here, folder));
}
