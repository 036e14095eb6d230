import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "../../package-folder.ts";

/** The templates of one platform: what is emitted, and the fragments that it includes. */
export interface TemplateSet {
  /** Template texts by the path that they are emitted at: POSIX, relative to the project. */
  readonly files: ReadonlyMap<string, string>;
  /**
   * Reads the fragment of the name that `include` gives it: `readme/install.md`. `undefined` where
   * there is none.
   */
  readonly partial: (name: string) => string | undefined;
}

/**
 * Reads the shared templates and those of a platform, which come before shared ones of the same
 * name, from where they stand in the package.
 *
 * @param platform Left out, the shared ones alone.
 */
export function readTemplates(platform?: string): TemplateSet {
  const names = platform === undefined ? ["_shared"] : ["_shared", platform];
  const folders = names.map((name) => join(packageFolder(), "templates", name));
  return {
    files: new Map(folders.flatMap((folder) => readFolder(join(folder, "files")))),
    partial: (name) => {
      const paths = folders.map((folder) => join(folder, "partials", `${name}.ejs`));
      const path = paths.findLast((candidate) => existsSync(candidate));
      return path === undefined ? undefined : readFileSync(path, "utf8");
    },
  };
}

function readFolder(folder: string, prefix = ""): readonly (readonly [string, string])[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = prefix === "" ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory()) return readFolder(folder, path);
    if (!path.endsWith(".ejs")) return [];
    return [[path.slice(0, -".ejs".length), readFileSync(join(folder, path), "utf8")] as const];
  });
}
