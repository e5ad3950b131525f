import { hostname } from "node:os";
import { readFileSync } from "node:fs";

/**
 * Ownership marks on every container of ours. They are the only record: what carries no mark is never touched,
 * and what carries one can be found and removed by any later command.
 */
export const LABELS = {
  lab: "hachaos.lab",
  suite: "hachaos.suite",
  role: "hachaos.role",
  host: "hachaos.host",
  /** The process that runs the lab, as pid:starttime@host; "" for a lab that stays. */
  owner: "hachaos.owner",
  createdAt: "hachaos.created-at",
  /** Of a lab that was made to wait: its fingerprint (fingerprint.ts) and who makes it, as `owner` has it. It stays when the lab is taken. */
  spare: "hachaos.spare",
} as const;

/** This process, in a form that a reused pid cannot be mistaken for (start time: field 22 of proc(5) stat). */
export function ownerMark(): string {
  return `${process.pid}:${processStartTime(process.pid) ?? "?"}@${hostname()}`;
}

/** Pid of the process behind the mark if it still runs on this machine. */
export function livingOwner(mark: string): number | null {
  const match = /^(\d+):(\d+)@(.*)$/.exec(mark);
  if (!match || match[3] !== hostname()) return null;
  const pid = Number(match[1]);
  return processStartTime(pid) === match[2] ? pid : null;
}

function processStartTime(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The command name may hold spaces and parentheses: count from its end.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // A zombie is dead, however long its parent takes to notice.
    return state === "Z" ? null : (fields[18] ?? null);
  } catch {
    return null;
  }
}
