import { parametersOf } from "../fault/fault-parameters.js";
import { faultOf } from "../fault/registry.js";
import type { FaultSpec } from "../history/event.js";
import { HachaosError } from "../kernel/errors.js";
import { suggestName } from "../kernel/nearest-name.js";
import { noneInForce, type LiveSession } from "../live/live-session.js";
import { fault as checked } from "../run/scenario.js";
import { ROLES } from "../run/targets.js";
import { faultText, type Board } from "./board.js";

/** What pages do to the lab. Each is checked at once, then done; what came of it stands in the transcript. */
export interface Actions {
  /** Throws `unknown-name` or `usage` before anything is done. */
  inject(who: string, asked: FaultSpec): void;
  /** One fault by its name, or `all`, the last one first. Throws `unknown-name`. */
  heal(who: string, id: string): void;
  /** Settles when all that was begun has ended. */
  idle(): Promise<void>;
}

export function labActions(live: LiveSession, board: Board): Actions {
  const { lab, session } = live;
  const running = new Set<Promise<void>>();
  const begin = (work: Promise<void>): void => {
    running.add(work);
    void work.finally(() => running.delete(work));
  };
  return {
    inject(who, asked) {
      const spec = specOf(
        asked,
        lab.nodes.map(({ name }) => name),
      );
      const what = `breaks ${faultText({ ...spec, nodes: spec.target === "" ? [] : [spec.target] })}`;
      const work = board.act(who, what, [spec.kind], async (seen) => {
        try {
          const { proof } = await live.inject(spec);
          if (proof?.bit === true) proof.evidence.forEach(seen);
        } finally {
          board.look(live.faults(), session.nowUs());
        }
      });
      begin(work);
    },
    heal(who, id) {
      const faults = live.faults();
      const wanted = id === "all" ? faults.toReversed() : faults.filter((fault) => fault.id === id);
      if (wanted.length === 0) throw noneInForce([id], faults);
      const ids = wanted.map((fault) => fault.id);
      const healing = (sinceUs: number | null) => {
        for (const each of ids) board.track.healing(each, sinceUs);
      };
      const work = board.act(who, `heals ${wanted.map(faultText).join(", then ")}`, ids, async (seen) => {
        healing(session.nowUs());
        try {
          await live.heal(ids, { healed: (_id, evidence) => evidence.forEach(seen) });
        } finally {
          board.look(live.faults(), session.nowUs());
          // Of what is still in force.
          healing(null);
        }
      });
      begin(work);
    },
    async idle() {
      await Promise.all(running);
    },
  };
}

/** What a page asks for, checked as a suite's test is. A form sends text: it becomes what the fault's schema says. */
export function specOf({ kind, target, params }: FaultSpec, nodes: readonly string[]): FaultSpec {
  const fault = faultOf(kind);
  const typed: FaultSpec["params"] = {};
  for (const [name, value] of Object.entries(params)) {
    const [only] = parametersOf(fault).find((parameter) => parameter.name === name)?.values ?? [];
    if (value === "" && only !== "string") continue;
    if (typeof value !== "string") typed[name] = value;
    else if (only === "integer" || only === "number") typed[name] = Number(value);
    else typed[name] = only === "boolean" ? value === "true" : value;
  }
  if (fault.targets === "nodes" && ![...ROLES, ...nodes].includes(target)) {
    throw new HachaosError("unknown-name", `there is no node or role ${target}`, { hint: suggestName(target, [...nodes, ...ROLES]) });
  }
  const spec = checked("console", kind, { params: typed, ...(fault.targets === "nodes" && { target }) }).fault;
  if (spec === null) throw new Error("a fault is no quiet test");
  return spec;
}
