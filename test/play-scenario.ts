import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, it } from "vitest";
import { folderTexts } from "./folder-tree.ts";
import { scenarios, type Scenario, type Updated } from "./scenarios.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** A way to two releases of the package. */
export interface Door {
  /** Makes a project in an empty folder as the earlier release does. */
  makeEarlier(folder: string, words: readonly string[]): Promise<void>;
  /** Runs the later release in a folder. */
  run(folder: string, words: readonly string[]): Promise<Updated>;
}

/** The files of a folder by path. */
type Files = ReadonlyMap<string, { readonly text: string; readonly mode: number }>;

/** What either release makes of the same words. */
interface Made {
  readonly earlier: Files;
  readonly now: Files;
}

/** Plays every scenario through a door, with either kind of line endings. */
export function describeScenarios(door: Door): void {
  const made = new Map<string, Promise<Made>>();
  const make = (words: readonly string[]): Promise<Made> => {
    const key = words.join(" ");
    const found = made.get(key) ?? makeBoth(door, words);
    made.set(key, found);
    return found;
  };
  describe.for([
    ["LF", "\n"],
    ["CRLF", "\r\n"],
  ] as const)("in a checkout with %s", ([, ending]) => {
    it.for(scenarios)("$title", async (scenario) => {
      await play(scenario, ending, door, await make(scenario.made ?? []));
    });
  });
}

async function makeBoth(door: Door, words: readonly string[]): Promise<Made> {
  const all = ["--platform", "docker", "--creator", "Example Org", "--defaults", ...words];
  const [then, today] = [temporaryFolder(), temporaryFolder()];
  await door.makeEarlier(then, all);
  await door.run(today, all);
  return { earlier: filesOf(then), now: filesOf(today) };
}

async function play(
  { play: act }: Scenario,
  ending: "\n" | "\r\n",
  door: Door,
  { earlier, now }: Made,
): Promise<void> {
  const folder = temporaryFolder();
  const raw = (path: string) => readFileSync(join(folder, path), "utf8");
  const read = (path: string) => raw(path).replaceAll("\r\n", "\n");
  const write = (path: string, text: string) =>
    writeFileSync(join(folder, path), text.replaceAll("\n", ending));
  for (const [path, { text, mode }] of earlier) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    if (isState(path)) writeFileSync(join(folder, path), text);
    else write(path, text);
    chmodSync(join(folder, path), mode);
  }
  await act({
    folder,
    ending,
    now: (path) => now.get(path)?.text ?? "",
    raw,
    read,
    edit: (path, change) => write(path, change(read(path))),
    update: (...words) => door.run(folder, ["--defaults", ...words]),
  });
}

function isState(path: string): boolean {
  return /^\.(mattermost-deployment|yo-rc)/.test(path);
}

function filesOf(folder: string): Files {
  const entries = Object.entries(folderTexts(folder));
  return new Map(
    entries.map(([path, text]) => [
      path,
      { text, mode: statSync(join(folder, path)).mode & 0o777 },
    ]),
  );
}
