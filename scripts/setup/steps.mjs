/**
 * A step of the setup. `done` says why nothing is left to do, or null; `run` does it and throws a Fix when it cannot.
 * @typedef {{ name: string, done: () => Promise<string | null>, run: (say: (text: string) => void) => Promise<void> }} Step
 */

/** A step that cannot be done here, with the exact thing to do about it. */
export class Fix extends Error {
  /**
   * @param {string} message
   * @param {string} hint
   */
  constructor(message, hint) {
    super(message);
    this.hint = hint;
  }
}

/** The exit code of "the lab could not be built". */
const CANNOT = 3;

/**
 * Runs the steps in order, up to the first that cannot be done; returns the exit code.
 * @param {readonly Step[]} steps
 * @param {(text: string) => void} [write]
 * @returns {Promise<number>}
 */
export async function runSteps(steps, write = (text) => void process.stderr.write(text)) {
  for (const [index, step] of steps.entries()) {
    const title = `[setup ${index + 1}/${steps.length}] ${step.name}`;
    try {
      const done = await step.done();
      if (done !== null) {
        write(`${title}: ${done}\n`);
        continue;
      }
      const startedAt = performance.now();
      write(`${title} ...\n`);
      await step.run((text) => write(`  ${text}\n`));
      write(`${title}: done in ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
    } catch (error) {
      write(`${title}: ${error instanceof Error ? error.message : String(error)}\n`);
      if (error instanceof Fix) write(`fix: ${error.hint}\n`);
      return CANNOT;
    }
  }
  return 0;
}
