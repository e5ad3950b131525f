import { readFileSync } from "node:fs";
import type { Lab } from "../lab.js";
import { assembleLab } from "./assemble-lab.js";
import { bondingOf } from "./bonding/bonding.js";
import { insideReach, OURSELVES } from "./inside-reach.js";
import { NOTE_AT, type LabNote } from "./lab-note.js";
import { machineOf, type Machines } from "./machine.js";

/** The lab as its fabric sees it, with nobody's help: every container is a process of the same kernel. */
export function attachInside(): Lab {
  const { name, definition, facts, containers } = JSON.parse(readFileSync(NOTE_AT, "utf8")) as LabNote;
  const machines = Object.fromEntries(
    Object.entries(containers).map(([host, id]) => [host, machineOf(host, id, insideReach(host === "fabric" ? OURSELVES : id))]),
  );
  const { lab } = assembleLab({
    ...{ name, definition, machines: machines as Machines, bonding: bondingOf(facts.bonding), image: facts.image, engine: facts.engine },
    lost: new AbortController().signal,
    destroy: () => Promise.reject(new Error("a lab cannot remove itself")),
  });
  return Object.assign(lab, { facts });
}
