import { connectEngine } from "../engine.js";
import { removeContainers } from "../labs.js";
import type { Provider } from "../provider.js";
import { attachLab } from "./attach-lab.js";
import { LABELS } from "./labels.js";
import { spares } from "./spares.js";
import { startLab } from "./start-lab.js";
import { systemHousing } from "./system-housing.js";

/** Nodes as containers with systemd, on one engine. */
export const containersProvider = {
  name: "containers",
  summary: "Debian nodes as containers of the local engine",
  start: (request) => startLab(request, systemHousing),
  attach: attachLab,
  spares,
  remove: async (lab: string) => removeContainers(await connectEngine(), `${LABELS.lab}=${lab}`),
} satisfies Provider;
