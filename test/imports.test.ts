import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const core = "generators/_core/";
const modules = ["generators", "templates"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => join(folder, path)),
);

/** Which rooms of the library a room may import from, beside itself and the two files above all. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  mattermost: [],
  program: ["mattermost"],
  project: ["mattermost", "program"],
  repository: ["mattermost", "program", "project"],
  plan: ["mattermost", "program", "project", "repository"],
  audit: ["mattermost", "program", "project", "repository", "plan"],
  smoke: ["mattermost", "program", "project"],
  cli: ["mattermost", "program", "project", "repository", "plan", "audit", "smoke"],
};

/** The modules that may touch files, processes and the clock: their names say so. */
const touchesTheWorld =
  /(^|\/)(read-[\w-]+|apply-plan|hold-project|store-paths|write-(files|journal)|site-(client|socket|browser)|package-folder)\.ts$|^generators\/_core\/cli\/|^generators\/\w+\/index\.ts$/;

describe.for(modules)("%s", (path) => {
  const text = readFileSync(join(root, path), "utf8");
  const imports = [...text.matchAll(/(?:from|import\()\s*"([^"]+)"/g)].map(([, name = ""]) => name);
  const local = imports
    .filter((name) => name.startsWith("."))
    .map((name) => relative(root, join(root, dirname(path), name)));

  it("imports from rooms below its own", () => {
    const room = roomOf(path);
    if (room === undefined) return;
    const above = local
      .map(roomOf)
      .filter(
        (other) => other !== undefined && other !== room && !mayImport[room]?.includes(other),
      );
    expect(above).toEqual([]);
  });

  it("leaves files, processes and the clock to modules that are named for it", () => {
    if (touchesTheWorld.test(path)) return;
    const world = /^node:(fs|child_process|os|net|http|https|process)/;
    expect(imports.filter((name) => world.test(name))).toEqual([]);
    expect(text).not.toMatch(/\bnew Date\(\)|Date\.now\(|\bprocess\.(env|cwd|argv|std)/);
  });

  it("leaves Yeoman and the registry of platforms to the doors", () => {
    const isDoor = /^generators\/(\w+\/index|_core\/cli\/main)\.ts$/.test(path);
    const own = imports.filter((name) => /^yeoman|platforms\.gen/.test(name));
    if (!isDoor) expect(own).toEqual([]);
  });

  it("is no index that Yeoman would offer as a generator", () => {
    expect(path).not.toMatch(/^(templates|generators\/_core)\/(.*\/)?index\./);
  });
});

it("no index stands one level below the root, apart from those of generators", () => {
  const found = readdirSync(root, { withFileTypes: true })
    .filter(
      (entry) => entry.isDirectory() && !["node_modules", "dist", ".git"].includes(entry.name),
    )
    .flatMap(({ name }) =>
      readdirSync(join(root, name)).filter((file) => /^index\.[cm]?[jt]s$/.test(file)),
    );
  expect(found).toEqual([]);
});

function roomOf(path: string): string | undefined {
  if (!path.startsWith(core)) return undefined;
  const [room, rest] = path.slice(core.length).split("/");
  return rest === undefined ? undefined : room;
}
