import { HachaosError } from "../kernel/errors.js";
import { suggestName } from "../kernel/nearest-name.js";
import { containersProvider } from "./containers/containers-provider.js";
import { fakeProvider } from "./fake/fake-provider.js";
import { sshProvider } from "./machines/ssh-provider.js";
import type { Provider } from "./provider.js";
import { vmProvider } from "./vm/vm-provider.js";

/** What makes labs: one file and one line here for each. */
export const PROVIDERS: Provider[] = [containersProvider, vmProvider, sshProvider, fakeProvider];

/** Finds a provider by name; throws `unknown-name` with the nearest one. */
export function providerOf(name: string): Provider {
  const provider = PROVIDERS.find((candidate) => candidate.name === name);
  if (!provider)
    throw new HachaosError("unknown-name", `there is no provider ${name}`, {
      hint: suggestName(
        name,
        PROVIDERS.map((known) => known.name),
      ),
    });
  return provider;
}
