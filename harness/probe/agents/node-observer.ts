import { reportLoad } from "./report-load.js";
import { configuration, endWithStdin, send } from "./send.js";
import { WITHIN, type WatchConfig } from "./watchers/watcher.js";
import { WATCHERS } from "./watchers/registry.js";

/** Runs inside a node, beside what it observes: an exec for every look would cost 33 ms and blur the times. */
const config = configuration() as WatchConfig;
const stops = WATCHERS.map((watch) => watch(config, WITHIN));
/** A quiet node and a stuck observer look the same from outside, but for this. */
setInterval(() => {
  send({ watch: "alive" });
}, config.aliveEveryMs);
reportLoad();

endWithStdin(() => {
  for (const stop of stops) stop();
});
