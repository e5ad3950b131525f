/** Exit codes of the command line: the contract CI jobs rely on. */
export const EXIT = { pass: 0, violated: 1, usage: 2, lab: 3, invalid: 4, regression: 5, interrupted: 130 } as const;

/**
 * Every way hachaos can refuse or fail, in one table: a stable code, the exit code, and what to do next.
 * `hint` is the default; the place that throws may give a more precise one.
 */
export const ERRORS = {
  usage: { exit: EXIT.usage, hint: "hachaos --help lists the commands" },
  "unknown-name": { exit: EXIT.usage, hint: "check the spelling" },
  "suite-not-found": { exit: EXIT.usage, hint: "hachaos init <folder> makes a suite to start from" },
  "definition-invalid": { exit: EXIT.usage, hint: "correct the file and run again; no lab was started" },
  "native-file-missing": { exit: EXIT.usage, hint: "create the file or correct its name in cluster.yaml" },
  "run-not-found": { exit: EXIT.usage, hint: "ls reports/runs shows the stored runs" },
  "history-unreadable": { exit: EXIT.usage, hint: "the file is not a hachaos history" },
  "engine-missing": {
    exit: EXIT.lab,
    hint: "as root: apt-get install docker.io and start dockerd; else ask the administrator to add you to the docker group or set DOCKER_HOST",
  },
  "engine-silent": {
    exit: EXIT.lab,
    hint: "it is very busy, or hangs: wait for what else it does, or restart it (its log: journalctl -u docker); then try again",
  },
  "engine-lost": { exit: EXIT.lab, hint: "start the engine again, then: hachaos down --all" },
  "image-build-failed": { exit: EXIT.lab, hint: "hachaos doctor shows what is missing" },
  "image-unreadable": { exit: EXIT.lab, hint: "hachaos image build --force makes it anew" },
  "no-disk-space": { exit: EXIT.lab, hint: "free some space where the engine keeps its data" },
  "capability-missing": { exit: EXIT.lab, hint: "hachaos doctor shows what this kernel can do" },
  "lab-not-ready": { exit: EXIT.lab, hint: "the node logs are in the run folder" },
  "lab-exists": { exit: EXIT.usage, hint: "hachaos status shows the labs; hachaos down <name> removes one" },
  "lab-not-found": { exit: EXIT.usage, hint: "hachaos status shows the labs that are up" },
  "lab-lost": { exit: EXIT.lab, hint: "hachaos down --all removes what is left" },
  "lab-busy": { exit: EXIT.lab, hint: "wait for the other hachaos and try again" },
  "lab-dirty": { exit: EXIT.lab, hint: "hachaos heal --all tries again; else build it anew: hachaos down, then hachaos up" },
  "node-off": { exit: EXIT.lab, hint: "hachaos heal gives it its power back" },
  "machine-unreachable": { exit: EXIT.lab, hint: "try it by hand: ssh <user>@<host>; cluster.yaml, `machines`, says how it is reached" },
  "key-refused": { exit: EXIT.lab, hint: "name the right `user` and `key` under `machines` in cluster.yaml, or ssh-add the key" },
  "host-key-unknown": {
    exit: EXIT.lab,
    hint: "compare its fingerprint with what the machine's owner says, then ssh to it once and accept it",
  },
  "host-key-changed": {
    exit: EXIT.lab,
    hint: "somebody may sit in between: ask the machine's owner; was it installed anew, then: ssh-keygen -R <host>",
  },
  "sudo-missing": {
    exit: EXIT.lab,
    hint: "let the user run every command without a password there (sudoers: NOPASSWD), or log in as root",
  },
  "faults-not-allowed": { exit: EXIT.lab, hint: "whoever owns the machine makes the marker file, as root, where faults are wanted" },
  "fault-refused": { exit: EXIT.usage, hint: "nothing was done; docs/machines.md says what is refused and why" },
  "command-failed": { exit: EXIT.lab, hint: "the command's output is above" },
  "timed-out": { exit: EXIT.lab, hint: "the message says what was last seen" },
  "fault-not-proven": { exit: EXIT.invalid, hint: "the fault had no effect on the real system, so the trial proves nothing" },
  "undo-not-proven": {
    exit: EXIT.lab,
    hint: "the lab is dirty: hachaos heal --all tries again; else build it anew: hachaos down, then hachaos up",
  },
  interrupted: { exit: EXIT.interrupted, hint: "the evidence so far is in the run folder" },
} as const satisfies Record<string, { exit: number; hint: string }>;

export type ErrorCode = keyof typeof ERRORS;

/** An error a user can act on: a code from the table, what happened, and what to do next. */
export class HachaosError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;
  readonly exitCode: number;

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "HachaosError";
    this.code = code;
    this.hint = options.hint ?? ERRORS[code].hint;
    this.exitCode = ERRORS[code].exit;
  }
}

/** The message of anything that was thrown, without its stack. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
