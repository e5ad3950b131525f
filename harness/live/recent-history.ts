import type { HistoryEvent } from "../history/event.js";
import type { History } from "../history/read-history.js";

/**
 * What was recorded lately, so that a test can be judged as soon as it is over without reading the whole run again, which would take longer
 * with every repetition. Of what came before, it keeps the last word of everything that has a state.
 */
export class RecentHistory {
  readonly #states = new Map<string, HistoryEvent>();
  #events: HistoryEvent[] = [];

  note(event: HistoryEvent): void {
    this.#events.push(event);
  }

  /** From now on counts as lately. */
  begin(): void {
    for (const event of this.#events) {
      const key = stateOf(event);
      if (key === null) continue;
      // Anew at the end: the order is that of the last words.
      this.#states.delete(key);
      this.#states.set(key, event);
    }
    this.#events = [];
  }

  history(): History {
    const events = [...this.#states.values(), ...this.#events].sort((a, b) => a.atUs - b.atUs);
    return { events, truncated: null, unknownTypes: {} };
  }
}

/** What the event is the last word about; null: it tells of a moment, which is over. */
function stateOf(event: HistoryEvent): string | null {
  switch (event.type) {
    case "run-started":
    case "suite-started":
    case "lab-ready":
    case "http-probe":
      return event.type;
    case "address":
    case "neighbour":
      return key(event.type, event.node, event.address, "device" in event ? event.device : "");
    case "link":
      return key(event.type, event.node, event.device);
    case "bond":
      return key(event.type, event.node, event.bond);
    case "corosync":
      return key(event.type, event.node, event.what, event.peer, event.link);
    case "operation":
      return key(event.type, event.node, event.resource, event.on, event.task, event.intervalMs);
    case "cluster":
    case "power":
      return key(event.type, event.node);
    case "observer":
      return key(event.type, event.name, event.node);
    default:
      return null;
  }
}

function key(...parts: (string | number | null)[]): string {
  return JSON.stringify(parts);
}
