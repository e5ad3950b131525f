import { readFileSync } from "node:fs";
import type { Lab } from "../lab.js";
import { housingOf } from "../housings.js";
import { assembleLab } from "./assemble-lab.js";
import { bondingOf } from "./bonding/bonding.js";
import { housed } from "./housed.js";
import { insideReach, OURSELVES } from "./inside-reach.js";
import { NOTE_AT, type LabNote } from "./lab-note.js";
import { machineOf } from "./machine.js";

/** The lab as its fabric sees it, with nobody's help: every container is a process of the same kernel. */
export function attachInside(noteAt = NOTE_AT): Lab {
  const { name, provider, definition, facts, containers, setup } = JSON.parse(readFileSync(noteAt, "utf8")) as LabNote;
  const found = Object.entries(containers).map(([host, id]) => machineOf(host, id, insideReach(host === "fabric" ? OURSELVES : id)));
  const machines = housed(found, housingOf(provider), definition, setup);
  const { lab } = assembleLab({
    ...{ name, provider, definition, machines, bonding: bondingOf(facts.bonding) },
    ...{ image: facts.image, engine: facts.engine, mechanisms: facts.mechanisms },
    lost: new AbortController().signal,
    destroy: () => Promise.reject(new Error("a lab cannot remove itself")),
  });
  return Object.assign(lab, { facts });
}
