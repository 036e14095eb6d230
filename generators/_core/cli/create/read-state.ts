import { packageVersion } from "../../package-folder.ts";
import type { DiskReader, DiskText } from "../../plan/read-project.ts";
import { lockPath, parseLock, type Lock } from "../../plan/state/lock.ts";
import type { Ownership } from "../../plan/state/ownership.ts";
import { configPath, parseProjectConfig } from "../../plan/state/project-config.ts";
import { parseStore, storePath } from "../../plan/state/stored-answers.ts";
import { UserError } from "../../user-error.ts";

/** What earlier runs and its users left of a project. */
export interface ProjectState {
  readonly lock: Lock | undefined;
  /** The text of `.yo-rc.json`, byte for byte. */
  readonly store: string | undefined;
  /** The answers in it, unparsed. */
  readonly stored: Readonly<Record<string, unknown>>;
  readonly ownership: Readonly<Record<string, Ownership>>;
}

/**
 * Reads the state of a project.
 *
 * @param disk The reader with which the run is planned, too.
 * @throws UserError when a part of it cannot be read.
 */
export async function readState(disk: DiskReader): Promise<ProjectState> {
  const store = readStateFile(disk, storePath)?.text;
  const lock = readStateFile(disk, lockPath)?.normalized;
  const config = readStateFile(disk, configPath)?.normalized;
  return {
    lock: lock === undefined ? undefined : parseLock(lock, packageVersion()),
    store,
    stored: parseStore(store),
    ownership: config === undefined ? {} : parseProjectConfig(await parseYaml(config)).ownership,
  };
}

function readStateFile(read: DiskReader, path: string): DiskText | undefined {
  const disk = read(path);
  if (disk.kind === "obstacle") {
    throw new UserError(`${path} cannot be read (${disk.what}); nothing was written`, {
      hint: "Move what stands there out of the way.",
    });
  }
  return disk.kind === "text" ? disk : undefined;
}

async function parseYaml(text: string): Promise<unknown> {
  const { parse, YAMLParseError } = await import("yaml");
  try {
    return parse(text, { maxAliasCount: 0 });
  } catch (cause) {
    if (!(cause instanceof YAMLParseError || cause instanceof ReferenceError)) throw cause;
    throw new UserError(`${configPath} is not YAML: ${cause.message}`, { cause });
  }
}
