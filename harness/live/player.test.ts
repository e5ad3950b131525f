import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Results, TrialResult } from "../check/results.js";
import { sampleDefinition } from "../history/testing/sample-definition.js";
import { fakeProvider } from "../lab/fake/fake-provider.js";
import { fault, quiet } from "../run/scenario.js";
import { openLiveRun } from "./live-run.js";
import { Player } from "./player.js";
import { RecentHistory } from "./recent-history.js";

test("scenarios are played one by one, again, by name or not at all, and each is judged at once", async () => {
  const folder = mkdtempSync(join(tmpdir(), "hachaos-play-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const definition = sampleDefinition();
  const lab = await fakeProvider.start({ name: "play", definition, folder, keep: true, onStep: () => undefined });
  const recent = new RecentHistory();
  const live = await openLiveRun({ lab, reportDir: folder, onEvent: (event) => recent.note(event) });
  const cable = fault("cable", "link-down", { target: "standby" });
  const player = new Player(live, [quiet("baseline", 1_000), cable, fault("kill", "apache-kill")], recent);
  const { signal } = new AbortController();

  expect(player.next?.name).toBe("baseline");
  player.goTo();
  expect(player.next).toBe(cable);
  const first = await player.play(cable, signal);
  expect(first).toMatchObject({ isNormal: true, result: { trial: 1, proven: true, constraints: expect.any(Array) as unknown } });
  expect(player.next?.name).toBe("kill");
  player.goTo("baseline");
  expect(player.next?.name).toBe("baseline");
  expect((await player.play(cable, signal)).result).toMatchObject({ trial: 2, proven: true });
  player.goTo("kill");
  player.goTo();
  expect(player.next).toBeNull();

  const { run } = await live.close();
  await lab.destroy();
  const results = JSON.parse(readFileSync(run.results, "utf8")) as Results;
  expect(results.tests.map(({ name, trials }) => [name, trials.length])).toEqual([["cable", 2]]);
  const verdicts = (trial: TrialResult | null | undefined) => trial?.constraints.map(({ id, verdict }) => [id, verdict]);
  expect(verdicts(results.tests[0]?.trials[0])).toEqual(verdicts(first.result));
}, 60_000);
