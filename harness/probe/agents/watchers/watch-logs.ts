import type { Watcher } from "./watcher.js";

/** The CIB's own bookkeeping: many lines for every change, none of which says what happened. */
const NOISE =
  /\((cib_process_ping|cib_process_request|cib_perform_op|cib_file_\w+|cib_notify\w*|process_ping_reply|pcmk__ipc_\w+|pcmk__remote_\w+|qb_\w+)\)/;

/** Log lines of the daemons as they are written. */
export const watchLogs: Watcher = (config, { follow, send }) => {
  const stops = config.logs.map(({ source, file }) =>
    follow(["tail", "-n", "0", "-F", file], (text) => {
      if (text !== "" && !NOISE.test(text)) send({ watch: "log", source, text });
    }),
  );
  return () => {
    for (const stop of stops) stop();
  };
};
