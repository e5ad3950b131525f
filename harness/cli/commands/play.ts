import type { Command } from "commander";
import type { TrialResult } from "../../check/results.js";
import type { HistoryEvent } from "../../history/event.js";
import { HachaosError, messageOf } from "../../kernel/errors.js";
import { withTemporaryFiles } from "../../kernel/work-folder.js";
import type { Lab } from "../../lab/lab.js";
import { openLiveRun, type LiveRun } from "../../live/live-run.js";
import { Player } from "../../live/player.js";
import { RecentHistory } from "../../live/recent-history.js";
import { waitForNormal } from "../../run/heal-gate.js";
import { preview } from "../../run/preview.js";
import type { Scenario } from "../../run/scenario.js";
import { activeNode } from "../../run/targets.js";
import { clusterDifferences } from "../../suite/cluster-differences.js";
import { planSuites } from "../../suite/plan-suites.js";
import { suiteFiles } from "../../suite/suite-files.js";
import type { CliContext } from "../cli-context.js";
import { gapText } from "../format/milliseconds.js";
import { untilInterrupted } from "../interrupt.js";
import { openLab } from "../pick-lab.js";
import { showProgress } from "../progress/show-progress.js";
import { tellReports } from "../tell-reports.js";
import type { Ask, Choice } from "../terminal/ask.js";
import type { Terminal } from "../terminal/terminal.js";

export function addPlay(program: Command, { terminal }: CliContext): void {
  program
    .command("play")
    .description("walk through a suite's scenarios on a lab that is up: look at the commands, run, skip, do again; a report at the end")
    .argument("[suite]", "a folder with a cluster.yaml", "suites/failover")
    .option("--lab <name>", "the lab; may be left out when there is only one")
    .option("--report-dir <folder>", "where the session is stored", "reports")
    .action(async (suite: string, options: { lab?: string; reportDir: string }) => {
      const { ask } = terminal;
      if (ask === null) {
        throw new HachaosError("usage", "hachaos play asks what to do next, and there is no terminal", { hint: `hachaos run ${suite}` });
      }
      const lab = await openLab(options.lab, { toChange: true, ask });
      await refuseOtherCluster(lab, suite);
      const planned = await withTemporaryFiles(() => planSuites({ suites: [suite], provider: lab.provider }));
      const stage: Stage = { terminal, ask, listen: () => undefined };
      terminal.progress(`taking a first look at ${lab.name} ...`);
      const recent = new RecentHistory();
      const onEvent = (event: HistoryEvent) => {
        recent.note(event);
        stage.listen(event);
      };
      const live = await openLiveRun({ lab, reportDir: options.reportDir, onEvent });
      try {
        await firstLook(terminal, live);
        const scenarios = planned.map(({ scenario }) => scenario);
        await walk(stage, live, new Player(live, scenarios, recent));
      } finally {
        terminal.progress("judging what was done ...");
        tellReports(await live.close(), terminal);
      }
    });
}

/** Its scenarios would be played on, and judged by, a cluster that is not theirs. */
async function refuseOtherCluster(lab: Lab, suite: string): Promise<void> {
  const files = await suiteFiles({ suites: [suite], provider: lab.provider });
  const differences = files.flatMap(({ definition }) => clusterDifferences(lab.definition, definition));
  if (differences.length === 0) return;
  const lines = differences.map(({ what, from, to }) => `  ${what}: the lab has ${from}; the suite has ${to}`);
  throw new HachaosError("usage", [`the lab ${lab.name} is not the cluster of ${suite}`, ...new Set(lines)].join("\n"), {
    hint: `hachaos up ${suite} --name other builds its own; then: hachaos play ${suite} --lab other`,
  });
}

/** Until all is normal: what the observers have not seen yet could not be shown, and would not be judged. A lab that is not normal is told. */
async function firstLook({ progress }: Terminal, { session }: LiveRun): Promise<void> {
  const { passed, missing } = await untilInterrupted({ progress }, (signal) => waitForNormal(session, signal), STOPPING);
  if (!passed) progress(`the lab is not in its normal state: ${missing.join("; ")}`);
}

