import { nodeTone, type Lane, type Span, type TrialScope } from "./lane.js";
import { stretches } from "./stretches.js";

/** Whom the client's neighbour table has for the service address: until it changes, its packets go to the old node. */
export function neighbourLane(scope: TrialScope): Lane {
  const address = scope.definition?.service.address;
  const known = stretches<string>(scope, null, (event) =>
    event.type === "neighbour" && event.address === address ? (event.mac ?? NOBODY) : undefined,
  );
  const marks = known.map(({ fromMs, toMs, value }): Span => {
    const node = scope.nodeOfMac.get(value);
    const who = node ?? (value === NOBODY ? "nobody" : value);
    return {
      kind: "span",
      fromMs,
      toMs,
      tone: node === undefined ? "mute" : nodeTone(scope, node),
      label: who,
      title: value === NOBODY ? `the client knows nobody for ${address ?? ""}` : `the client sends to ${who} (${value})`,
      ...(value === NOBODY ? { look: "hatched" as const } : {}),
    };
  });
  return { title: "ARP entry of client", rows: [{ label: marks.length === 0 ? "not observed" : "", marks }] };
}

const NOBODY = "nobody";
