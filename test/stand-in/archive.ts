import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { cacheFolder } from "../machines/cache-folder.ts";
import { execute } from "../machines/execute.ts";
import { buildProgram } from "./program.ts";
import type { Release } from "./server/release.ts";

/** The two versions that most tests need: the one that projects pin, and a newer one that migrates. */
export const current: Release = { version: "11.7.9", schema: 159, faults: [] };
export const newer: Release = { version: "11.7.10", schema: 160, faults: [] };

/** The editions, which differ in the names of archives and images and in nothing else here. */
export type Edition = "team" | "enterprise";

/** The name of the archive of a version, as on releases.mattermost.com. */
export function archiveName({ version, isEnterprise = false }: Release): string {
  return `mattermost-${isEnterprise ? "" : "team-"}${version}-linux-amd64.tar.gz`;
}

/**
 * Lays an installation out in `folder`, as `mattermost.md` section 4.1 lists it (no `data/`), with
 * `stand-in/` beside it.
 */
export async function layOut(release: Release, folder: string): Promise<void> {
  const program = await buildProgram();
  for (const name of folders) mkdirSync(join(folder, name), { recursive: true });
  for (const [path, text] of Object.entries(texts(release)))
    writeFileSync(join(folder, path), text, {
      mode: path === "config/config.json" ? 0o600 : 0o644,
    });
  for (const name of ["mattermost", "mmctl"])
    copyFileSync(join(program, "launcher"), join(folder, "bin", name));
  cpSync(join(program, "lib"), join(folder, "stand-in/lib"), { recursive: true });
  copyFileSync(join(program, "server.mjs"), join(folder, "stand-in/server.mjs"));
  copyFileSync(join(program, "node"), join(folder, "stand-in/node"));
}

/** Packs the archive of a version, into the cache, and returns its path. */
export async function packArchive(release: Release): Promise<string> {
  const program = await buildProgram();
  const target = join(program, "archives", release.faults.join("+"), archiveName(release));
  if (existsSync(target)) return target;
  mkdirSync(dirname(target), { recursive: true });
  const folder = mkdtempSync(join(cacheFolder, "packing-"));
  try {
    await layOut(release, join(folder, "mattermost"));
    const file = join(folder, basename(target));
    const owner = ["--owner=0", "--group=0", "--numeric-owner"];
    await execute("tar", ["-C", folder, ...owner, "-I", "gzip -1", "-cf", file, "mattermost"]);
    renameSync(file, target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return target;
}

const folders = [
  "bin",
  "client",
  "config",
  "fonts",
  "i18n",
  "logs",
  "prepackaged_plugins",
  "templates",
  "stand-in",
];

function texts(release: Release): Readonly<Record<string, string>> {
  const notice = "This is a stand-in for tests and no Mattermost server.\n";
  return {
    "NOTICE.txt": notice,
    "README.md": notice,
    "MIT-COMPILED-LICENSE.md": notice,
    "manifest.txt": "",
    "client/root.html": `<!DOCTYPE html>\n<html lang="en"><title>Mattermost</title>${notice}</html>\n`,
    "config/README.md": notice,
    // Most of the real one's settings are left out: the server fills in what is missing.
    "config/config.json": `${JSON.stringify({ ServiceSettings: { SiteURL: "" } }, null, 4)}\n`,
    "fonts/README.md": notice,
    "i18n/en.json": "[]\n",
    "templates/README.md": notice,
    "stand-in/release.json": `${JSON.stringify(release)}\n`,
  };
}
