// Makes one file of each program that hachaos lays into a lab's containers, where there are no packages.
import { build } from "esbuild";

await build({
  entryPoints: { "keeper/bundle": "dist/harness/keeper/main.js", "lab/vm/chassis/bundle": "dist/harness/lab/vm/chassis/main.js" },
  outdir: "dist/harness",
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  logLevel: "warning",
  // ssh2 does without its native parts, and its own modules ask for Node's by require().
  external: ["cpu-features"],
  loader: { ".node": "empty" },
  banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
});
