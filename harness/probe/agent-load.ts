import { z } from "zod";
import type { Observation } from "./probe.js";

const message = z.object({ us: z.int(), load: z.object({ overMs: z.number(), cpuMs: z.number(), lagMs: z.number() }) });

/** What an agent says of its own load (probe/agents/report-load.ts), or null when a message is about something else. */
export function loadIn(raw: unknown, name: string, node: string): Observation | null {
  if (typeof raw !== "object" || raw === null || !("load" in raw)) return null;
  const { us, load } = message.parse(raw);
  return { type: "agent-load", us, node, name, ...load };
}
