import { bondOf } from "../../../cluster/topology.js";
import { inWords, savedBy, type AdviceRule } from "../rule.js";

export const bondDowndelay: AdviceRule = {
  id: "bond-downdelay",
  summary: "The service's bond waits after it lost a carrier before it takes the other NIC, and clients felt it.",
  advise(observed) {
    const { definition, fault } = observed;
    const nic = fault.params["nic"];
    const bond = typeof nic === "string" ? bondOf(definition, nic) : null;
    if (fault.kind !== "link-down" || bond === null || bond.downdelayMs === 0) return null;
    const savesMs = savedBy(observed, (copy) => {
      for (const other of copy.bonds) if (other.name === bond.name) other.downdelayMs = 0;
    });
    return {
      text: `${bond.name} waits ${inWords(bond.downdelayMs)} after it lost a carrier (downdelay); with 0 the worst case falls by ${inWords(savesMs)}`,
      savesMs,
      risk: "a link that flaps makes the bond change its NIC each time",
    };
  },
};
