import { expect, it } from "vitest";
import { rerunCommand } from "./rerun.js";
import { sampleRun } from "./testing/sample-run.js";

it("repeats the command with its seed, quoted for a shell", () => {
  const { results } = sampleRun();
  expect(rerunCommand(results)).toBe("npx hachaos run suites/failover --seed 42");
  const odd = { ...results, run: { ...results.run, argv: ["run", "my suite; it's", "--seed", "7"] } };
  expect(rerunCommand(odd)).toBe(`npx hachaos run 'my suite; it'\\''s' --seed 7`);
  const byHand = { ...results, run: { ...results.run, argv: ["watch", "mine"] } };
  expect(rerunCommand(byHand)).toBe(`npx hachaos save by-hand ${results.run.id} && npx hachaos run by-hand`);
});
