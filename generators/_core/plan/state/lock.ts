import * as v from "valibot";
import { compareVersions, parseVersion } from "../../mattermost/version.ts";
import { UserError } from "../../user-error.ts";
import { migrateLock } from "./migrate-lock.ts";
import { ownerships, type Ownership } from "./ownership.ts";
import { isProjectPath, stateFolder } from "../project-path.ts";

/** How far a file has come. */
export type FileState =
  /** It holds what was rendered, and what the user made of it. */
  | "settled"
  /** Both sides changed it; it stands as the user left it, and waits. */
  | "conflict"
  /** Both sides changed it, and both stand in it, between markers. */
  | "markers"
  /** The user deleted it. */
  | "deleted";

/** What a file was when it was last rendered and settled. */
export interface LockedFile {
  readonly ownership: Ownership;
  /** SHA-256 of the rendered text, in hexadecimal. The text itself stands under {@link basePath}. */
  readonly sha256: string;
  readonly isExecutable: boolean;
  readonly state: FileState;
  /** Where the user moved it, when it is not at its own path. */
  readonly at?: string;
}

/** What an earlier run left of a project, so that the next one can tell whose change is whose. */
export interface Lock {
  /** The version of this package that wrote it, `X.Y.Z`. */
  readonly generator: string;
  /** The revision of the program, `YYYY-MM-DD`. */
  readonly program: string;
  /** Whether the project was there before this package: its installation is the user's own. */
  readonly isAdopted: boolean;
  readonly files: Readonly<Record<string, LockedFile>>;
}

/** Where the lock stands in a project. */
export const lockPath = `${stateFolder}/lock.json`;

/** Where the text of a file stands as it was last rendered. */
export function basePath(path: string): string {
  return `${stateFolder}/base/${path}`;
}

/** The version of the lock's own shape; see `migrate-lock.ts` for the ones before. */
export const lockVersion = 2;

const path = v.pipe(v.string(), v.check(isProjectPath, "a path that leaves the project"));

const lockSchema = v.object({
  schemaVersion: v.literal(lockVersion),
  generator: v.pipe(v.string(), v.regex(/^\d+\.\d+\.\d+/)),
  program: v.string(),
  isAdopted: v.boolean(),
  files: v.pipe(
    v.unknown(),
    v.check((files) => !Array.isArray(files), "a list where an object is expected"),
    v.record(
      path,
      v.object({
        ownership: v.picklist(ownerships),
        sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
        isExecutable: v.boolean(),
        state: v.picklist(["settled", "conflict", "markers", "deleted"]),
        at: v.exactOptional(path),
      }),
    ),
    v.rawCheck(({ dataset, addIssue }) => {
      const places = dataset.typed ? Object.values(dataset.value).flatMap(({ at = [] }) => at) : [];
      const twice = places.find((at, index) => places.indexOf(at) !== index);
      if (twice !== undefined) addIssue({ message: `two files are at ${twice}` });
    }),
  ),
});

/**
 * Parses the text of a lock, of this release or an earlier one.
 *
 * @param running The version of this package, `X.Y.Z`.
 * @throws UserError when it is no lock, or one that a later release of this package wrote.
 */
export function parseLock(text: string, running: string): Lock {
  const value = parseJson(text);
  requireRelease(value, running);
  const lock = v.safeParse(lockSchema, migrateLock(value));
  if (lock.success) return lock.output;
  const [issue] = lock.issues;
  const where = v.getDotPath(issue) ?? "at its top level";
  throw brokenLock(`${where}: ${issue.message}`);
}

/** A later release knows of files and rules that this one would take back. */
function requireRelease(value: unknown, running: string): void {
  const writer = v.safeParse(v.object({ generator: v.string() }), value);
  const [written, own] = [writer.success ? writer.output.generator : "", running].map(parseVersion);
  if (!written || !own || compareVersions(written, own) <= 0) return;
  const version = `${written.major}.${written.minor}.${written.patch}`;
  throw new UserError(
    `${lockPath} was written by release ${version}, this is ${running}; nothing was written`,
    { hint: `Install generator-mattermost-deployment@${version} or later.` },
  );
}

/** Prints a lock, the same one always alike. */
export function formatLock(lock: Lock): string {
  const files = Object.entries(lock.files).sort(([a], [b]) => (a < b ? -1 : 1));
  const value = {
    schemaVersion: lockVersion,
    generator: lock.generator,
    program: lock.program,
    isAdopted: lock.isAdopted,
    files: Object.fromEntries(files),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw brokenLock("it is not JSON", cause);
  }
}

function brokenLock(problem: string, cause?: unknown): UserError {
  return new UserError(`${lockPath} cannot be read (${problem}); nothing was written`, {
    hint: "Restore it from version control, or delete it: files that differ are then left as they are.",
    cause,
  });
}
