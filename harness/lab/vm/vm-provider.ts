import { containersProvider } from "../containers/containers-provider.js";
import { startLab } from "../containers/start-lab.js";
import type { Provider } from "../provider.js";
import { vmHousing } from "./vm-housing.js";

/** Nodes as virtual machines with Debian's own kernel, each in a container that is its chassis: what holds for labs of containers holds for these. */
export const vmProvider = {
  name: "vm",
  summary: "Debian nodes as virtual machines (QEMU) in containers of the local engine",
  virtual: true,
  start: (request) => startLab(request, vmHousing),
  attach: containersProvider.attach,
  remove: containersProvider.remove,
} satisfies Provider;
