import type { ExecOptions, Host } from "./lab.js";

/** A command that would have been run. */
export interface Rehearsed {
  host: string;
  argv: string[];
  stdin: string;
  /** Whatever its exit code is, it is no failure. */
  mayFail?: true;
}

/** What a fault would do now, in order, and what would take it back. */
export interface RehearsedFault {
  does: Rehearsed[];
  undoes: Rehearsed[];
}

/** Commands that only look, by their first words: these are really run. Any other is only noted. */
const LOOKS = [
  ["pgrep"],
  ["cat"],
  ["find"],
  ["ping"],
  ["ip", "-j"],
  ["bridge", "-j"],
  ["nft", "list"],
  ["systemctl", "is-active"],
  ["crm_mon"],
];

/** The same host, on which nothing is changed: what would change it is noted, and taken to succeed without a word. */
export function rehearsing<H extends Host>(host: H, note: (command: Rehearsed) => void): H {
  return {
    ...host,
    exec(argv: string[], options?: ExecOptions) {
      if (LOOKS.some((words) => words.every((word, index) => argv[index] === word))) return host.exec(argv, options);
      note({ host: host.name, argv, stdin: options?.stdin?.toString() ?? "", ...(options?.allow === "any" && { mayFail: true }) });
      return Promise.resolve({ argv, exitCode: 0, stdout: "", stderr: "", ms: 0 });
    },
  };
}
