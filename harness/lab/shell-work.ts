/** How many programs START_PROGRAMS starts. */
export const STARTS = 20;

/**
 * A program's start may take this long, ms, on cores like those that limits and cells were measured on. Where it took 2.1 ms (a hypervisor that answers
 * page faults in software) IPaddr2's start took 0.7 s and more instead of 0.1 to 0.3 s. Between is nothing measured.
 */
export const QUICK_START_MS = 1;

/** Shell: starts programs, one after the other. */
export const START_PROGRAMS = `left=${STARTS}; while [ $left -gt 0 ]; do /bin/true; left=$((left - 1)); done`;

/** Shell: does the work and prints how long it took, ns, by the machine's own clock. */
export function timed(...work: string[]): string {
  return ["started=$(date +%s%N)", ...work, "echo $(($(date +%s%N) - started))"].join("\n");
}
