import { lstatSync, truncateSync } from "node:fs";
import { dirname } from "node:path";
import { halved } from "./faulty-disk.ts";
import { interceptDisk, pretendStored } from "./intercepted-disk.ts";

/** What a disk holds of an action so far, and what is still on its way there. */
interface Pending {
  /** The files whose content would be lost. */
  readonly files: ReadonlySet<string>;
  /** The folders in which names would be lost. */
  readonly folders: ReadonlySet<string>;
}

/** A call by which a file or folder that stood at a path is replaced or goes. */
export type Replaced = (path: string, pending: Pending) => void;

/**
 * Runs an action on a disk that keeps what is written to itself until it is told to store it, and
 * says of each file that goes what is not stored at that moment.
 *
 * @returns How often the disk was told to store something.
 */
export async function onVolatileDisk(
  action: () => Promise<void>,
  replaced: Replaced,
): Promise<number> {
  return (await runVolatile(action, replaced, undefined)).stored;
}

/**
 * Runs an action and cuts the power at its write number `at`, from 0: names arrive in their order, as
 * with a file system that keeps a journal of them; what stands in a file only when it was stored.
 *
 * @returns Whether that write was reached.
 */
export async function withPowerCut(at: number, action: () => Promise<void>): Promise<boolean> {
  return (await runVolatile(action, () => undefined, at)).isCut;
}

async function runVolatile(
  action: () => Promise<void>,
  replaced: Replaced,
  cutAt: number | undefined,
) {
  const files = new Set<string>();
  const folders = new Set<string>();
  const opened = new Map<unknown, string>();
  let [count, stored, isCut] = [0, 0, false];
  const gone = (path: string) => {
    if (isFile(path)) replaced(path, { files, folders });
    for (const known of [files, folders])
      for (const one of known) if (isBeneath(one, path)) known.delete(one);
    folders.add(dirname(path));
  };
  const move = (from: string, to: string) => {
    const moved = [...files].filter((one) => isBeneath(one, from));
    gone(to);
    for (const one of moved) files.delete(one);
    for (const one of moved) files.add(to + one.slice(from.length));
    folders.add(dirname(from)).add(dirname(to));
  };
  try {
    await interceptDisk((name, args, proceed) => {
      const [path, to] = args.map(String);
      if (path === undefined) throw new Error(`${name} was called with nothing`);
      if (name === "openSync") {
        const file = proceed();
        opened.set(file, path);
        return file;
      }
      if (isCut || count === cutAt) {
        if (!isCut && name === "writeFileSync") {
          proceed(halved(args));
          files.add(path);
        }
        isCut = true;
        throw new Error("the power is gone");
      }
      count += 1;
      if (name === "renameSync" && to !== undefined) move(path, to);
      if (name === "rmSync" || name === "rmdirSync") gone(path);
      if (name === "mkdirSync") folders.add(dirname(path)).add(path);
      const result = name === "fsync" ? pretendStored(args) : proceed();
      if (name === "writeFileSync") {
        folders.add(dirname(path));
        if (isFlushed(args[2])) stored += 1;
        else files.add(path);
      }
      if (name === "fsync") {
        const own = opened.get(args[0]) ?? "";
        files.delete(own);
        folders.delete(own);
        stored += 1;
      }
      return result;
    }, action);
  } catch (error) {
    if (!isCut) throw error;
  }
  if (isCut) for (const path of files) if (isFile(path)) truncateSync(path);
  return { stored, isCut };
}

function isFlushed(options: unknown): boolean {
  return typeof options === "object" && options !== null && "flush" in options && !!options.flush;
}

function isBeneath(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

function isFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
