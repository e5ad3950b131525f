import type { Mutation } from "./mutation.js";
import { KILL, LINK, MS, S, twice } from "./splices.js";

/** Whether the probes prove anything. */
export const load: Mutation[] = [
  {
    name: "no probes for 2 s in the middle of the gap",
    mutate: (tape) => {
      tape.dropType("http", tape.of(KILL).injectUs + 500 * MS, tape.of(KILL).injectUs + 2500 * MS);
    },
    [KILL]: ["invalid", "gap", "probe-load"],
  },
  {
    name: "no probes for 2 s after failback began",
    mutate: (tape) => {
      tape.dropType("http", tape.of(KILL).healUs + S, tape.of(KILL).healUs + 3 * S);
    },
    [KILL]: ["invalid", "failback", "probe-load"],
  },
  {
    name: "no probes before the fault",
    mutate: (tape) => {
      tape.dropType("http", tape.of(LINK).startUs, tape.of(LINK).injectUs);
    },
    [LINK]: ["invalid", "gap", "probe-load"],
  },
  {
    name: "no probes at all",
    mutate: (tape) => {
      tape.dropType("http");
    },
    [LINK]: ["invalid", "gap", "probe-load"],
    [KILL]: ["invalid", "gap", "probe-load"],
  },
  {
    name: "every other probe lost",
    mutate: (tape) => {
      let count = 0;
      tape.drop((event) => event.type === "http" && (count += 1) % 2 === 0);
    },
    [LINK]: ["invalid", "gap", "probe-load"],
    [KILL]: ["invalid", "gap", "probe-load"],
  },
  {
    name: "every other probe lost, the others written twice",
    mutate: (tape) => {
      let count = 0;
      tape.drop((event) => event.type === "http" && (count += 1) % 2 === 0);
      twice(tape, (event) => event.type === "http");
    },
    [LINK]: ["invalid", "gap", "probe-load"],
    [KILL]: ["invalid", "gap", "probe-load"],
  },
  {
    name: "the probe died in the middle of the gap",
    mutate: (tape) => {
      tape.dropType("http", tape.of(KILL).injectUs + S);
    },
    [KILL]: ["invalid", "gap", "probe-load"],
  },
  {
    name: "the probe was stopped for 3 s in the gap and then sent the oldest five of what was overdue",
    mutate: (tape) => {
      const { injectUs } = tape.of(KILL);
      const stopped = (event: { scheduledUs: number }) => event.scheduledUs > injectUs + S && event.scheduledUs < injectUs + 4 * S;
      let count = 0;
      tape.drop((event) => event.type === "http" && stopped(event) && (count += 1) > 5);
      tape.edit("http", (event) => (stopped(event) ? { atUs: injectUs + 4 * S, endUs: injectUs + 4 * S + MS } : {}));
    },
    [KILL]: ["invalid", "gap", "probe-load"],
  },
  {
    name: "every probe was sent, but one in ten 150 ms late",
    mutate: (tape) => {
      let count = 0;
      tape.edit("http", ({ atUs, endUs }) => ((count += 1) % 10 === 0 ? { atUs: atUs + 150 * MS, endUs: endUs + 150 * MS } : {}));
    },
    [LINK]: ["invalid", "gap", "probe-load"],
    [KILL]: ["invalid", "gap", "probe-load"],
  },
  {
    name: "nothing tells how the probe works",
    mutate: (tape) => {
      tape.dropType("http-probe");
    },
    [LINK]: ["invalid", "gap", "probe-load"],
    [KILL]: ["invalid", "gap", "probe-load"],
  },
];
