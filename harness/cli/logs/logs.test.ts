import { expect, test } from "vitest";
import type { Agent, Eyes } from "../../lab/lab.js";
import { fakeTerminal } from "../testing/fake-terminal.js";
import { entryLines } from "./entry-lines.js";
import { followJournal, type Following } from "./follow-journal.js";
import { inOrder } from "./in-order.js";
import { journalctl, readEntry, type JournalEntry } from "./journal-entry.js";

/** As journalctl writes it, 1795406409159526 us after 1970 being 04:00:09 of 23 November 2026. */
const RAW = {
  __CURSOR: "s=0a;i=f1",
  __REALTIME_TIMESTAMP: "1795406409159526",
  SYSLOG_IDENTIFIER: "pacemaker-controld",
  _PID: "209",
  PRIORITY: "5",
  MESSAGE: " notice: Transition 2: Complete",
};

test("an entry is read with its program, time and priority; bytes and what is too long are no failure", () => {
  const entry = readEntry("vm-node1", RAW);
  expect(entry).toMatchObject({
    node: "vm-node1",
    cursor: "s=0a;i=f1",
    atUs: 1795406409159526,
    priority: 5,
    source: "pacemaker-controld[209]",
  });
  expect(readEntry("n", { ...RAW, MESSAGE: [104, 105] }).message).toBe("hi");
  expect(readEntry("n", { ...RAW, MESSAGE: null }).message).toBe("(too long to show)");
  expect(readEntry("n", { __CURSOR: "c", __REALTIME_TIMESTAMP: "1", _COMM: "sh" })).toMatchObject({
    source: "sh",
    message: "",
    priority: 6,
  });
});

test("a line has the node's name, the journal's time and nothing that steers the terminal", () => {
  const paint = (style: string, text: string) => (style === "red" ? `!${text}!` : text);
  const lines = entryLines(["vm-node1", "n2"], paint);
  expect(lines(readEntry("vm-node1", RAW))).toEqual([
    "vm-node1 | Nov 23 04:00:09.159526 pacemaker-controld[209]: notice: Transition 2: Complete",
  ]);
  const two = lines(readEntry("n2", { ...RAW, PRIORITY: "3", MESSAGE: "one\n\u001b[2Jtwo" }));
  expect(two).toEqual([
    "n2       | Nov 23 04:00:09.159526 pacemaker-controld[209]: !one!",
    "n2       | Nov 23 04:00:09.159526 pacemaker-controld[209]: !\u{FFFD}[2Jtwo!",
  ]);
});

test("journalctl goes on behind the last line that was seen, with all that came since", () => {
  expect(journalctl({ follow: true, after: "s=0a", tail: null })).toEqual(
    expect.arrayContaining(["--follow", "--no-tail", "--after-cursor=s=0a", "--output=json"]),
  );
  expect(journalctl({ follow: false, after: null, tail: 3 })).toEqual(expect.arrayContaining(["--lines=3"]));
});

test("what comes from several nodes goes on by its time, once it has waited for what may be on its way", () => {
  const [told, clock] = [[] as number[], { ms: 0 }];
  const merged = inOrder<{ atUs: number }>(
    ({ atUs }) => told.push(atUs),
    () => clock.ms,
  );
  merged.add({ atUs: 20 });
  clock.ms = 200;
  merged.add({ atUs: 10 });
  merged.add({ atUs: 30 });
  merged.release();
  expect(told).toEqual([]);
  clock.ms = 300;
  merged.release();
  expect(told).toEqual([10, 20]);
  merged.end();
  expect(told).toEqual([10, 20, 30]);
});

/** A command followed over ssh: it says one line, half of another, and is started again, which would tell everything once more. */
function briefEyes(begin: (argv: string[]) => object): Eyes {
  let close = (): void => undefined;
  const ended = new Promise<string>((resolve) => {
    close = () => {
      resolve("closed");
    };
  });
  const nothing = () => Promise.resolve(null);
  return {
    ...{ ended, close, output: nothing, readFile: nothing, clock: nothing },
    follow(argv, onLine, onStart) {
      onStart?.();
      onLine(JSON.stringify(begin(argv)));
      onLine('{"__CURSOR":');
      onStart?.();
      return () => undefined;
    },
  };
}

test.each(["in it", "over ssh"])("a node without power is followed again (%s) from where it was; the lab's end ends it", async (way) => {
  const started: string[] = [];
  const begin = (argv: string[]) => {
    started.push(argv.find((word) => word.startsWith("--after")) ?? "from the beginning");
    return { ...RAW, __CURSOR: `c${started.length}` };
  };
  const [entries, news] = [[] as JournalEntry[], [] as string[]];
  // On, lost while it was followed, still off (it is looked at twice), on again, then removed.
  const power = [true, false, false, false, true, "removed"] as const;
  let look = 0;
  const node: Following["node"] = {
    name: "vm-node1",
    isOn() {
      const state = power[look++] ?? "removed";
      return state === "removed"
        ? Promise.reject(Object.assign(new Error("no such container"), { statusCode: 404 }))
        : Promise.resolve(state);
    },
    startAgent(_agent, config, onMessage) {
      onMessage(begin((config as { argv: string[] }).argv));
      const agent: Agent = { ended: Promise.resolve("closed"), stop: () => Promise.resolve() };
      return Promise.resolve(agent);
    },
    ...(way === "over ssh" && { openEyes: () => Promise.resolve(briefEyes(begin)) }),
  };
  const onNews = (text: string) => news.push(text);
  await followJournal({ node, after: null, onEntry: (entry) => entries.push(entry), onNews, signal: new AbortController().signal });
  expect(started).toEqual(["from the beginning", "--after-cursor=c1"]);
  expect(entries.map(({ cursor }) => cursor)).toEqual(["c1", "c2"]);
  expect(news).toEqual(["vm-node1 is not followed: it is off", "vm-node1 is followed again", "vm-node1 is not followed: it was removed"]);
});

test("nodes have colours of their own", () => {
  const { terminal } = fakeTerminal();
  const used: string[] = [];
  const lines = entryLines(["a", "b"], (style, text) => {
    if (text.endsWith("|")) used.push(style);
    return terminal.style(style, text);
  });
  for (const node of ["a", "b", "a"]) lines(readEntry(node, RAW));
  expect(new Set(used).size).toBe(2);
});
