/** How many programs START_PROGRAMS starts. */
export const STARTS = 20;

/** Shell: starts programs, one after the other. */
export const START_PROGRAMS = `left=${STARTS}; while [ $left -gt 0 ]; do /bin/true; left=$((left - 1)); done`;

/** Shell: does the work and prints how long it took, ns, by the machine's own clock. */
export function timed(...work: string[]): string {
  return ["started=$(date +%s%N)", ...work, "echo $(($(date +%s%N) - started))"].join("\n");
}
