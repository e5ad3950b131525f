import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** A path as typed in cluster.yaml: `~` is home, everything else is seen from the suite's folder. */
export function homePath(path: string, folder: string): string {
  return path === "~" || path.startsWith("~/") ? join(homedir(), path.slice(1)) : resolve(folder, path);
}
