import type { IncomingMessage } from "node:http";
import { z } from "zod";

/** The longest sensible action is a few hundred bytes. */
const MOST_BYTES = 16_384;

const page = z.string().max(64);
/** What a page may ask for. `inject` is heard only from a page that is unlocked. */
export const action = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("unlock"), page }),
  z.strictObject({ do: z.literal("lock"), page }),
  z.strictObject({ do: z.literal("heal"), page, id: z.string().max(200) }),
  z.strictObject({ do: z.literal("save"), page, folder: z.string().max(200) }),
  z.strictObject({
    do: z.literal("inject"),
    page,
    kind: z.string().max(100),
    target: z.string().max(100),
    params: z.record(z.string().max(100), z.union([z.string().max(1000), z.number(), z.boolean()])),
  }),
]);
export type Action = z.infer<typeof action>;

/** Reads a request's JSON; a refusal when it is too long, no JSON or no action. */
export async function readAction(request: IncomingMessage): Promise<Action | { status: number; message: string }> {
  const [type] = (request.headers["content-type"] ?? "").split(";");
  if (type?.trim() !== "application/json") return { status: 415, message: "an action is sent as application/json" };
  let text = "";
  request.setEncoding("utf8");
  for await (const chunk of request as AsyncIterable<string>) {
    text += chunk;
    if (text.length > MOST_BYTES) return { status: 413, message: `an action has at most ${MOST_BYTES} bytes` };
  }
  const parsed = action.safeParse(jsonOf(text));
  return parsed.success ? parsed.data : { status: 400, message: `no action: ${z.prettifyError(parsed.error)}` };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