interface Stage {
  terminal: Terminal;
  ask: Ask;
  /** Hears what is written into the history. */
  listen(event: HistoryEvent): void;
}

async function walk(stage: Stage, live: LiveRun, player: Player): Promise<void> {
  let last: Scenario | null = null;
  for (;;) {
    const step = await askStep(stage.ask, player, last);
    if (step === "stop") return;
    if (step === "skip") player.goTo();
    if (step === "named") player.goTo(await stage.ask.choose("Which one?", player.scenarios.map(asChoice), player.next?.name));
    if (step === "look" && player.next) await tellCommands(stage.terminal, live, player.next);
    if (step !== "run" && step !== "again") continue;
    last = step === "run" ? player.next : last;
    if (last !== null) await playOne(stage, player, last);
  }
}

async function askStep(ask: Ask, { next, scenarios }: Player, last: Scenario | null): Promise<string> {
  const anytime: Choice[] = [
    ...(last === null ? [] : [{ value: "again", label: `do ${last.name} again` }]),
    { value: "named", label: "choose one by name" },
    { value: "stop", label: "stop here and write the report" },
  ];
  if (next === null) return ask.choose("That was the last one. What now?", anytime, "stop");
  const here: Choice[] = [
    { value: "run", label: "run it" },
    ...(next.fault === null ? [] : [{ value: "look", label: "show the exact commands first" }]),
    { value: "skip", label: "skip it" },
  ];
  return ask.choose(`${scenarios.indexOf(next) + 1}/${scenarios.length} ${inWords(next)}`, [...here, ...anytime], "run");
}

function asChoice(scenario: Scenario): Choice {
  return { value: scenario.name, hint: inWords(scenario) };
}

/** What is broken, and who must serve in the end. */
function inWords({ name, fault, expect }: Scenario): string {
  const params = Object.entries(fault?.params ?? {}).map(([key, value]) => `${key}=${value}`);
  const broken = fault === null ? "nothing is broken" : [fault.kind, fault.target, ...params].filter(Boolean).join(" ");
  return `${name}: ${broken}; ${expect === "same" ? "the same node" : "the standby"} must serve`;
}

/** A fault that cannot be injected now says so here already. */
async function tellCommands(terminal: Terminal, { session }: LiveRun, { fault }: Scenario): Promise<void> {
  if (fault === null) return;
  try {
    for (const { host, argv, stdin } of await preview(session.lab, fault, activeNode(session))) {
      terminal.result(`${host}: ${argv.join(" ")}`);
      for (const line of stdin.trimEnd().split("\n").filter(Boolean)) terminal.result(`  | ${line}`);
    }
  } catch (error) {
    terminal.progress(`it could not be injected now: ${messageOf(error)}`);
  }
}

const STOPPING = {
  stopping: "interrupted: healing, keeping the evidence; the lab stays; once more to stop at once",
  left: "stopped at once; the lab stays, and what is in force undoes itself in time: hachaos heal --all does it now",
};

async function playOne(stage: Stage, player: Player, scenario: Scenario): Promise<void> {
  const progress = showProgress(stage.terminal);
  stage.listen = progress.onEvent;
  try {
    const { result, isNormal } = await untilInterrupted({ progress: progress.say }, (signal) => player.play(scenario, signal), STOPPING);
    progress.end();
    for (const line of resultLines(scenario, result)) stage.terminal.result(line);
    if (!isNormal) stage.terminal.progress("the lab is not back to normal: hachaos status shows what is missing");
  } finally {
    stage.listen = () => undefined;
    progress.end();
  }
}

export function resultLines({ name }: Scenario, result: TrialResult | null): string[] {
  if (result === null) return [`${name}: nothing was recorded`];
  const { verdict, gap, reason, servedBefore, servedAfter, constraints } = result;
  const found = constraints.filter((each) => each.verdict === "fail" || each.verdict === "unknown");
  return [
    `${name}: ${verdict}, gap ${gapText(gap)}, served by ${servedBefore ?? "nobody"} before and ${servedAfter ?? "nobody"} after`,
    ...(reason === "" ? [] : [`  ${reason}`]),
    ...found.map(({ id, finding }) => `  ${id}: ${finding}`),
  ];
}
