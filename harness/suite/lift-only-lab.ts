import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

/** In a run's `nodes` folder each lab has a folder of its own; where there was only one lab, its nodes lie right there. */
export function liftOnlyLab(nodes: string, labs: readonly string[]): void {
  const [only, ...others] = labs;
  if (only === undefined || others.length > 0 || !existsSync(join(nodes, only))) return;
  const aside = `${nodes}.${only}`;
  renameSync(join(nodes, only), aside);
  rmSync(nodes, { recursive: true });
  renameSync(aside, nodes);
}
