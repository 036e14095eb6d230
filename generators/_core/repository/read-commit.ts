import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The most of a git file that is read, in bytes. */
const limit = 8 * 1024 * 1024;

/**
 * Reads which commit a checkout stands at, without running git; `null` where that cannot be told.
 * A `.git` that points elsewhere is not followed.
 *
 * @param root An absolute path.
 */
export function readCommit(root: string): string | null {
  const head = readSmall(root, ".git/HEAD")?.trim() ?? "";
  if (isCommit(head)) return head;
  const [, reference] = /^ref: (refs\/[\w./-]+)$/.exec(head) ?? [];
  if (reference === undefined || reference.includes("..")) return null;
  const loose = readSmall(root, `.git/${reference}`)?.trim() ?? "";
  if (isCommit(loose)) return loose;
  const line = (readSmall(root, ".git/packed-refs") ?? "")
    .split("\n")
    .find((candidate) => candidate.endsWith(` ${reference}`));
  const packed = line?.split(" ")[0] ?? "";
  return isCommit(packed) ? packed : null;
}

function isCommit(text: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

/** A regular file behind no link, on the way to it either. */
function readSmall(root: string, path: string): string | undefined {
  const parts = path.split("/");
  try {
    for (let depth = 1; depth <= parts.length; depth += 1) {
      const stats = lstatSync(join(root, ...parts.slice(0, depth)));
      const isWanted = depth === parts.length ? stats.isFile() : stats.isDirectory();
      if (!isWanted || stats.size > limit) return undefined;
    }
    return readFileSync(join(root, path), "utf8");
  } catch {
    // No git here, or none that this account may read: the report then names no commit.
    return undefined;
  }
}
