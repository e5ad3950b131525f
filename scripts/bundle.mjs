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
  // ssh2 does without its native parts; its own modules ask for Node's by require(), and for their folder as CommonJS has it, when loaded.
  external: ["cpu-features"],
  loader: { ".node": "empty" },
  banner: {
    js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url); const __dirname = import.meta.dirname;',
  },
});
