import { HachaosError } from "../../kernel/errors.js";
import { sideBySide } from "../../kernel/side-by-side.js";
import type { Lab } from "../../lab/lab.js";
import type { Provider } from "../../lab/provider.js";
import { milliseconds } from "../format/milliseconds.js";
import type { Terminal } from "../terminal/terminal.js";
import { spareName, type WantedLab } from "./wanted-labs.js";

export interface BringUp {
  wanted: readonly WantedLab[];
  provider: Provider;
  /** Whether a spare will do: not where a name is asked for, as it has its own. */
  mayTake: boolean;
  /** How many spares are left beside each lab in the end. */
  spares: number;
  /** How many labs are built side by side. */
  atOnce(): Promise<number>;
  /** Throws when there is a lab of this name. */
  requireFree(names: readonly string[]): Promise<void>;
  terminal: Pick<Terminal, "progress" | "result">;
  signal: AbortSignal;
}

/** One that came up, and for which of those that were asked for. */
interface Up {
  lab: Lab;
  wanted: WantedLab;
}

/**
 * Brings up the labs that are asked for: takes a spare where there is one, builds the others side by side, and then makes spares until there
 * are as many as told. One that cannot be built keeps none of the others; returns what failed. Throws `interrupted` with what stays.
 */
export async function bringUp(request: BringUp): Promise<{ name: string; error: unknown }[]> {
  const taken = await takeSpares(request);
  const left = request.wanted.filter((wanted) => !taken.some((up) => up.wanted === wanted));
  const ups = [...taken];
  try {
    await request.requireFree(left.map(({ name }) => name));
    const failed = await buildAll(request, left, (up) => ups.push(up));
    return [...failed, ...(await makeSpares(request, ups))];
  } catch (error) {
    if (ups.length === 0 || !(error instanceof HachaosError)) throw error;
    const names = ups.map(({ lab }) => lab.name).join(", ");
    throw new HachaosError(error.code, `${error.message}; up, and left as it is: ${names}`, { hint: error.hint, cause: error });
  }
}

async function takeSpares({ wanted, provider: { spares }, mayTake, terminal }: BringUp): Promise<Up[]> {
  const ups: Up[] = [];
  for (const one of mayTake && spares ? wanted : []) {
    const lab = await spares?.take(spares.fingerprint(one), (name, why) => {
      terminal.progress(`the spare ${name} is not fit and was removed: ${why}`);
    });
    if (!lab) continue;
    ups.push({ lab, wanted: one });
    announce(lab, `is up after ${sinceStart()}, taken from the spares`, terminal);
  }
  return ups;
}

async function buildAll(request: BringUp, left: readonly WantedLab[], onUp: (up: Up) => void): Promise<{ name: string; error: unknown }[]> {
  const { provider, terminal, signal } = request;
  const atOnce = left.length > 1 ? await request.atOnce() : 1;
  return failures(signal, left, atOnce, async (wanted) => {
    const lab = await provider.start({ ...wanted, onStep: stepTeller(wanted.name, terminal), signal, keep: true });
    onUp({ lab, wanted });
    announce(lab, `is up after ${sinceStart()}`, terminal);
  });
}

/** What somebody waited who typed the command: performance.now() counts from the start of the process. */
function sinceStart(): string {
  return milliseconds(performance.now());
}

/** Somebody works with the labs meanwhile, so one core is left to them. */
async function makeSpares(request: BringUp, ups: readonly Up[]): Promise<{ name: string; error: unknown }[]> {
  const { provider, terminal, signal } = request;
  const { spares } = provider;
  if (spares === undefined || request.spares === 0 || ups.length === 0) return [];
  const lists = ups.map(async ({ wanted }) => {
    const spare = spares.fingerprint(wanted);
    const there = await spares.names(spare);
    return Array.from({ length: request.spares - there.length }, () => ({ ...wanted, name: spareName(wanted.name), spare }));
  });
  const missing = (await Promise.all(lists)).flat();
  if (missing.length === 0) return [];
  terminal.progress(`making ${missing.length} spare${missing.length > 1 ? "s" : ""}; Ctrl-C ends only this`);
  return failures(signal, missing, Math.max(1, (await request.atOnce()) - 1), async (spare) => {
    const since = performance.now();
    const lab = await provider.start({ ...spare, onStep: stepTeller(spare.name, terminal), signal, keep: true });
    terminal.progress(`${lab.name} is spare after ${milliseconds(performance.now() - since)}`);
  });
}

/** Does it for all of them and returns which failed; throws when it was interrupted. */
async function failures<W extends { name: string }>(
  signal: AbortSignal,
  labs: readonly W[],
  atOnce: number,
  work: (lab: W) => Promise<void>,
): Promise<{ name: string; error: unknown }[]> {
  const results = await sideBySide(labs, atOnce, work);
  if (signal.aborted) {
    throw new HachaosError("interrupted", "interrupted", { hint: "hachaos status shows what is up, hachaos down <name> removes it" });
  }
  return results.flatMap((result, at) =>
    result.status === "rejected" ? [{ name: labs[at]?.name ?? "", error: result.reason as unknown }] : [],
  );
}

function announce({ name, nodes, facts }: Lab, how: string, { result, progress }: BringUp["terminal"]): void {
  result(`${name} ${how}: ${nodes.map((node) => node.name).join(", ")}`);
  for (const missing of facts.missing) progress(`${name}: not as a full start should be: ${missing}`);
  progress(`hachaos status shows it, hachaos down ${name} removes it`);
}

/** Several labs tell at once, so each line says whose it is. */
function stepTeller(name: string, { progress }: BringUp["terminal"]): (step: string, ms: number | null) => void {
  return (step, ms) => {
    progress(`${name}: ${ms === null ? `${step} ...` : `${step}: ${milliseconds(ms)}`}`);
  };
}
