import { pingResource } from "../cluster/resources.js";
import { formatDuration } from "../cluster/duration.js";
import type { EventOf } from "../history/event.js";
import { earliest, type Mark } from "./mark.js";
import { firstOfBoth, logged, notified, polled } from "./observed-marks.js";
import { failedMonitor } from "./operation-marks.js";
import type { Scene } from "./scene.js";

/** ocf:pacemaker:ping, parameter name: the attribute that it keeps. */
const PING_ATTRIBUTE = "pingd";

/** How the cluster noticed: the first of a monitor that failed, an attribute that the ping agent changed, a lost token, a bond's other leg. */
export function firstNotice(scene: Scene): Mark | null {
  return earliest([failedMonitor(scene), attributeChange(scene), tokenLoss(scene), legChange(scene)]);
}

/** A member that left (`up` false) or came, as corosync's runtime keys tell it. */
export function memberChange(scene: Scene, up: boolean): Mark | null {
  const change = scene.events.find(
    (event): event is EventOf<"corosync"> =>
      event.type === "corosync" && event.what === "member" && event.up === up && !event.initial && event.peer !== event.node,
  );
  // A node that boots first forms a membership with itself alone: the others' words count.
  const observers =
    change === undefined ? othersThan(scene.trial.marks.injecting?.drawing.nodes ?? []) : (node: string) => node === change.node;
  const lines = scene.lines.filter(
    ({ told, groups, node }) => told === "membership" && groups["outcome"] === (up ? "joined" : "left") && observers(node),
  );
  const seen = change === undefined ? null : notified(scene, "corosync", change, `${change.peer} ${up ? "joined" : "left"}`);
  return firstOfBoth(seen, lines);
}

/** The first fencing that succeeded: from here on the cluster knows that the lost node holds nothing any more. No structured source tells when. */
export function fencingDone(scene: Scene): Mark | null {
  const line = scene.lines.find(({ told, groups }) => told === "fenced" && groups["outcome"] === "OK");
  return line === undefined ? null : logged(line);
}

function othersThan(nodes: readonly string[]): (node: string) => boolean {
  return (node) => !nodes.includes(node);
}

/** The agent's attribute has a new value in the CIB, so its dampening is over. */
function attributeChange(scene: Scene): Mark | null {
  const { definition } = scene.trial;
  const ping = definition === null ? null : pingResource(definition);
  if (ping === null) return null;
  const name = ping.params["name"] ?? PING_ATTRIBUTE;
  const before = new Map<string, string>();
  for (const event of scene.trial.events) {
    if (event.type !== "cluster" || event.atUs > scene.window.toUs) continue;
    for (const node of event.nodes) {
      const value = node.attributes[name];
      const known = before.get(node.name);
      if (value === undefined) continue;
      before.set(node.name, value);
      if (event.atUs <= scene.window.fromUs || known === undefined || value === known) continue;
      const lines = scene.lines.filter(({ told, groups }) => told === "attribute-written" && groups["attribute"] === name);
      return firstOfBoth(polled(scene, "cluster", event, `${name} of ${node.name} went from ${known} to ${value}`), lines);
    }
  }
  return null;
}

/**
 * corosync has no runtime key for a lost token. It forms a membership without a silent member only after waiting for consensus, so
 * the token was lost at least that long before; its log has the moment.
 */
function tokenLoss(scene: Scene): Mark | null {
  const lines = scene.lines.filter(({ told }) => told === "token-lost");
  const left = memberChange(scene, false);
  const { definition } = scene.trial;
  if (left === null || definition === null) return firstOfBoth(null, lines);
  const { consensusMs } = definition.corosync.totem;
  const atUs = Math.max(scene.window.fromUs, left.atUs - consensusMs * 1000);
  const text = `token lost, at least ${formatDuration(consensusMs)} of consensus before ${left.text.replace(/; time .*/, "")}`;
  return firstOfBoth({ ...left, atUs, errorUs: atUs - scene.window.fromUs, text }, lines);
}

/** A bond took its other leg: what a cut cable leads to; one that has no leg left tells the cluster nothing. Other faults take NICs away as well, and there it is not what matters. */
function legChange(scene: Scene): Mark | null {
  if ((scene.trial.marks.injecting?.drawing.nics ?? []).length === 0) return null;
  const change = scene.events.find((event): event is EventOf<"bond"> => event.type === "bond" && !event.initial && event.active !== null);
  return change === undefined ? null : notified(scene, "bond", change, `${change.bond} of ${change.node} uses ${change.active ?? ""}`);
}
