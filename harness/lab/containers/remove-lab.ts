import type { Engine } from "../engine.js";
import { removeContainers } from "../labs.js";
import { LABELS } from "./labels.js";
import type { LossWatch } from "./watch-for-loss.js";

export function removeLab(engine: Pick<Engine, "docker">, name: string, loss: LossWatch): Promise<void> {
  loss.stop();
  return removeContainers(engine, `${LABELS.lab}=${name}`);
}
