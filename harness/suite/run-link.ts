/** What a run gives to the process that runs one of its suites: plain JSON, so it can cross the process boundary. */
export interface RunLink {
  /** Folder with cluster.yaml. */
  folder: string;
  runId: string;
  historyFile: string;
  nodesFolder: string;
  /** CLOCK_MONOTONIC at the run's zero, microseconds. */
  baseUs: number;
  provider: string;
  labName: string;
  repeat: number;
  /** Of the run's random numbers. */
  seed: number;
  /** Only scenarios with this in their name; "" = all. */
  filter: string;
  /** Only scenarios with these names; null = all. */
  tests: string[] | null;
  keep: boolean;
  /** Set for a dry run: the scenarios are written there as JSON lines and no lab is started. */
  planFile: string | null;
}

declare module "vitest" {
  interface ProvidedContext {
    hachaos: RunLink;
  }
}
