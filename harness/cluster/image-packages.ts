import type { ClusterDefinition } from "./definition.js";

/** ipmi_sim(1): a BMC in software, which answers IPMI over LAN as a real one does. */
const BMC_PACKAGE = "openipmi";

/** Debian packages a lab's image needs beyond its recipe: the definition's own, and what its BMCs are made of. */
export function imagePackages({ packages, management }: ClusterDefinition): string[] {
  return management === undefined ? packages : [...packages, BMC_PACKAGE];
}
