import { describe, expect, test } from "vitest";
import { FAILBACK_PHASES, FAULT_PHASES } from "../cluster/phase-names.js";
import { apacheKill, baseline, gatewayBlackhole, linkDown, powerOff } from "../history/testing/scenarios.js";
import { trialsOf, type Trial } from "../history/views/trial.js";
import { failbackGapOf, faultGapOf } from "./gap.js";
import { failbackPhasesOf, phasesOf, type Phase } from "./phases.js";

function trialOf(run: { history: () => Parameters<typeof trialsOf>[0] }): Trial {
  const [trial] = trialsOf(run.history());
  if (trial === undefined) throw new Error("no trial");
  return trial;
}
/** The sample cluster does not fence. */
const UNFENCED = FAULT_PHASES.filter((name) => name !== "fencing");
const took = ({ startMs, endMs }: Phase) => (startMs === null || endMs === null ? null : endMs - startMs);
const darkIn = (phases: Phase[]) => phases.reduce((sum, phase) => sum + phase.darkMs, 0);

describe("phases", () => {
  test.each(Object.entries({ apacheKill, gatewayBlackhole, powerOff, linkDown }))(
    "of %s: named, without holes, adding up",
    (_name, scenario) => {
      const trial = trialOf(scenario());
      for (const [phases, names, gap, fromUs] of [
        [phasesOf(trial), UNFENCED, faultGapOf(trial), trial.marks.injecting?.atUs],
        [failbackPhasesOf(trial), FAILBACK_PHASES, failbackGapOf(trial), trial.marks.healing?.atUs],
      ] as const) {
        expect(phases.map((phase) => phase.name)).toEqual(names);
        const seen = phases.filter((phase) => phase.startMs !== null);
        expect(seen[0]?.startMs).toBe((fromUs ?? 0) / 1000);
        for (const [index, phase] of seen.entries()) if (index > 0) expect(phase.startMs).toBe(seen[index - 1]?.endMs);
        expect(Math.abs(darkIn(phases) - (gap?.totalMaxMs ?? NaN))).toBeLessThan(0.01);
      }
    },
  );

  test("name what ended them, with their floor and what is beyond it", () => {
    const phases = phasesOf(trialOf(apacheKill())).filter((phase) => phase.startMs !== null);
    expect(phases.map((phase) => [phase.name, took(phase), phase.darkMs, phase.excessMs])).toEqual([
      ["fault", 0, 25, null],
      ["decision", 3_000, 3_000, null],
      ["stop", 0, 0, 0],
      ["vip up", 1_000, 1_000, 700],
      ["service start", 1_000, 1_000, 0],
      ["first answer", 2, 2, null],
      ["settle", 5_998, 0, null],
    ]);
    expect(phases.map((phase) => [phase.ends?.source, phase.evidence])).toEqual([
      ["run", "proven: read back from the node"],
      ["cluster", "crm_mon shows vip and httpd change"],
      ["address", "192.168.1.60 removed from bond1 of vm-node1"],
      ["address", "192.168.1.60 on bond1 of vm-node2"],
      ["cluster", "crm_mon shows httpd on vm-node2"],
      ["probe", "first answer from vm-node2"],
      ["run", "served"],
    ]);
  });

  test("of a service that never came back end with what was seen, and say what is missing", () => {
    const phases = phasesOf(trialOf(apacheKill({ during: (run) => run.dark(3_000) })));
    const missing = Object.fromEntries(phases.filter((phase) => phase.startMs === null).map((phase) => [phase.name, phase.evidence]));
    expect(missing["first answer"]).toBe("the service did not come back while watched");
    expect(missing["decision"]).toBe("no stop or start of the service was seen");
    expect(missing["arp"]).toBe("the address did not move");
  });

  test("of a fault that moves nothing are the fault and the settling", () => {
    const phases = phasesOf(trialOf(linkDown()));
    expect(phases.filter((phase) => phase.startMs !== null).map((phase) => phase.name)).toEqual(["fault", "settle"]);
    expect(phases.find((phase) => phase.name === "stop")?.evidence).toBe("the service did not move and was never dark");
  });

  test("of a node without power have no stop", () => {
    expect(phasesOf(trialOf(powerOff())).find((phase) => phase.name === "stop")).toMatchObject({
      startMs: null,
      evidence: "vm-node1 had no power: nothing was left to stop",
    });
  });

  test("are none without a fault", () => {
    expect(phasesOf(trialOf(baseline()))).toEqual([]);
    expect(failbackPhasesOf(trialOf(baseline()))).toEqual([]);
  });
});
