import { serviceResource } from "../cluster/resources.js";
import type { EventOf } from "../history/event.js";
import { placesOf } from "../history/views/snapshots.js";
import type { Probe } from "../history/views/windows.js";
import { earliest, latest, type Mark } from "./mark.js";
import { notified, polled } from "./observed-marks.js";
import { firstAction, isUnderWay, lastResult } from "./operation-marks.js";
import { hasMoved, type Scene } from "./scene.js";

/** The first stop or start of what moves; where neither the CIB's results nor a log has it, the first change that it leads to. */
export function actionBegun(scene: Scene): Mark | null {
  const { from } = scene;
  return firstAction(scene) ?? earliest([firstChange(scene), from === null ? null : addressEvent(scene, from, false)]);
}

/** Everything that moves is stopped where it was; else what is known of it: the address taken off, crm_mon without the resource. */
export function allStopped(scene: Scene): Mark | null {
  const { from, moving } = scene;
  if (from === null || !hasPower(scene, from)) return null;
  const results = moving.map((resource) => lastResult(scene, { task: "stop", resource, on: from }));
  return latest(results) ?? latest([addressEvent(scene, from, false), goneFrom(scene, from)]);
}

/** The kernel of the node that serves next has the address. */
export function addressUp(scene: Scene): Mark | null {
  return hasMoved(scene) && scene.to !== null ? addressEvent(scene, scene.to, true) : null;
}

/** The client's neighbour table has the address at a MAC of the node that serves next. */
export function neighbourLearned(scene: Scene): Mark | null {
  const { trial, to, events } = scene;
  if (to === null || !hasMoved(scene)) return null;
  const ready = trial.events.findLast((event) => event.type === "lab-ready");
  const macs = Object.values(ready?.nodes[to]?.macs ?? {});
  const learned = events.find(
    (event): event is EventOf<"neighbour"> =>
      event.type === "neighbour" && !event.initial && event.address === trial.definition?.service.address && macs.includes(event.mac ?? ""),
  );
  return learned === undefined
    ? null
    : notified(
        scene,
        "neighbour",
        learned,
        `${learned.address} is at ${learned.mac ?? ""}, a NIC of ${to}, in the table of ${learned.node}`,
      );
}

/** The service's start is done where it goes; one that answers has started, though its agent may still be looking whether it has. */
export function serviceStarted(scene: Scene): Mark | null {
  const { trial, to } = scene;
  const resource = trial.definition === null ? null : serviceResource(trial.definition);
  if (resource === null || to === null) return null;
  const start = { task: "start", resource: resource.id, on: to };
  const done = lastResult(scene, start) ?? (hasMoved(scene) ? runningOn(scene, resource.id, to) : null);
  return done ?? (isUnderWay(scene, start) ? answered(scene) : null);
}

/** The first good answer of the node that serves next; of one that serves on, the one that ended the last dark time. */
export function answered(scene: Scene): Mark | null {
  const { trial, window, gap, to } = scene;
  const first = hasMoved(scene)
    ? trial.probes
        .filter((probe) => probe.outcome === "ok" && probe.servedBy === to && probe.atUs >= window.fromUs && probe.atUs < window.toUs)
        .reduce<Probe | null>((best, probe) => (best === null || probe.endUs < best.endUs ? probe : best), null)
    : (gap?.spells.at(-1)?.okAfter ?? null);
  if (first === null) return null;
  // It came back at some time after the last request that failed was sent; one that was never dark, after the request before.
  const failure = gap?.spells.find((spell) => spell.okAfter === first)?.lastFailure;
  const before = failure ?? trial.probes.findLast((probe) => probe.atUs < first.atUs);
  const errorUs = Math.max(0, first.endUs - (before?.atUs ?? first.atUs));
  return {
    source: "probe",
    atUs: first.endUs,
    errorUs,
    node: first.servedBy,
    text: `first answer from ${first.servedBy ?? "the service"}`,
  };
}

/** Whether a node had power at the end of the window: one that lost it stops nothing. */
export function hasPower({ trial, window }: Scene, node: string): boolean {
  const last = trial.events.findLast((event) => event.type === "power" && event.node === node && event.atUs < window.toUs);
  return last?.type !== "power" || last.on;
}

function addressEvent(scene: Scene, node: string, present: boolean): Mark | null {
  const address = scene.trial.definition?.service.address;
  const found = scene.events.find(
    (event): event is EventOf<"address"> =>
      event.type === "address" && event.node === node && event.address === address && event.present === present && !event.initial,
  );
  if (found === undefined) return null;
  const text = present ? `${found.address} on ${found.device} of ${node}` : `${found.address} removed from ${found.device} of ${node}`;
  return notified(scene, "address", found, text);
}

function states({ events }: Scene): EventOf<"cluster">[] {
  return events.filter((event): event is EventOf<"cluster"> => event.type === "cluster");
}

function firstChange(scene: Scene): Mark | null {
  const shape = (event: EventOf<"cluster">) => JSON.stringify(event.resources.filter((resource) => scene.moving.includes(resource.id)));
  const before = scene.trial.events.findLast(
    (event): event is EventOf<"cluster"> => event.type === "cluster" && event.atUs <= scene.window.fromUs,
  );
  const changed = before === undefined ? undefined : states(scene).find((event) => shape(event) !== shape(before));
  return changed === undefined ? null : polled(scene, "cluster", changed, `crm_mon shows ${scene.moving.join(" and ")} change`);
}

function goneFrom(scene: Scene, node: string): Mark | null {
  const gone = states(scene).find((event) => scene.moving.every((id) => !isThere(event, id, node)));
  return gone === undefined ? null : polled(scene, "cluster", gone, `crm_mon shows ${scene.moving.join(" and ")} no longer on ${node}`);
}

function runningOn(scene: Scene, resource: string, node: string): Mark | null {
  const running = states(scene).find((event) => placesOf(event, resource).includes(node));
  return running === undefined ? null : polled(scene, "cluster", running, `crm_mon shows ${resource} on ${node}`);
}

/** There in any role: one that is stopping is not gone. */
function isThere(event: EventOf<"cluster">, resource: string, node: string): boolean {
  return event.resources.some((entry) => entry.id === resource && entry.nodes.includes(node));
}
