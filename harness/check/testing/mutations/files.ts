import type { Mutation } from "./mutation.js";
import { KILL, LINK, NODE2, S, middle, observation, twice } from "./splices.js";

/** What a broken writer or a killed run leaves. */
export const files: Mutation[] = [
  { name: "nothing changed", mutate: () => undefined },
  {
    name: "events out of order in the file",
    mutate: (tape) => {
      tape.replace([...tape.events()].sort((a, b) => ((a.atUs * 7919) % 10_007) - ((b.atUs * 7919) % 10_007)));
    },
  },
  {
    name: "every observation written twice",
    mutate: (tape) => {
      twice(tape, (event) => observation(event) || event.type === "http");
    },
  },
  {
    name: "another lab at the same time, with two owners",
    mutate: (tape) => {
      const others = tape.events().filter((event) => event.type === "address" || event.type === "cluster" || event.type === "http");
      tape.replace([...tape.events(), ...others.map((event) => ({ ...event, lab: "other", ...("node" in event ? { node: NODE2 } : {}) }))]);
    },
  },
  {
    name: "cut off in the middle of a trial",
    mutate: (tape) => {
      const { injectUs } = tape.of(KILL);
      tape.drop((event) => event.atUs > injectUs + 3 * S);
    },
    [KILL]: "interrupted",
  },
  {
    name: "cut off between the trials",
    mutate: (tape) => {
      const { startUs } = tape.of(KILL);
      tape.drop((event) => event.atUs >= startUs);
      tape.drop((event) => event.type === "trial-started" && event.test === KILL);
    },
    run: "interrupted",
  },
  {
    name: "the end of a trial is missing",
    mutate: (tape) => {
      tape.dropType("trial-ended", 0, tape.of(LINK).endUs + 1);
    },
    [LINK]: "interrupted",
  },
  {
    name: "the suite's end is missing",
    mutate: (tape) => {
      tape.dropType("suite-ended");
    },
    run: "interrupted",
  },
  {
    name: "the run's end is missing",
    mutate: (tape) => {
      tape.dropType("run-ended");
    },
    run: "interrupted",
  },
  {
    name: "the lab was lost",
    mutate: (tape) => {
      tape.add({ type: "lab-failed", code: "lab-lost", message: "the node is gone", hint: "", atUs: middle(tape) });
    },
    [LINK]: "error",
  },
  {
    name: "the definition is missing",
    mutate: (tape) => {
      tape.dropType("suite-started");
    },
    [LINK]: "invalid",
    [KILL]: "invalid",
  },
  {
    name: "no trial at all",
    mutate: (tape) => {
      tape.drop((event) => event.type === "trial-started" || event.type === "trial-ended");
    },
    run: "invalid",
  },
];
