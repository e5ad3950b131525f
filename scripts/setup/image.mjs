import { runTool } from "./run-tool.mjs";

/** Of the nodes that are containers. */
export const imageStep = imageStepFor("containers", "node image");
/** Of those that are virtual machines. */
export const machineImageStep = imageStepFor("vm", "virtual machine image");

/**
 * @param {string} provider
 * @param {string} name
 * @returns {import("./steps.mjs").Step}
 */
function imageStepFor(provider, name) {
  return {
    name,
    // hachaos itself knows whether it is there, and skips it.
    done: async () => null,
    run: async () => {
      await runTool(
        process.execPath,
        ["dist/harness/cli/main.js", "image", "build", "--for", provider],
        "follow the hint above; node dist/harness/cli/main.js doctor shows the rest",
      );
    },
  };
}
