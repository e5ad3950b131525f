import type { Reach } from "../containers/reach.js";

type OverSsh = Pick<Reach, "run" | "stream" | "interact">;

/** The same machine, where everything is done as root: whoever is not root there becomes it by sudo(8), which asks nothing. */
export function asRoot(reach: OverSsh, user: string): OverSsh {
  if (user === "root") return reach;
  const sudo = (argv: readonly string[]) => withSudo(argv, user);
  return {
    run(argv, { env = {}, ...options }) {
      // sudo keeps nothing of the environment (sudoers(5), env_reset).
      const settings = Object.entries(env).map(([key, value]) => `${key}=${value}`);
      return reach.run(sudo(settings.length === 0 ? argv : ["env", ...settings, ...argv]), options);
    },
    stream: (argv, onMessage) => reach.stream(sudo(argv), onMessage),
    interact: (argv, streams) => reach.interact(sudo(argv), streams),
  };
}

export function withSudo(argv: readonly string[], user: string): string[] {
  return user === "root" ? [...argv] : ["sudo", "-n", "--", ...argv];
}
