import { aptInstall, isRoot, which } from "./run-tool.mjs";
import { Fix } from "./steps.mjs";

/** The browser opens reports; nft shows whether a lab leaves the host's rules alone. */
const PACKAGES = ["chromium", "fonts-dejavu-core", "nftables"];
const HINT = `as root: apt-get install ${PACKAGES.join(" ")}`;

/** @type {import("./steps.mjs").Step} */
export const testToolsStep = {
  name: "Chromium and nft, which the tests look with",
  done: async () => {
    const found = [browser(), which("nft")];
    return found.includes(null) ? null : found.join(", ");
  },
  run: async () => {
    if (!isRoot())
      throw new Fix("not all are here, and only root can install them", `ask the administrator for: apt-get install ${PACKAGES.join(" ")}`);
    await aptInstall(PACKAGES, HINT);
    if (browser() === null)
      throw new Fix(
        "the package brought no chromium program",
        "install Chromium or Google Chrome another way, so that `chromium` is on the PATH",
      );
  },
};

/** The path of a browser for the tests: CHROMIUM, or one on the PATH; else null. */
export function browser() {
  return process.env.CHROMIUM ?? which("chromium") ?? which("chromium-browser") ?? which("google-chrome");
}
