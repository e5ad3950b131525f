import { z } from "zod";

/** A line of a node's journal. */
export interface JournalEntry {
  node: string;
  cursor: string;
  /** Microseconds since 1970. */
  atUs: number;
  /** As syslog(3) counts: 3 is an error, 4 a warning. */
  priority: number;
  /** The program with its process id, as `pacemaker-controld[209]`. */
  source: string;
  message: string;
}

/** What is asked of journalctl beyond cursor and time, which it always tells (journalctl(1), --output-fields). */
const FIELDS = "MESSAGE,PRIORITY,SYSLOG_IDENTIFIER,_COMM,_PID,SYSLOG_PID";

/** The command that tells a node's journal as JSON, oldest first. */
export function journalctl({ follow, after, tail }: { follow: boolean; after: string | null; tail: number | null }): string[] {
  return [
    ...["journalctl", "--quiet", "--no-pager", "--output=json", `--output-fields=${FIELDS}`],
    // Following begins with the last ten lines unless it is told otherwise.
    ...(tail === null ? ["--no-tail"] : [`--lines=${tail}`]),
    ...(after === null ? [] : [`--after-cursor=${after}`]),
    ...(follow ? ["--follow"] : []),
  ];
}

const line = z.object({
  __CURSOR: z.string(),
  __REALTIME_TIMESTAMP: z.coerce.number(),
  // journalctl writes bytes that are no UTF-8 as numbers, and null for what is too long (systemd.journal-fields(7)).
  MESSAGE: z.union([z.string(), z.array(z.number()).transform((bytes) => Buffer.from(bytes).toString("utf8")), z.null()]).default(""),
  PRIORITY: z.coerce.number().default(6),
  SYSLOG_IDENTIFIER: z.string().optional(),
  _COMM: z.string().optional(),
  _PID: z.string().optional(),
  SYSLOG_PID: z.string().optional(),
});

/** One object of journalctl's JSON. */
export function readEntry(node: string, raw: unknown): JournalEntry {
  const {
    __CURSOR: cursor,
    __REALTIME_TIMESTAMP: atUs,
    MESSAGE,
    PRIORITY: priority,
    SYSLOG_IDENTIFIER,
    _COMM,
    _PID,
    SYSLOG_PID,
  } = line.parse(raw);
  const pid = SYSLOG_PID ?? _PID;
  return {
    ...{ node, cursor, atUs, priority },
    source: `${SYSLOG_IDENTIFIER ?? _COMM ?? "?"}${pid === undefined ? "" : `[${pid}]`}`,
    message: MESSAGE ?? "(too long to show)",
  };
}
