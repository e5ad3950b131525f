import type { EventOf, HistoryEvent } from "../history/event.js";
import { partName } from "../history/merge.js";
import { allOf, firstOf, type History } from "../history/read-history.js";
import { configurationTexts } from "./configuration-texts.js";
import type { Results, RunFacts } from "./results.js";

/** The head of results.json: what ran, when, on what. What the history does not tell is empty. */
export function runFacts({ events }: History): Results["run"] {
  const started = firstOf(events, "run-started");
  const ended = firstOf(events, "run-ended");
  const parts = allOf(events, "part").map((part) => factsOf(part.run, part.endedUs, eventsOfLabs(events, part.labs)));
  const whole = factsOf(started, ended?.atUs ?? null, events);
  return parts.length === 0 ? whole : { ...whole, ...agreed(parts), parts };
}

function factsOf(started: EventOf<"part">["run"] | null, endedUs: number | null, events: readonly HistoryEvent[]): RunFacts {
  const systems = systemsOf(events);
  const beganAt = Date.parse(started?.startedAt ?? "");
  const host = started?.host;
  return {
    id: started?.runId ?? "",
    startedAt: started?.startedAt ?? "",
    endedAt: endedUs === null || Number.isNaN(beganAt) ? null : new Date(beganAt + endedUs / 1000).toISOString(),
    seed: started?.seed ?? 0,
    provider: started?.provider ?? "",
    bonding: systems.bonding,
    versions: { ...(host === undefined ? {} : { kernel: host.kernel, hachaos: host.hachaos }), ...systems.versions },
    argv: started?.argv ?? [],
    host: host ?? {},
    image: systems.image,
    mechanisms: systems.mechanisms,
    ...(started?.shard && { shard: started.shard }),
    ...(started?.cells && { cells: started.cells }),
    labs: labsIn(events),
    configuration: Object.assign(
      {},
      ...allOf(events, "suite-started").map(({ suite, definition }) => configurationTexts(suite, definition)),
    ) as Record<string, string>,
  };
}

/** What the labs were made of; where they were of several Debian releases, each value with those that have it. */
function systemsOf(events: readonly HistoryEvent[]): Pick<RunFacts, "bonding" | "image" | "versions" | "mechanisms"> {
  const ready = new Map<string, EventOf<"lab-ready">>();
  for (const { lab, definition } of allOf(events, "suite-started")) {
    const first = allOf(events, "lab-ready").find((event) => event.lab === lab);
    if (first !== undefined && !ready.has(definition.release)) ready.set(definition.release, first);
  }
  const only = firstOf(events, "lab-ready");
  if (ready.size === 0 && only !== null) ready.set("", only);
  const record = (of: (event: EventOf<"lab-ready">) => Record<string, string>) =>
    recordOf([...ready].map(([release, event]) => [release, of(event)]));
  const text = (of: (event: EventOf<"lab-ready">) => string) => joined([...ready].map(([release, event]) => [release, of(event)]));
  return {
    bonding: text((event) => event.bonding),
    image: text((event) => event.image),
    versions: record((event) => event.versions),
    mechanisms: record((event) => event.mechanisms),
  };
}

function labsIn(events: readonly HistoryEvent[]): NonNullable<RunFacts["labs"]> {
  return allOf(events, "suite-started").map(({ lab, suite, atUs }) => {
    const later = events.filter((event) => "lab" in event && event.lab === lab && event.atUs >= atUs);
    const [ready, ended] = [firstOf(later, "lab-ready"), firstOf(later, "suite-ended")];
    return { lab, suite, startMs: atUs / 1000, readyMs: ready && ready.atUs / 1000, endMs: ended && ended.atUs / 1000 };
  });
}

function eventsOfLabs(events: readonly HistoryEvent[], labs: readonly string[]): HistoryEvent[] {
  return events.filter((event) => "lab" in event && labs.includes(event.lab));
}

type Agreed = "provider" | "bonding" | "versions" | "host" | "image" | "mechanisms" | "configuration";

/** What all parts say; where they differ, every value with the parts that say it, so that nobody takes two for one. */
function agreed(parts: readonly RunFacts[]): Pick<RunFacts, Agreed> {
  const text = (of: (part: RunFacts) => string | number | undefined) => joined(parts.map((part) => [nameOf(part), String(of(part) ?? "")]));
  const record = (of: (part: RunFacts) => Record<string, string | number>) => recordOf(parts.map((part) => [nameOf(part), of(part)]));
  return {
    provider: text((part) => part.provider),
    bonding: text((part) => part.bonding),
    image: text((part) => part.image),
    versions: record((part) => part.versions),
    mechanisms: record((part) => part.mechanisms),
    host: record((part) => part.host),
    ...configurationOf(parts),
  };
}

/** A file that the parts have in different versions is there once for each of them. */
function configurationOf(parts: readonly RunFacts[]): Pick<RunFacts, "configuration"> {
  if (parts.every((part) => part.configuration === undefined)) return {};
  const configuration: Record<string, string> = {};
  for (const part of parts) {
    for (const [path, text] of Object.entries(part.configuration ?? {})) {
      const isOther = parts.some((other) => (other.configuration?.[path] ?? text) !== text);
      configuration[isOther ? `${path} (${nameOf(part)})` : path] = text;
    }
  }
  return { configuration };
}

function nameOf(part: RunFacts): string {
  return partName({ runId: part.id, shard: part.shard });
}

/** Each name with what is said of it, as `joined` has it. */
function recordOf(said: readonly (readonly [part: string, values: Record<string, string | number>])[]): Record<string, string> {
  const names = [...new Set(said.flatMap(([, values]) => Object.keys(values)))];
  return Object.fromEntries(names.map((name) => [name, joined(said.map(([part, values]) => [part, String(values[name] ?? "")]))]));
}

function joined(said: readonly (readonly [part: string, value: string])[]): string {
  const values = [...new Set(said.map(([, value]) => value).filter(Boolean))];
  if (values.length <= 1) return values[0] ?? "";
  return values.map((value) => `${value} (${said.flatMap(([part, own]) => (own === value ? [part] : [])).join(", ")})`).join("; ");
}
