import * as v from "valibot";
import { compareVersions, parseVersion } from "../mattermost/version.ts";
import { UserError } from "../user-error.ts";
import { isProjectPath, stateFolder } from "./project-path.ts";

/** What a file was when it was last rendered and settled. */
export interface LockedFile {
  /** SHA-256 of the rendered text, in hexadecimal. The text itself stands under {@link basePath}. */
  readonly sha256: string;
  readonly isExecutable: boolean;
}

/** What an earlier run left of a project, so that the next one can tell whose change is whose. */
export interface Lock {
  /** The version of this package that wrote it, `X.Y.Z`. */
  readonly generator: string;
  /** The revision of the program, `YYYY-MM-DD`. */
  readonly program: string;
  readonly files: Readonly<Record<string, LockedFile>>;
}

/** Where the lock stands in a project. */
export const lockPath = `${stateFolder}/lock.json`;

/** Where the text of a file stands as it was last rendered. */
export function basePath(path: string): string {
  return `${stateFolder}/base/${path}`;
}

const schemaVersion = 1;

const lockSchema = v.object({
  schemaVersion: v.literal(schemaVersion),
  generator: v.pipe(v.string(), v.regex(/^\d+\.\d+\.\d+/)),
  program: v.string(),
  files: v.pipe(
    v.unknown(),
    v.check((files) => !Array.isArray(files), "a list where an object is expected"),
    v.record(
      v.pipe(v.string(), v.check(isProjectPath, "a path that leaves the project")),
      v.object({
        sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
        isExecutable: v.boolean(),
      }),
    ),
  ),
});

/**
 * Parses the text of a lock.
 *
 * @param running The version of this package, `X.Y.Z`.
 * @throws UserError when it is no lock, or one that a later release of this package wrote.
 */
export function parseLock(text: string, running: string): Lock {
  const value = parseJson(text);
  requireRelease(value, running);
  const lock = v.safeParse(lockSchema, value);
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
    schemaVersion,
    generator: lock.generator,
    program: lock.program,
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
