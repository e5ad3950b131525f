import type { Housing } from "./containers/housing.js";
import { systemHousing } from "./containers/system-housing.js";
import { vmHousing } from "./vm/vm-housing.js";

/** The one that a lab was built with, by its provider's name. */
export function housingOf(name: string): Housing {
  const housing = [systemHousing, vmHousing].find((known) => known.name === name);
  if (!housing) throw new Error(`there is no housing ${name}`);
  return housing;
}
