import { configuration, endWithStdin } from "./send.js";
import type { WatchConfig } from "./watchers/watcher.js";
import { WATCHERS } from "./watchers/registry.js";

/** Runs inside a node, beside what it observes: an exec for every look would cost 33 ms and blur the times. */
const config = configuration() as WatchConfig;
const stops = WATCHERS.map((watch) => watch(config));

endWithStdin(() => {
  for (const stop of stops) stop();
});
