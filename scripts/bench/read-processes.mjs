import { readdirSync, readFileSync } from "node:fs";

/**
 * A process as /proc tells it, proc_pid_stat(5). `ownMs`: what it used itself; `reapedMs`: what those of its children used that have ended
 * and were waited for. `key` tells it from another one that gets its number later.
 * @typedef {{ key: string, pid: number, parent: number, name: string, ownMs: number, reapedMs: number }} Process
 */

/** sysconf(_SC_CLK_TCK), 100 on every Linux. */
const TICK_MS = 10;

/** @returns {Process[]} every process of this machine, those in containers too */
export function readProcesses() {
  return readdirSync("/proc").flatMap((entry) => (/^\d+$/.test(entry) ? parseStat(read(`/proc/${entry}/stat`)) : []));
}

/**
 * @param {string} stat
 * @returns {Process[]} none when it is empty: the process ended meanwhile
 */
export function parseStat(stat) {
  const parts = /^(\d+) \((.*)\) \S (.*)$/s.exec(stat);
  if (parts === null) return [];
  const [, pid = "", name = "", rest = ""] = parts;
  // The first of them is field 4 of the manual page: the parent.
  const fields = rest.split(" ").map(Number);
  const ms = (/** @type {number} */ field) => (fields[field - 4] ?? 0) * TICK_MS;
  return [
    {
      key: `${pid} ${fields[22 - 4] ?? 0}`,
      pid: Number(pid),
      parent: fields[0] ?? 0,
      name,
      ownMs: ms(14) + ms(15),
      reapedMs: ms(16) + ms(17),
    },
  ];
}

/**
 * @param {string} file
 * @returns {string} empty when it is gone
 */
export function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
