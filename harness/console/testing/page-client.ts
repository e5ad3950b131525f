/** A page's connection without a browser: what it was sent, and what it asks for. */
export interface PageClient {
  id: string;
  /** The last text of an event; null: none came. */
  last(event: string): string | null;
  ask(action: object): Promise<{ status: number; message: string }>;
  close(): void;
}

export async function openPageClient(url: string): Promise<PageClient> {
  const stop = new AbortController();
  const { origin, searchParams } = new URL(url);
  const token = searchParams.get("token") ?? "";
  const response = await fetch(`${origin}/events?token=${token}`, { signal: stop.signal });
  if (response.body === null) throw new Error("no events");
  const last = new Map<string, string>();
  const greeted = read(response.body, last);
  await greeted;
  const { id } = JSON.parse(last.get("hello") ?? "{}") as { id: string };
  return {
    id,
    last: (event) => last.get(event) ?? null,
    async ask(action) {
      const answer = await fetch(`${origin}/do`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Hachaos-Token": token },
        body: JSON.stringify({ page: id, ...action }),
      });
      const { message = "" } = (await answer.json()) as { message?: string };
      return { status: answer.status, message };
    },
    close: () => stop.abort(),
  };
}

/** Settles when the page was greeted, and goes on reading. */
function read(body: ReadableStream<Uint8Array>, last: Map<string, string>): Promise<void> {
  return new Promise((resolve) => {
    const go = async () => {
      let text = "";
      const decoder = new TextDecoder();
      for await (const chunk of body) {
        text += decoder.decode(chunk, { stream: true });
        const blocks = text.split("\n\n");
        text = blocks.pop() ?? "";
        for (const block of blocks) {
          const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(block) ?? [];
          if (event !== undefined && data !== undefined) last.set(event, JSON.parse(data) as string);
        }
        if (last.has("hello")) resolve();
      }
    };
    // Its end is the test's doing.
    go().catch(() => undefined);
  });
}
