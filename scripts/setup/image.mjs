import { runTool } from "./run-tool.mjs";

/** @type {import("./steps.mjs").Step} */
export const imageStep = {
  name: "node image",
  // hachaos itself knows whether it is there, and skips it.
  done: async () => null,
  run: async () => {
    await runTool(
      process.execPath,
      ["dist/harness/cli/main.js", "image", "build"],
      "follow the hint above; node dist/harness/cli/main.js doctor shows the rest",
    );
  },
};
