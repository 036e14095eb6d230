import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { requirements } from "../generators/_core/program/requirements.gen.ts";
import { emit } from "../test/projects.ts";
import { median } from "./median.ts";

/**
 * Times `check` beside repolinter, the one other auditor of repositories that npm has, on the same
 * trees in one run: a repository of 200 files from a cold start, and 1,000 repositories in one
 * process with two threads.
 *
 * repolinter gets one rule for each requirement that text or a file can show: patterns of a few words
 * over the README, and the existence of a changelog.
 */
const rounds = 11;
const repositories = 1000;
const root = join(import.meta.dirname, "..");
const cache = join(root, "node_modules/.cache/bench-check");
const command = join(root, "dist/command.js");

const ruleset = {
  version: 2,
  axioms: {},
  rules: Object.fromEntries([
    ...requirements.map(({ id }) => [id, textRule(wordsOf(id))] as const),
    [
      "changelog",
      {
        level: "error",
        rule: { type: "file-existence", options: { globsAny: ["CHANGELOG*"], nocase: true } },
      },
    ],
  ]),
};

const projects = new Map<number, ReadonlyMap<string, string>>();
const work = mkdtempSync(join(tmpdir(), "bench-check-"));
try {
  execFileSync("npm", ["run", "--silent", "build"], { cwd: root, stdio: "inherit" });
  const repolinter = installRepolinter();
  console.log(`Node ${process.version}, ${rounds} rounds in turn\n`);
  await timeCold(repolinter);
  await timeMany(repolinter);
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function timeCold(repolinter: string): Promise<void> {
  const folder = join(work, "large");
  await writeRepository(folder, 0, 200);
  const rules = join(work, "ruleset.json");
  writeFileSync(rules, JSON.stringify(ruleset));
  const contestants = [
    ["check", [command, "check", folder]],
    ["repolinter", [repolinter, "lint", folder, "--dryRun", "--rulesetFile", rules]],
  ] as const;
  const times = new Map(contestants.map(([name]) => [name as string, new Array<number>()]));
  for (let round = -1; round < rounds; round += 1) {
    for (const [name, words] of contestants) {
      const seconds = run(words);
      if (round >= 0) times.get(name)?.push(seconds);
    }
  }
  console.log(
    "| a repository of 200 files, from a cold start | seconds | bar |\n| --- | --- | --- |",
  );
  print(times, "0.35", (value) => value.toFixed(3));
}

async function timeMany(repolinter: string): Promise<void> {
  const folders = Array.from({ length: repositories }, (_, index) => join(work, `many/${index}`));
  for (const [index, folder] of folders.entries()) await writeRepository(folder, index, 0);
  const script = join(work, "worker.mjs");
  await build({
    entryPoints: [join(root, "scripts/bench-check-worker.ts")],
    outfile: script,
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "warning",
  });
  const path = join(dirname(repolinter), "../index.js");
  const start = (other?: string) =>
    [0, 1].map(() => new Worker(script, { workerData: { repolinter: other, ruleset } }));
  const teams = new Map([
    ["check", start()],
    ["repolinter", start(path)],
  ]);
  const rates = new Map([...teams.keys()].map((name) => [name, new Array<number>()]));
  for (let round = -1; round < 3; round += 1) {
    for (const [name, workers] of teams) {
      const rate = await perSecond(folders, workers);
      if (round >= 0) rates.get(name)?.push(rate);
    }
  }
  await Promise.all([...teams.values()].flat().map((worker) => worker.terminate()));
  console.log(`\n| ${repositories} repositories in one process of two threads | a second | bar |`);
  console.log("| --- | --- | --- |");
  print(rates, "200", (value) => value.toFixed(0));
}

async function perSecond(folders: readonly string[], workers: readonly Worker[]): Promise<number> {
  const start = process.hrtime.bigint();
  const share = Math.ceil(folders.length / workers.length);
  await Promise.all(
    workers.map((worker, index) => {
      worker.postMessage(folders.slice(index * share, (index + 1) * share), []);
      return once(worker, "message");
    }),
  );
  return folders.length / (Number(process.hrtime.bigint() - start) / 1e9);
}

function print(
  times: ReadonlyMap<string, readonly number[]>,
  bar: string,
  format: (value: number) => string,
): void {
  const [own = [], other = []] = times.values();
  for (const [name, list] of times) {
    console.log(`| ${name} | ${format(median(list))} | ${name === "check" ? bar : ""} |`);
  }
  const ratios = own.map((value, round) => value / (other[round] ?? Number.NaN));
  console.log(`| check / repolinter | ${median(ratios).toFixed(2)} | |`);
}

/** The wall time of one run, in seconds. Findings end repolinter with 1. */
function run(words: readonly string[]): number {
  const start = process.hrtime.bigint();
  const { status, stderr, stdout } = spawnSync(process.execPath, words, { encoding: "utf8" });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (status === null || status > 1 || stdout.length < 100) {
    throw new Error(`${words.join(" ")} ended with ${status}\n${stdout}${stderr}`);
  }
  return seconds;
}

/** An emitted project, each with a README of its own, with as many more files as it takes. */
async function writeRepository(folder: string, index: number, files: number): Promise<void> {
  const own = [...(await emitted(index % 6))].map(
    ([path, text]) => [path, path === "README.md" ? `${text}\nNumber ${index}.\n` : text] as const,
  );
  const more = Array.from({ length: Math.max(0, files - own.length) }, (_, number) => {
    const text = `# Notes ${number}\n\n${"How the pieces of this deployment fit together.\n".repeat(40)}`;
    return [`notes/${number % 7}/${number}.md`, text] as const;
  });
  for (const [path, text] of [...own, ...more]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** The files of one of six projects; rendering each thousand times is not what is timed. */
async function emitted(kind: number): Promise<ReadonlyMap<string, string>> {
  const known = projects.get(kind);
  if (known) return known;
  const platform = kind % 2 === 0 ? "linux" : "docker";
  const tier = ["community", "registered", "certified"][kind % 3];
  const { files } = await emit({ platform, tier });
  projects.set(kind, files);
  return files;
}

function wordsOf(id: string): string {
  return id.replaceAll("-", ".{1,40}");
}

function textRule(content: string): object {
  const options = { globsAll: ["README*"], content, nocase: true, flags: "i" };
  return { level: "error", rule: { type: "file-contents", options } };
}

function installRepolinter(): string {
  mkdirSync(cache, { recursive: true });
  if (!existsSync(join(cache, "package.json"))) writeFileSync(join(cache, "package.json"), "{}\n");
  const install = ["install", "--silent", "--no-audit", "--ignore-scripts", "repolinter@0.12.0"];
  execFileSync("npm", install, { cwd: cache, stdio: "inherit" });
  return join(cache, "node_modules/repolinter/bin/repolinter.js");
}
