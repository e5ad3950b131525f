import type { Agent, Eyes } from "../lab/lab.js";
import { nowUs } from "./agents/send.js";
import { WATCHERS } from "./agents/watchers/registry.js";
import { repeat, type WatchConfig } from "./agents/watchers/watcher.js";

/** The same watchers as in a node's own observer, at work in this process; what they see is stamped when it arrives. */
export function watchFromHere(eyes: Eyes, config: WatchConfig, onMessage: (message: unknown) => void): Agent {
  const send = (message: Record<string, unknown>) => {
    onMessage({ us: nowUs(), ...message });
  };
  const tools = { ...eyes, send };
  const stops = WATCHERS.map((watch) => watch(config, tools));
  // That the way there is open is what we know of it: a stuck node and a quiet one look the same.
  const alive = repeat(config.aliveEveryMs, async () => {
    if ((await eyes.clock()) !== null) send({ watch: "alive" });
  });
  const end = () => {
    alive.stop();
    for (const stop of stops) stop();
    eyes.close();
  };
  return {
    ended: eyes.ended.finally(end),
    async stop() {
      end();
      await eyes.ended;
    },
  };
}
