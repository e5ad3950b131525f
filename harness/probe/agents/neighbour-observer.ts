import { readNeighbour } from "./read-neighbour.js";
import { reportLoad } from "./report-load.js";
import { configuration, endWithStdin, send } from "./send.js";
import { changes, follow, output } from "./watchers/watcher.js";

/** Runs in the client: who answers for the addresses, as its neighbour table has it, by rtnetlink's notifications (ip-monitor(8)). */
export interface NeighbourConfig {
  addresses: string[];
}

const config = configuration() as NeighbourConfig;
const isNew = changes();

reportLoad();
endWithStdin(
  follow(
    ["ip", "-o", "monitor", "neigh"],
    (line) => {
      const seen = readNeighbour(line);
      if (seen !== null && config.addresses.includes(seen.address)) tell(seen.address, seen.mac, false);
    },
    () => void firstLook(),
  ),
);

/** Notifications tell changes only; what is known already is read once they are listened to. An address that nobody answers for is told too. */
async function firstLook(): Promise<void> {
  const table = ((await output(["ip", "-o", "neigh", "show"])) ?? "").split("\n").map(readNeighbour);
  for (const address of config.addresses) tell(address, table.find((entry) => entry?.address === address)?.mac ?? null, true);
}

function tell(address: string, mac: string | null, initial: boolean): void {
  if (isNew(address, mac ?? "")) send({ address, mac, initial });
}
