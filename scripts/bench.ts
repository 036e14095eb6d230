import { execFileSync, spawnSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { median } from "./median.ts";

/**
 * Times this command beside others of its kind, in turn and in one run, and prints the median of
 * each with the ratios. The absolute times say nothing about another machine; the ratios do.
 */
const rounds = 15;
const root = join(import.meta.dirname, "..");
const cache = join(root, "node_modules/.cache/bench");
const peers = ["create-vite@9.3.0", "hygen@6.2.11", "yo@7.0.1"];

interface Contestant {
  readonly name: string;
  /** A Node program with its arguments, run in a folder that is new each time. */
  readonly words: readonly string[];
  /** A file that it must have made. */
  readonly makes: string | undefined;
  /** A folder that is copied to `out` before the clock runs. */
  readonly source?: string;
}

const work = mkdtempSync(join(tmpdir(), "bench-"));
try {
  chmodSync(work, 0o777);
  installPeers();
  const contestants = listContestants();
  for (const contestant of contestants) run(contestant, "warm-up");
  const times = new Map(contestants.map(({ name }) => [name, new Array<number>()]));
  for (let round = 0; round < rounds; round += 1) {
    for (const contestant of contestants) {
      times.get(contestant.name)?.push(run(contestant, String(round)));
    }
  }
  report(times);
} finally {
  rmSync(work, { recursive: true, force: true });
}

function installPeers(): void {
  execFileSync("npm", ["run", "--silent", "build"], { cwd: root, stdio: "inherit" });
  const pack = ["pack", "--silent", "--ignore-scripts", "--pack-destination", work];
  const tarball = execFileSync("npm", pack, { cwd: root, encoding: "utf8" }).trim();
  writeEmptyGenerator();
  mkdirSync(cache, { recursive: true });
  if (!existsSync(join(cache, "package.json"))) writeFileSync(join(cache, "package.json"), "{}\n");
  const packages = [...peers, join(work, tarball), join(cache, "generator-empty")];
  execFileSync("npm", ["install", "--silent", "--no-audit", "--ignore-scripts", ...packages], {
    cwd: cache,
    stdio: "inherit",
  });
}

/** A generator that does nothing: what `yo` and yeoman-generator cost by themselves. */
function writeEmptyGenerator(): void {
  const folder = join(cache, "generator-empty");
  mkdirSync(join(folder, "generators/app"), { recursive: true });
  const manifest = {
    name: "generator-empty",
    version: "1.0.0",
    type: "module",
    keywords: ["yeoman-generator"],
    dependencies: { "yeoman-generator": "^8.4.0" },
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  writeFileSync(
    join(folder, "generators/app/index.js"),
    'import Generator from "yeoman-generator";\nexport default class extends Generator {\n  nothing() {}\n}\n',
  );
}

function listContestants(): readonly Contestant[] {
  const modules = join(cache, "node_modules");
  const templates = join(work, "_templates/two/new");
  mkdirSync(templates, { recursive: true });
  for (const name of ["a", "b"]) {
    writeFileSync(join(templates, `${name}.ejs.t`), `---\nto: ${name}.txt\n---\n<%= name %>\n`);
  }
  const answers = ["--platform", "docker", "--creator", "Example Org", "--defaults"];
  const yo = join(modules, "yo/lib/cli.js");
  return [
    {
      name: "mattermost-deployment",
      words: [join(modules, "generator-mattermost-deployment/dist/command.js"), "out", ...answers],
      makes: "out/compose.yaml",
    },
    {
      name: "hygen, two files",
      words: [join(modules, "hygen/dist/bin.js"), "two", "new", "--name", "x"],
      makes: "b.txt",
    },
    {
      name: "create-vite",
      words: [
        join(modules, "create-vite/index.js"),
        "out",
        "--template",
        "vanilla",
        "--no-interactive",
      ],
      makes: "out/package.json",
    },
    {
      name: "yo mattermost-deployment",
      words: [yo, "mattermost-deployment", "out", ...answers],
      makes: "out/compose.yaml",
    },
    { name: "yo, empty generator", words: [yo, "empty"], makes: undefined },
    ...updates(join(modules, "generator-mattermost-deployment/dist/command.js"), answers),
  ];
}

/**
 * Updates of a project whose user has edited the README, to other answers: as it was made, and among
 * a thousand files of the user's own, where a script that was moved has to be found.
 */
function updates(command: string, answers: readonly string[]): readonly Contestant[] {
  const small = join(work, "small");
  execFileSync(process.execPath, [command, small, ...answers], { env: environment() });
  appendFileSync(join(small, "README.md"), "\nNotes of the maintainers.\n");
  const large = join(work, "large");
  cpSync(small, large, { recursive: true });
  renameSync(join(large, "bin/backup"), join(large, "bin/save"));
  mkdirSync(join(large, "notes"));
  for (let index = 0; index < 1000; index += 1) {
    writeFileSync(join(large, "notes", `${index}.txt`), `Note ${index}\n`.repeat(40));
  }
  const words = [command, "out", "--edition", "enterprise", "--defaults"];
  return [
    { name: "update", words, makes: "out/compose.yaml", source: small },
    { name: "update among 1,000 files", words, makes: "out/compose.yaml", source: large },
  ];
}

/** The wall time of one run, in seconds. */
function run({ name, words, makes, source }: Contestant, round: string): number {
  const cwd = join(work, `${name.replaceAll(/\W+/g, "-")}-${round}`);
  mkdirSync(cwd, { recursive: true });
  chmodSync(cwd, 0o777);
  if (source !== undefined) copyFor(ordinaryUser().uid, source, join(cwd, "out"));
  const start = process.hrtime.bigint();
  const { status, stderr, stdout } = spawnSync(process.execPath, words, {
    cwd,
    encoding: "utf8",
    env: environment(),
    input: "",
    ...ordinaryUser(),
  });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (status !== 0 || (makes !== undefined && !existsSync(join(cwd, makes)))) {
    throw new Error(
      `${name} failed (${status}) with ${readdirSync(cwd).join(", ")}\n${stdout}\n${stderr}`,
    );
  }
  rmSync(cwd, { recursive: true, force: true });
  return seconds;
}

function environment(): NodeJS.ProcessEnv {
  return {
    PATH: process.env["PATH"],
    HOME: work,
    CI: "true",
    HYGEN_TMPLS: join(work, "_templates"),
    NODE_PATH: [join(cache, "node_modules")].join(delimiter),
    NO_UPDATE_NOTIFIER: "1",
  };
}

function copyFor(uid: number | undefined, source: string, target: string): void {
  cpSync(source, target, { recursive: true });
  if (uid !== undefined) execFileSync("chown", ["-R", String(uid), target]);
}

/** `yo` refuses to work as root. */
function ordinaryUser(): { readonly uid?: number; readonly gid?: number } {
  return process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
}

function report(times: ReadonlyMap<string, readonly number[]>): void {
  const of = (name: string) => times.get(name) ?? [];
  console.log(`${rounds} rounds, in turn; Node ${process.version}; medians in seconds\n`);
  console.log("| command | median | fastest | slowest |\n| --- | --- | --- | --- |");
  for (const [name, list] of times) {
    const figures = [median(list), Math.min(...list), Math.max(...list)];
    console.log(`| ${name} | ${figures.map((figure) => figure.toFixed(3)).join(" | ")} |`);
  }
  console.log("\n| ratio, median of the rounds | value | bar |\n| --- | --- | --- |");
  const rows = [
    ["mattermost-deployment", "hygen, two files", "at most 1.00"],
    ["mattermost-deployment", "create-vite", "none"],
    ["yo mattermost-deployment", "yo, empty generator", "at most 1.15"],
    ["update", "mattermost-deployment", "at most 1.30"],
    ["update among 1,000 files", "hygen, two files", "0.6 s while hygen takes 0.3 s"],
  ] as const;
  for (const [own, other, bar] of rows) {
    const ratios = of(own).map((time, round) => time / (of(other)[round] ?? Number.NaN));
    console.log(`| ${own} / ${other} | ${median(ratios).toFixed(2)} | ${bar} |`);
  }
}
