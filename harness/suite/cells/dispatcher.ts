import type { Lot, PlannedTrial } from "./lots.js";

/** Of a suite whose labs could be built before, so many in a row that cannot, or that are lost before their turn, are enough. */
const FAILURES_IN_A_ROW = 3;

/** A lab at work is followed by the next suite's when it has about so many times left what that one takes to be built. */
const WARM_AHEAD = 2;

/**
 * - starting: its process loads, and it may have to make the image that the next lab needs too
 * - building
 * - waiting: ready, but not its turn
 * - working: it has a cell
 * - leaving: it does no more trials
 */
type State = "starting" | "building" | "waiting" | "working" | "leaving";

interface Queue {
  lot: Lot;
  left: PlannedTrial[];
  /** A lab of this suite was ready once. */
  built: boolean;
  /** How many in a row went before they were given a trial. */
  failures: number;
}

/**
 * Who does what in a run with several cells: so many labs work at once, and while they do, the lab of the next suite is built and waits for its
 * turn. It only decides; its owner starts labs and tells what becomes of them.
 */
export class Dispatcher {
  readonly #queues: Queue[];
  readonly #labs = new Map<string, { queue: Queue; state: State }>();
  readonly #cells: number;
  readonly #ahead: boolean;
  #stopped = false;

  /** `ahead`: the next suite's lab is built while the one before works. */
  constructor(lots: readonly Lot[], cells: number, { ahead = true } = {}) {
    this.#queues = lots.map((lot) => ({ lot, left: [...lot.trials], built: false, failures: 0 }));
    this.#cells = cells;
    this.#ahead = ahead;
  }

  /** The lot for which a lab is to be started now; null: none. */
  nextLot(): Lot | null {
    if (this.#stopped || this.#count("starting") > 0) return null;
    return (this.#labs.size < this.#cells ? this.#nextToWork() : this.#nextToWarm())?.lot ?? null;
  }

  /** A lab was started. */
  starts(lab: string, lot: Lot): void {
    const queue = this.#queues.find((each) => each.lot === lot);
    if (queue === undefined) throw new Error(`no such lot: ${lot.suite}`);
    this.#labs.set(lab, { queue, state: "starting" });
  }

  /** It has done a first step, so it has its image. */
  builds(lab: string): void {
    const known = this.#labs.get(lab);
    if (known?.state === "starting") known.state = "building";
  }

  /** It is ready for a trial: which one it has to do; null: none any more, it may go; "wait": it is not its turn. */
  next(lab: string): PlannedTrial | null | "wait" {
    const known = this.#labs.get(lab);
    if (known === undefined) return null;
    const { queue, state } = known;
    queue.built = true;
    if (this.#stopped || queue.left.length === 0) {
      known.state = "leaving";
      return null;
    }
    if (state !== "working" && this.#count("working") >= this.#cells) {
      known.state = "waiting";
      return "wait";
    }
    known.state = "working";
    queue.failures = 0;
    return queue.left.shift() ?? null;
  }

  /** It does no more: it is dirty or lost, or its process is. */
  leaves(lab: string): void {
    const known = this.#labs.get(lab);
    if (known === undefined) return;
    if (known.state !== "working" && known.state !== "leaving") known.queue.failures += 1;
    known.state = "leaving";
  }

  /** Nothing of it is left. */
  gone(lab: string): void {
    this.leaves(lab);
    this.#labs.delete(lab);
  }

  /** Nothing more is begun. */
  stop(): void {
    this.#stopped = true;
  }

  /** With several cells the suite whose labs have most to do; with one, as declared. */
  #nextToWork(): Queue | undefined {
    const wanting = this.#queues.filter((queue) => this.#wantsLab(queue));
    if (this.#cells === 1) return wanting[0];
    const share = (queue: Queue) => leftMs(queue) / (this.#labsOf(queue) + 1);
    return wanting.reduce<Queue | undefined>((most, queue) => (most === undefined || share(queue) > share(most) ? queue : most), undefined);
  }

  /** A suite without a lab, when one at work is soon through with its own and nothing else is being built. */
  #nextToWarm(): Queue | undefined {
    if (!this.#ahead || this.#labs.size > this.#cells || this.#count("building") > 0) return undefined;
    const next = this.#queues.find((queue) => this.#labsOf(queue) === 0 && this.#wantsLab(queue));
    const isSoonThrough = (queue: Queue) => leftMs(queue) / this.#labsOf(queue) <= WARM_AHEAD * (next?.lot.labMs ?? 0);
    return this.#queues.some((queue) => this.#labsOf(queue) > 0 && isSoonThrough(queue)) ? next : undefined;
  }

  /** There is more to do than its labs get done while another one is built; and no lab without a trial. */
  #wantsLab(queue: Queue): boolean {
    const { left, lot } = queue;
    if (!mayBeBuilt(queue)) return false;
    const [labs, idle] = [this.#labsOf(queue), this.#labsOf(queue, ["starting", "building", "waiting"])];
    return left.length > idle && (labs === 0 || leftMs(queue) / labs > lot.labMs);
  }

  #labsOf(queue: Queue, states: readonly State[] = ["starting", "building", "waiting", "working"]): number {
    return [...this.#labs.values()].filter((lab) => lab.queue === queue && states.includes(lab.state)).length;
  }

  #count(state: State): number {
    return [...this.#labs.values()].filter((lab) => lab.state === state).length;
  }
}

/** A definition of which no lab was ever ready is not tried again. */
function mayBeBuilt({ built, failures }: Queue): boolean {
  return failures < (built ? FAILURES_IN_A_ROW : 1);
}

function leftMs({ left }: Queue): number {
  return left.reduce((sum, { ms }) => sum + ms, 0);
}
