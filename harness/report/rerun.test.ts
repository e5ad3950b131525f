import { expect, it } from "vitest";
import { rerunCommand } from "./rerun.js";
import { sampleRun } from "./testing/sample-run.js";

it("repeats the command with its seed, quoted for a shell", () => {
  const { results } = sampleRun();
  expect(rerunCommand(results)).toBe("npx hachaos run suites/failover --seed 42");
  const odd = { ...results, run: { ...results.run, argv: ["run", "my suite; it's", "--seed", "7"] } };
  expect(rerunCommand(odd)).toBe(`npx hachaos run 'my suite; it'\\''s' --seed 7`);
});
