import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
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
  // Of packages that come in two forms, the one that can be taken apart.
  mainFields: ["module", "main"],
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
await joinStart(command.metafile);
chmodSync(join(dist, "command.js"), 0o755);
writeFileSync(
  join(dist, "THIRD-PARTY-LICENSES.txt"),
  licenses([command.metafile, generators.metafile]),
);

/**
 * Joins the chunks that the command loads whatever it is called for into one: each file costs about as
 * much as what is in it. What is loaded late finds them under their own names, as names of that one.
 */
async function joinStart({ outputs }: Metafile): Promise<void> {
  const chunks = [...startOf(outputs, "dist/command.js")].map((path, index) => ({
    name: basename(path),
    exports: (outputs[path]?.exports ?? []).map((name) => [name, `${name}_${index}`] as const),
  }));
  const core = chunks.flatMap(({ name, exports }) =>
    exports.map(([own, joined]) => `export { ${own} as ${joined} } from "./${name}";`),
  );
  const others = Object.keys(outputs).filter(
    (path) => !chunks.some(({ name }) => path.endsWith(name)),
  );
  await build({
    ...shared,
    splitting: false,
    stdin: { contents: core.join("\n"), resolveDir: dist },
    external: [...shared.external, ...others.map((path) => `./${basename(path)}`)],
    outfile: join(dist, "command-core.js"),
  });
  for (const { name, exports } of chunks) {
    const names = exports.map(([own, joined]) => `${joined} as ${own}`).join(",");
    writeFileSync(join(dist, name), `export{${names}}from"./command-core.js";\n`);
  }
  const entry = await build({
    ...shared,
    splitting: false,
    entryPoints: [join(dist, "command.js")],
    external: [
      ...shared.external,
      "./command-core.js",
      ...others.map((path) => `./${basename(path)}`),
    ],
    write: false,
  });
  writeFileSync(join(dist, "command.js"), entry.outputFiles[0]?.text ?? "");
}

/** The chunks that an entry point imports at once, and those that they import. */
function startOf(outputs: Metafile["outputs"], entry: string): ReadonlySet<string> {
  const found = new Set<string>();
  const queue = [entry];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    for (const { path: next, kind, external } of outputs[path]?.imports ?? []) {
      if (kind !== "import-statement" || external === true || found.has(next)) continue;
      found.add(next);
      queue.push(next);
    }
  }
  return found;
}

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
