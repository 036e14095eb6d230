import { existsSync, lstatSync, readFileSync, readdirSync, readlinkSync } from "node:fs";
import { join, relative } from "node:path";

/**
 * Everything beneath a folder, by path: the text of a file with its permission bits and its time of
 * change, or where a link leads. Two equal trees mean that nothing was touched.
 */
export function folderTree(folder: string): Readonly<Record<string, string>> {
  if (!existsSync(folder)) return {};
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [relative(folder, path), describe(path)] as const;
      })
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** The texts of a tree without permissions and times, and without what only undoing needs. */
export function folderTexts(folder: string): Readonly<Record<string, string>> {
  const texts = Object.entries(folderTree(folder))
    .filter(([path]) => !path.startsWith(".mattermost-deployment/undo/"))
    .map(([path, text]) => [path, text.slice(text.indexOf("\n") + 1)] as const);
  return Object.fromEntries(texts);
}

function describe(path: string): string {
  const stats = lstatSync(path);
  const content = stats.isSymbolicLink() ? `-> ${readlinkSync(path)}` : readFileSync(path, "utf8");
  return `${stats.mode.toString(8)} ${stats.mtimeMs}\n${content}`;
}
