import type { BondDefinition, ClusterDefinition } from "../../cluster/definition.js";
import type { EventOf, HistoryEvent } from "../../history/event.js";
import type { Trial } from "../../history/views/trial.js";
import { faultWindow, type Window } from "../../history/views/windows.js";
import type { Checker } from "../checker.js";
import { cite, duration, fail, pass, skipped, unknown } from "../constraint.js";
import type { ConstraintResult } from "../results.js";

const named = { id: "bond", title: "Bonds change legs" };

/** A bond whose active leg lost its cable, while another one of its NICs has its own. */
interface Struck {
  node: string;
  bond: BondDefinition;
  /** The active leg that is dead. */
  dead: EventOf<"bond">;
}

/** What a bond is for: a pulled cable is no more than a change of legs. */
export const bond: Checker = {
  ...named,
  summary: "A bond whose active leg lost its cable took another leg while the fault lasted.",
  promises: [],
  check: (trial, definition) => [judgeBonds(trial, definition)],
};

function judgeBonds(trial: Trial, definition: ClusterDefinition): ConstraintResult {
  const window = faultWindow(trial);
  const { injecting, observed } = trial.marks;
  if (window === null || injecting === null) return skipped(named, "no cable was pulled");
  const struck = strucksOf(trial, definition, injecting.drawing.nics, window);
  if (struck.length === 0) return skipped(named, "no bond lost its active leg and had another");
  if (observed === null) return unknown(named, "not-watched", "the fault was not watched to its end");
  const moves = struck.map((one) => ({ one, taken: takenLeg(trial, one, window) }));
  const stuck = moves.filter(({ taken }) => taken === null).map(({ one }) => one);
  if (stuck.length > 0) return stayed(stuck, window);
  const texts = moves.map(({ one, taken }) => `${one.node} ${one.bond.name} took ${taken?.active ?? ""} ${since(window, taken)}`);
  return pass(
    named,
    texts.join(", "),
    moves.flatMap(({ one, taken }) => (taken === null ? [] : [cite(taken, `${one.bond.name} on ${taken.active ?? ""}`)])),
  );
}

function stayed(stuck: Struck[], window: Window): ConstraintResult {
  const blind = stuck.find((one) => one.bond.miimonMs === 0);
  const where = stuck.map(({ node, bond: { name }, dead }) => `${name} of ${node} stayed on ${dead.active ?? ""}`).join(", ");
  const why = blind === undefined ? "" : `; ${blind.bond.name} has miimon 0, so it does not look at the carrier`;
  const text = `${where}, which had no cable, for ${duration((window.toUs - window.fromUs) / 1000)}${why}`;
  const evidence = stuck.map(({ dead, bond: { name } }) => cite(dead, `${name} on ${dead.active ?? ""}`));
  return fail(named, blind === undefined ? "leg-not-changed" : "no-link-monitoring", text, evidence);
}

function strucksOf(trial: Trial, definition: ClusterDefinition, cut: readonly string[], window: Window): Struck[] {
  const atUs = trial.marks.injecting?.atUs ?? 0;
  return definition.nodes.flatMap(({ name: node }) =>
    definition.bonds.flatMap((one) => {
      const dead = bondEvents(trial, node, one.name).findLast((event) => event.atUs <= atUs);
      const spare = one.nics.some((nic) => !cut.includes(`${node}.${nic}`) && hasCarrier(trial, node, nic, atUs));
      const leg = dead?.active ?? null;
      if (dead === undefined || leg === null || !spare || !cut.includes(`${node}.${leg}`)) return [];
      // One whose frames are lost elsewhere keeps its carrier, and no bond can know.
      return keptCarrier(trial, node, leg, window) ? [] : [{ node, bond: one, dead }];
    }),
  );
}

function takenLeg(trial: Trial, { node, bond: { name }, dead }: Struck, window: Window): EventOf<"bond"> | null {
  const later = bondEvents(trial, node, name).filter((event) => event.atUs > window.fromUs && event.atUs <= window.toUs);
  return later.find((event) => event.active !== null && event.active !== dead.active) ?? null;
}

function bondEvents(trial: Trial, node: string, name: string): EventOf<"bond">[] {
  return trial.events.filter((event): event is EventOf<"bond"> => event.type === "bond" && event.node === node && event.bond === name);
}

function hasCarrier(trial: Trial, node: string, nic: string, atUs: number): boolean {
  const last = trial.events.findLast((event) => event.type === "link" && event.node === node && event.device === nic && event.atUs <= atUs);
  return last?.type === "link" && last.carrier;
}

function keptCarrier(trial: Trial, node: string, nic: string, { fromUs, toUs }: Window): boolean {
  const isLoss = (event: HistoryEvent) => event.type === "link" && event.node === node && event.device === nic && !event.carrier;
  return hasCarrier(trial, node, nic, fromUs) && !trial.events.some((event) => isLoss(event) && event.atUs > fromUs && event.atUs <= toUs);
}

function since(window: Window, taken: EventOf<"bond"> | null): string {
  return taken === null ? "" : `${duration((taken.atUs - window.fromUs) / 1000)} after its cable was pulled`;
}
