import * as v from "valibot";
import { UserError } from "../../user-error.ts";
import { isChangePath, type Change, type FileImage } from "../change.ts";
import { hashText } from "../hash.ts";
import { isStatePath } from "../project-path.ts";
import type { DiskFile } from "../read-project.ts";

/** What one change of a run was, without the texts: those stand beside the record. */
export interface Entry {
  readonly path: string;
  readonly before: Mark | null;
  readonly after: Mark | null;
}

/** By what a file is known again. */
interface Mark {
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly sha256: string;
  /** Permission bits. */
  readonly mode: number;
}

const markSchema = v.nullable(
  v.object({
    sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
    mode: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0o777)),
  }),
);

const recordSchema = v.object({
  schemaVersion: v.literal(1),
  changes: v.array(
    v.object({
      path: v.pipe(v.string(), v.check(isChangePath, "a path that leaves the project")),
      before: markSchema,
      after: markSchema,
    }),
  ),
});

/** What the changes of a run were. */
export function recordOf(changes: readonly Change[]): readonly Entry[] {
  return changes.map(({ path, before, after }) => ({
    path,
    before: markOf(before),
    after: markOf(after),
  }));
}

/**
 * Whether a run takes bytes away that somebody else may have written: what puts them back has to
 * outlive a loss of power. What this package remembers can be made anew, and what is new was nobody's.
 */
export function takesBytes(entries: readonly Entry[]): boolean {
  return entries.some(({ path, before }) => before !== null && !isStatePath(path));
}

/** Prints the record of a run. */
export function formatRecord(entries: readonly Entry[]): string {
  return `${JSON.stringify({ schemaVersion: 1, changes: entries }, null, 2)}\n`;
}

/**
 * Parses the record of a run.
 *
 * @param where Its path, for the error.
 * @throws UserError when it is none: the project is then left as it is.
 */
export function parseRecord(text: string, where: string): readonly Entry[] {
  const record = v.safeParse(v.pipe(v.string(), v.parseJson(), recordSchema), text);
  if (record.success) return record.output.changes;
  throw new UserError(
    `${where} cannot be read (${record.issues[0].message}); nothing was written`,
    {
      hint: "Look at what stands beside it, keep what you need, and delete its folder.",
    },
  );
}

/** Whether what stands on disk is what a run found, or left; `null` for nothing. */
export function isMarked(disk: DiskFile, mark: Mark | null): boolean {
  if (disk.kind === "absent") return mark === null;
  return disk.kind === "text" && mark !== null && hashText(disk.text) === mark.sha256;
}

function markOf(image: FileImage | undefined): Mark | null {
  return image ? { sha256: hashText(image.text), mode: image.mode } : null;
}
