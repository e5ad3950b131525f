/** What a suite file is run for: plain JSON, so it can cross the process boundary. */
export type RunLink = PlanLink | LabLink;

/** The scenarios are only written down, as JSON lines. */
export interface PlanLink {
  purpose: "plan";
  /** Folder with cluster.yaml. */
  folder: string;
  /** The file to write them to. */
  list: string;
}

/** Trials in a lab of its own, as the run hands them out. */
export interface LabLink {
  purpose: "lab";
  folder: string;
  /** Its name in results. */
  suite: string;
  /** Debian release of its nodes. */
  release: string;
  labName: string;
  /** Path of the run's desk (cells/desk.ts). */
  desk: string;
  historyFile: string;
  /** Where the nodes' logs go. */
  logFolder: string;
  /** CLOCK_MONOTONIC at the run's zero, microseconds. */
  baseUs: number;
  provider: string;
  /** Of the run's random numbers. */
  seed: number;
  keep: boolean;
}

declare module "vitest" {
  interface ProvidedContext {
    hachaos: RunLink;
  }
}
