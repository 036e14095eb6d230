import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

interface RawLock {
  readonly files: Record<string, { sha256: string }>;
}

/**
 * Makes a project what an earlier release would have made of it, in one file: the file, its base and
 * its hash in the lock. The file keeps its line endings.
 *
 * @param earlier What that release wrote, by what this one writes.
 */
export function makeEarlier(folder: string, path: string, earlier: (text: string) => string): void {
  const base = join(folder, basePath(path));
  const disk = join(folder, path);
  const text = earlier(readFileSync(base, "utf8"));
  const isCrlf = readFileSync(disk, "utf8").includes("\r\n");
  writeFileSync(base, text);
  writeFileSync(disk, isCrlf ? text.replaceAll("\n", "\r\n") : text);
  editLock(folder, ({ files }) => {
    const file = files[path];
    if (!file) throw new Error(`the lock knows nothing of ${path}`);
    file.sha256 = createHash("sha256").update(text).digest("hex");
  });
}

/** Makes a project what a release would have made of it that emitted a file somewhere else. */
export function makeRenamed(folder: string, path: string, former: string): void {
  for (const [from, to] of [
    [path, former],
    [basePath(path), basePath(former)],
  ] as const) {
    mkdirSync(dirname(join(folder, to)), { recursive: true });
    renameSync(join(folder, from), join(folder, to));
  }
  editLock(folder, ({ files }) => {
    const file = files[path];
    if (!file) throw new Error(`the lock knows nothing of ${path}`);
    files[former] = file;
    delete files[path];
  });
}

function basePath(path: string): string {
  return join(".mattermost-deployment/base", path);
}

function editLock(folder: string, edit: (lock: RawLock) => void): void {
  const path = join(folder, ".mattermost-deployment/lock.json");
  const lock: RawLock = JSON.parse(readFileSync(path, "utf8"));
  edit(lock);
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
}
