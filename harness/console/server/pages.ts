import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";

/** An unlocked page that does nothing for so long locks itself: whoever unlocked it has left. */
const RELOCK_MS = 10 * 60_000;
/** A page that does not read what it is sent gets no more until it does. */
const BEHIND_BYTES = 2_000_000;

/** A page that is open in a browser, known by a secret of its own that ends with its connection. */
export interface OpenPage {
  readonly id: string;
  /** As the transcript calls it. */
  readonly name: string;
  /** The last line of the transcript it has. */
  seq: number;
  /** Nothing can be broken from it. */
  isLocked(): boolean;
  unlock(): void;
  lock(): void;
  /** Sends an event, unless the page has its text already. */
  send(event: string, text: string): void;
}

export class Pages {
  readonly #pages = new Map<string, OpenPage>();
  #count = 0;

  /** Takes a connection for a page that has just opened; `onGone` when it has closed. */
  connect(response: ServerResponse, onGone: () => void): OpenPage {
    this.#count += 1;
    const page = openPage(`page ${this.#count}`, response);
    this.#pages.set(page.id, page);
    response.on("close", () => {
      this.#pages.delete(page.id);
      onGone();
    });
    return page;
  }

  find(id: string): OpenPage | undefined {
    return this.#pages.get(id);
  }

  all(): OpenPage[] {
    return [...this.#pages.values()];
  }
}

function openPage(name: string, response: ServerResponse): OpenPage {
  const sent = new Map<string, string>();
  let unlockedAt: number | null = null;
  const isLocked = () => unlockedAt === null || performance.now() - unlockedAt > RELOCK_MS;
  return {
    id: randomBytes(16).toString("hex"),
    name,
    seq: 0,
    isLocked,
    unlock() {
      unlockedAt = performance.now();
    },
    lock() {
      unlockedAt = null;
    },
    send(event, text) {
      if (sent.get(event) === text || response.writableLength > BEHIND_BYTES) return;
      sent.set(event, text);
      response.write(`event: ${event}\ndata: ${JSON.stringify(text)}\n\n`);
    },
  };
}
