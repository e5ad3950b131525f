import { expect, test } from "vitest";
import { sampleDefinition } from "../../history/testing/sample-definition.js";
import { apacheKill, linkDown, type Run, type Steps } from "../../history/testing/scenarios.js";
import { constraint, judged, short } from "../testing/judged.js";

const leg = (at: Run, active: string | null, initial = false) =>
  at.add({ type: "bond", lab: "lab-1", node: "vm-node1", bond: "bond1", active, initial });
const carrier = (at: Run, device: string, up: boolean) =>
  at.add({ type: "link", lab: "lab-1", node: "vm-node1", device, carrier: up, initial: false });

/** The service bond of vm-node1, on eth2, loses that cable. */
function pulled(change: Partial<Steps>, spare = true): Run {
  return linkDown({
    before: (at) => {
      leg(at, "eth2", true);
      carrier(at, "eth3", spare);
      at.serve("vm-node1", 3_000);
    },
    inject: (at) => {
      carrier(at, "eth2", false);
      return at.inject({ nics: ["vm-node1.eth2"] });
    },
    after: (at) => carrier(at, "eth2", true).serve("vm-node1", 5_000),
    ...change,
  });
}
const taken = (at: Run) => {
  at.serve("vm-node1", 250);
  leg(at, "eth3").serve("vm-node1", 9_000);
};
const stays = (at: Run) => at.serve("vm-node1", 9_000);

test("another leg is taken, and how fast", () => {
  expect(constraint(pulled({ during: taken }), "bond")).toMatchObject({
    verdict: "pass",
    finding: "vm-node1 bond1 took eth3 250 ms after its cable was pulled",
  });
});

test("the dead leg stays in use, with and without link monitoring", () => {
  expect(short(pulled({ during: stays }), "bond")).toEqual(["fail", "leg-not-changed"]);
  const definition = sampleDefinition(({ bonds }) => {
    for (const bond of bonds) bond.miimonMs = 0;
  });
  const blind = pulled({ definition, during: stays });
  expect(short(blind, "bond")).toEqual(["fail", "no-link-monitoring"]);
  expect(constraint(blind, "bond").finding).toBe(
    "bond1 of vm-node1 stayed on eth2, which had no cable, for 9.00 s; bond1 has miimon 0, so it does not look at the carrier",
  );
});

test("a leg that goes dark and comes to none is no other leg", () => {
  const none = (at: Run) => leg(at.serve("vm-node1", 250), null).serve("vm-node1", 9_000);
  expect(short(pulled({ during: none }), "bond")).toEqual(["fail", "leg-not-changed"]);
});

test("skipped where the leg keeps its carrier and only its frames are lost", () => {
  const silent = (at: Run) => {
    carrier(at, "eth2", true);
    return at.inject({ nics: ["vm-node1.eth2"] });
  };
  expect(short(pulled({ inject: silent, during: stays }), "bond")[0]).toBe("skipped");
});

test("skipped where no active leg was hit, no other leg is there, or no cable was pulled", () => {
  expect(short(linkDown(), "bond")[0]).toBe("skipped");
  expect(short(pulled({ during: stays }, false), "bond")[0]).toBe("skipped");
  expect(short(apacheKill(), "bond")[0]).toBe("skipped");
});

test("unknown when the fault was not watched to its end", () => {
  const run = pulled({ during: stays });
  const kept = run.events().filter((event) => event.type !== "observed");
  run.events().splice(0, Infinity, ...kept);
  expect(short(run, "bond")).toEqual(["unknown", "not-watched"]);
  expect(judged(run).verdict).toBe("invalid");
});
