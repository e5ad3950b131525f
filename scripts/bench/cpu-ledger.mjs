/**
 * Whose account a process is on: what it uses itself, and what children of it used that ended unseen.
 * @typedef {{ own: string, children: string }} Accounts
 * @typedef {import("./read-processes.mjs").Process} Process
 */

/**
 * Adds up CPU time by account from looks at all processes. A process that ended since the last look stands, with what it had used by then, on its
 * own account, and only what its parent was charged beyond that (its end, and those that came and went between two looks) on the
 * account of the parent's children.
 * @param {(process: Process, parents: Process[]) => Accounts | null} accountsOf null: nobody's concern. Asked once for each program, with its parents, the nearest first.
 */
export function cpuLedger(accountsOf) {
  /** @type {Map<string, { process: Process, accounts: Accounts | null }>} */
  let known = new Map();
  /** @type {Record<string, number>} */
  const sums = {};
  let isFirst = true;
  let isStale = false;

  /** @param {string} account @param {number} ms */
  const add = (account, ms) => {
    sums[account] = (sums[account] ?? 0) + ms;
  };

  return {
    /** CPU time by account since the first look, ms. */
    totals: () => ({ ...sums }),
    /** @param {readonly Process[]} processes */
    look(processes) {
      const byPid = new Map(processes.map((process) => [process.pid, process]));
      /** @type {typeof known} */
      const now = new Map();
      for (const process of processes) {
        const before = known.get(process.key);
        // Its name changes when it becomes another program, execve(2).
        const isKnown = before !== undefined && !isStale && before.process.name === process.name;
        now.set(process.key, { process, accounts: isKnown ? before.accounts : accountsOf(process, parentsOf(process, byPid)) });
      }
      if (!isFirst) settle(known, now);
      [known, isFirst, isStale] = [now, false, false];
    },
    /** Whose account a process is on may have changed. */
    askAgain() {
      isStale = true;
    },
  };

  /** @param {typeof known} before @param {typeof known} now */
  function settle(before, now) {
    const beforeByPid = new Map([...before.values()].map(({ process }) => [process.pid, process]));
    const lives = (/** @type {Process} */ { key }) => now.has(key);
    /** What those that are gone had used, by the number of who was charged for it in the end. @type {Map<number, number>} */
    const seen = new Map();
    for (const { process } of before.values()) {
      if (lives(process)) continue;
      const heir = parentsOf(process, beforeByPid).find(lives);
      if (heir !== undefined) seen.set(heir.pid, (seen.get(heir.pid) ?? 0) + process.ownMs + process.reapedMs);
    }
    for (const [key, { process, accounts }] of now) {
      const last = before.get(key)?.process;
      const ownMs = process.ownMs - (last?.ownMs ?? 0);
      const reapedMs = process.reapedMs - (last?.reapedMs ?? 0);
      if (accounts === null) continue;
      add(accounts.own, ownMs);
      add(accounts.children, Math.max(0, reapedMs - (seen.get(process.pid) ?? 0)));
    }
  }
}

/**
 * @param {Process} process
 * @param {Map<number, Process>} byPid
 */
function parentsOf(process, byPid) {
  const parents = [];
  for (let parent = byPid.get(process.parent); parent !== undefined; parent = byPid.get(parent.parent)) parents.push(parent);
  return parents;
}
