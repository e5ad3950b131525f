import { changes, repeat, type Watcher } from "./watcher.js";

/** crm_mon costs 12 ms of a core; once a second from every node, and at once when pacemaker has something to log. */
const EVERY_MS = 1_000;
const PACEMAKER_LOG = "/var/log/pacemaker/pacemaker.log";
/** The scheduler's and executor's lines that come with a change; the rest is housekeeping. */
const WORTH_A_LOOK = /(Result of|State transition|Transition \d+|peer is now|Initiating|Setting|fail-count)/;

/** What crm_mon says, as XML, whenever it says something new. */
export const watchCluster: Watcher = (config, { follow, output, send }) => {
  const isNew = changes();
  const [command, ...rest] = config.crmMon;
  if (command === undefined) return () => undefined;
  const looks = repeat(EVERY_MS * config.lookFactor, async () => {
    const xml = await output([command, ...rest], { TZ: "UTC" });
    if (xml !== null && isNew("xml", timeless(xml))) send({ watch: "cluster", xml });
  });
  const stopLog = follow(["tail", "-n", "0", "-F", PACEMAKER_LOG], (line) => {
    if (WORTH_A_LOOK.test(line)) looks.soon();
  });
  return () => {
    looks.stop();
    stopLog();
  };
};

/**
 * Without the parts that differ each time though nothing changed. Operations stay: a recurring monitor is written down again only
 * when its result changes, so they differ when there is something new.
 */
export function timeless(xml: string): string {
  return xml.replace(/<(last_update|pacemakerd|last_change)\b[^>]*>/g, "");
}
