import { aptInstall, isRoot, which } from "./run-tool.mjs";
import { Fix } from "./steps.mjs";

const PACKAGES = ["chromium", "fonts-dejavu-core"];
const HINT = `as root: apt-get install ${PACKAGES.join(" ")}`;

/** @type {import("./steps.mjs").Step} */
export const chromiumStep = {
  name: "Chromium, which the report is looked at with",
  done: async () => browser(),
  run: async () => {
    if (!isRoot())
      throw new Fix("no Chromium here, and only root can install it", `ask the administrator for: apt-get install ${PACKAGES.join(" ")}`);
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
