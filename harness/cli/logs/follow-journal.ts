import { messageOf } from "../../kernel/errors.js";
import { pause } from "../../kernel/wait-until.js";
import type { Agent, ClusterNode, Eyes } from "../../lab/lab.js";
import { journalctl, readEntry, type JournalEntry } from "./journal-entry.js";

export interface Following {
  node: Pick<ClusterNode, "name" | "isOn" | "startAgent" | "openEyes">;
  /** Where to go on; null: from the beginning of the journal. */
  after: string | null;
  onEntry(entry: JournalEntry): void;
  /** Told when the node cannot be followed any more, and when it can again. */
  onNews(text: string): void;
  signal: AbortSignal;
}

/** How often to look whether the node is there again. */
const LOOK_EVERY_MS = 500;

/** Follows a node's journal until the signal or until the node is gone for good; after a power-off, it goes on where it was. */
export async function followJournal(following: Following): Promise<void> {
  const { node, onEntry, onNews, signal } = following;
  let cursor = following.after;
  let [isFollowed, told] = [true, ""];
  const onLine = (raw: unknown) => {
    const entry = readEntry(node.name, raw);
    cursor = entry.cursor;
    if (!isFollowed) onNews(`${node.name} is followed again`);
    [isFollowed, told] = [true, ""];
    onEntry(entry);
  };
  for (;;) {
    const why = await followOnce(node, cursor, onLine, signal);
    if (signal.aborted) return;
    isFollowed = false;
    // Said once for each reason, however often it is tried.
    if (why.words !== told) onNews(`${node.name} is not followed: ${why.words}`);
    told = why.words;
    if (why.isGone) return;
    await pause(LOOK_EVERY_MS, signal).catch(() => undefined);
  }
}

/** Follows until it ends, and says why. */
async function followOnce(
  node: Following["node"],
  after: string | null,
  onLine: (raw: unknown) => void,
  signal: AbortSignal,
): Promise<{ words: string; isGone: boolean }> {
  let reason = "it is off";
  try {
    if (await node.isOn()) {
      const argv = journalctl({ follow: true, after, tail: null });
      reason = node.openEyes
        ? await followFromHere(await node.openEyes(), argv, onLine, signal)
        : await endOf(await node.startAgent("journal-follower", { argv }, onLine), signal);
    }
    // What broke off is most often the power.
    return { words: (await node.isOn()) ? reason : "it is off", isGone: false };
  } catch (error) {
    // The engine's 404: the lab was removed.
    const isGone = (error as { statusCode?: number }).statusCode === 404;
    return { words: isGone ? "it was removed" : messageOf(error), isGone };
  }
}

/** Until the connection or the command ends, which would begin again where it began before. */
async function followFromHere(eyes: Eyes, argv: string[], onLine: (raw: unknown) => void, signal: AbortSignal): Promise<string> {
  let begun = false;
  const stop = () => {
    eyes.close();
  };
  signal.addEventListener("abort", stop, { once: true });
  eyes.follow(
    argv,
    (line) => {
      const raw = parsed(line);
      if (raw !== null) onLine(raw);
    },
    () => {
      if (begun) stop();
      begun = true;
    },
  );
  if (signal.aborted) stop();
  const reason = await eyes.ended;
  signal.removeEventListener("abort", stop);
  return reason;
}

/** Null for a line that the end of the connection cut in two. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

async function endOf(agent: Agent, signal: AbortSignal): Promise<string> {
  const stop = () => void agent.stop();
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  const reason = await agent.ended;
  signal.removeEventListener("abort", stop);
  return reason;
}
