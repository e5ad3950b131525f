import { judge } from "../check/judge.js";
import type { TrialResult } from "../check/results.js";
import { runTrial } from "../run/conductor.js";
import type { Scenario } from "../run/scenario.js";
import type { LiveRun } from "./live-run.js";
import type { RecentHistory } from "./recent-history.js";

export interface Played {
  result: TrialResult | null;
  /** The lab is back to normal, fit for another scenario. */
  isNormal: boolean;
}

/** Plays a suite's scenarios one by one, each as often as somebody likes, in any order. */
export class Player {
  readonly scenarios: readonly Scenario[];
  readonly #live: LiveRun;
  readonly #recent: RecentHistory;
  readonly #trials = new Map<string, number>();
  #next = 0;

  /** `recent` was told of everything since the run began. */
  constructor(live: LiveRun, scenarios: readonly Scenario[], recent: RecentHistory) {
    this.#live = live;
    this.#recent = recent;
    this.scenarios = scenarios;
  }

  /** The one whose turn it is; null after the last. */
  get next(): Scenario | null {
    return this.scenarios[this.#next] ?? null;
  }

  /** Makes it the turn of the one with this name, or, without a name, of the one after the next. */
  goTo(name?: string): void {
    this.#next = name === undefined ? this.#next + 1 : this.scenarios.findIndex((scenario) => scenario.name === name);
  }

  /** Plays it as a run would, but at once: no random wait comes before the fault. Its turn is over then. Throws `interrupted`. */
  async play(scenario: Scenario, signal: AbortSignal): Promise<Played> {
    const { session, suite } = this.#live;
    const trial = (this.#trials.get(scenario.name) ?? 0) + 1;
    this.#trials.set(scenario.name, trial);
    this.#next = this.scenarios.indexOf(scenario) + 1;
    this.#recent.begin();
    const isNormal = await runTrial(session, { suite, scenario, trial, phaseMs: 0, signal });
    const [test] = judge(this.#recent.history()).tests;
    return { result: test?.trials.at(-1) ?? null, isNormal };
  }
}
