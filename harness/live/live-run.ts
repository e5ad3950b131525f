import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { judge } from "../check/judge.js";
import type { HistoryEvent } from "../history/event.js";
import { openHistory, type HistoryWriter } from "../history/history-writer.js";
import { readHistory } from "../history/read-history.js";
import { keepRun, nextRun, type RunFolder } from "../history/run-store.js";
import type { Lab } from "../lab/lab.js";
import { writeReports } from "../report/write-reports.js";
import { watchLab, type Session } from "../run/session.js";
import { hostLoad, recordRunStart } from "../suite/record-run-start.js";

export interface LiveOutcome {
  run: RunFolder;
  /** Paths of the reports by format; empty when no trial was begun: then nothing was kept. */
  reports: Record<string, string>;
}

/** A lab that is up, watched by people: its history is a run like any other. */
export interface LiveRun {
  readonly session: Session;
  readonly run: RunFolder;
  readonly suite: string;
  /** Stops watching, judges the trials and writes the report. The lab stays. */
  close(): Promise<LiveOutcome>;
}

export interface LiveRequest {
  lab: Lab;
  reportDir: string;
  /** Told of everything as it is written down, also of what comes before this returns. */
  onEvent(event: HistoryEvent): void;
}

/** Begins to watch. The newest run of the report folder it becomes only with its first trial. */
export async function openLiveRun({ lab, reportDir, onEvent }: LiveRequest): Promise<LiveRun> {
  const run = nextRun(reportDir);
  mkdirSync(run.dir, { recursive: true });
  let isKept = false;
  const history = telling(openHistory(run.history), (event) => {
    if (event.type === "trial-started" && !isKept) {
      isKept = true;
      keepRun(reportDir, run);
    }
    onEvent(event);
  });
  const { name: suite } = lab.definition;
  recordRunStart(history, { runId: run.id, provider: lab.provider, seed: 0 });
  const { definition, facts } = lab;
  history.write({ type: "suite-started", lab: lab.name, suite, definition, pid: process.pid, folder: facts.folder });
  const session = await watchLab({ lab, history, logFolder: join(run.dir, "nodes"), keep: true }).catch((error: unknown) => {
    history.close();
    rmSync(run.dir, { recursive: true });
    throw error;
  });
  return {
    session,
    run,
    suite,
    async close() {
      await session.close();
      history.write({ type: "suite-ended", lab: lab.name, suite });
      history.write({ type: "run-ended", load1: hostLoad() });
      history.close();
      if (isKept) return { run, reports: await report(run) };
      rmSync(run.dir, { recursive: true });
      return { run, reports: {} };
    },
  };
}

/** The same writer, but somebody hears what is written. */
function telling(history: HistoryWriter, onEvent: (event: HistoryEvent) => void): HistoryWriter {
  return {
    ...history,
    write(event) {
      const complete = { ...event, atUs: event.atUs ?? history.nowUs() };
      history.write(complete);
      onEvent(complete);
    },
  };
}

async function report(run: RunFolder): Promise<Record<string, string>> {
  const stored = readHistory(run.history);
  return (await writeReports(run.dir, judge(stored), stored.events)).paths;
}
