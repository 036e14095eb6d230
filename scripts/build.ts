import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, type BuildOptions, type Metafile } from "esbuild";

/**
 * Builds `dist/`: the command as one bundle that loads its rarer parts late, each sub-generator where
 * `yo` looks for it, and the licences of the packages that are bundled.
 */
const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");
const shared = {
  absWorkingDir: root,
  bundle: true,
  // Loaded only when they are needed: for a dialogue, for YAML, by `yo`, by `smoke`.
  external: ["inquirer", "playwright-core", "ws", "yaml", "yeoman-generator"],
  platform: "node",
  format: "esm",
  target: "node20.17",
  splitting: true,
  metafile: true,
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  logLevel: "warning",
} as const satisfies BuildOptions;

rmSync(dist, { recursive: true, force: true });
const command = await build({
  ...shared,
  entryPoints: { command: "generators/_core/cli/command.ts" },
  chunkNames: "command-[name]-[hash]",
  outdir: "dist",
});
const generators = await build({
  ...shared,
  entryPoints: generatorEntries(),
  outbase: ".",
  chunkNames: "generators/[name]-[hash]",
  outdir: "dist",
});
chmodSync(join(dist, "command.js"), 0o755);
writeFileSync(
  join(dist, "THIRD-PARTY-LICENSES.txt"),
  licenses([command.metafile, generators.metafile]),
);

function generatorEntries(): string[] {
  return readdirSync(join(root, "generators"))
    .map((name) => `generators/${name}/index.ts`)
    .filter((path) => existsSync(join(root, path)));
}

function licenses(metafiles: readonly Metafile[]): string {
  const inputs = metafiles.flatMap(({ inputs: files }) => Object.keys(files));
  const packages = inputs.flatMap((path) => {
    const [, name] = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
    return name === undefined ? [] : [name];
  });
  return [...new Set(packages)].toSorted().map(licenseOf).join("\n");
}

function licenseOf(name: string): string {
  const folder = join(root, "node_modules", name);
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${name} is bundled and has no licence text`);
  return `${name}\n${"=".repeat(name.length)}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
}
