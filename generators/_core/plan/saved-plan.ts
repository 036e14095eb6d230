import * as v from "valibot";
import { UserError } from "../user-error.ts";
import { isChangePath, type Change } from "./change.ts";
import { hashText } from "./hash.ts";
import type { DiskFile } from "./read-project.ts";

/** A plan as it stands in a file, to be read and then carried out. */
export interface SavedPlan {
  /** What each path must hold, and what it is to hold. */
  readonly changes: readonly {
    readonly path: string;
    /** What stands there: the SHA-256 of its bytes, in hexadecimal; `null` for nothing. */
    readonly before: { readonly sha256: string; readonly mode: number } | null;
    readonly after: { readonly text: string; readonly mode: number } | null;
  }[];
  /** The files that stay in conflict. */
  readonly conflicts: readonly string[];
}

const mode = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0o777));

const planSchema = v.object({
  schemaVersion: v.literal(1),
  generator: v.string(),
  changes: v.pipe(
    v.array(
      v.object({
        path: v.pipe(v.string(), v.check(isChangePath, "a path that leaves the project")),
        before: v.nullable(
          v.object({ sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)), mode }),
        ),
        after: v.nullable(v.object({ text: v.string(), mode })),
      }),
    ),
    v.rawCheck(({ dataset, addIssue }) => {
      const paths = dataset.typed ? dataset.value.map(({ path }) => path) : [];
      const twice = paths.find((path, index) => paths.indexOf(path) !== index);
      if (twice !== undefined) addIssue({ message: `${twice} stands there twice` });
    }),
  ),
  conflicts: v.array(v.string()),
});

/**
 * Prints the changes of a plan.
 *
 * @param conflicts The files that stay in conflict.
 * @param generator The version of this package.
 */
export function formatSavedPlan(
  changes: readonly Change[],
  conflicts: readonly string[],
  generator: string,
): string {
  const saved = changes.map(({ path, before, after }) => ({
    path,
    before: before ? { sha256: hashText(before.text), mode: before.mode } : null,
    after: after ?? null,
  }));
  const plan = { schemaVersion: 1, generator, conflicts, changes: saved };
  return `${JSON.stringify(plan, null, 2)}\n`;
}

/** Whether a text is a saved plan, of whatever release. */
export function isSavedPlan(text: string): boolean {
  return v.is(v.pipe(v.string(), v.parseJson(), planSchema), text);
}

/**
 * Parses a saved plan.
 *
 * @param where The path of its file, for errors.
 * @param running The version of this package: a plan holds for the release that made it.
 * @throws UserError when it is none.
 */
export function parseSavedPlan(text: string, where: string, running: string): SavedPlan {
  const plan = v.safeParse(v.pipe(v.string(), v.parseJson(), planSchema), text);
  if (!plan.success) {
    const [issue] = plan.issues;
    const key = v.getDotPath(issue);
    throw new UserError(
      `${where}: found no saved plan (${key === null ? "" : `${key}: `}${issue.message}); nothing was written`,
      { hint: "Make one with --plan FILE." },
    );
  }
  if (plan.output.generator !== running) {
    throw new UserError(
      `${where} was made by release ${plan.output.generator}, this is ${running}; nothing was written`,
      { hint: "Make the plan again." },
    );
  }
  return plan.output;
}

/**
 * The changes of a saved plan, for a tree that still is what it was when the plan was made.
 *
 * @throws UserError naming every path that is something else by now.
 */
export function changesOf({ changes }: SavedPlan, disk: (path: string) => DiskFile): Change[] {
  const problems: string[] = [];
  const found = changes.map(({ path, before, after }): Change => {
    const there = disk(path);
    const now = there.kind === "text" ? { sha256: hashText(there.text), mode: there.mode } : null;
    if (there.kind === "obstacle") problems.push(`${path}: ${there.what}`);
    else if (now?.sha256 !== before?.sha256 || now?.mode !== before?.mode)
      problems.push(`${path}: found ${words(now)}, expected ${words(before)}`);
    const image = there.kind === "text" ? { text: there.text, mode: there.mode } : undefined;
    return { path, before: image, after: after ?? undefined };
  });
  if (problems.length === 0) return found;
  throw new UserError("the project has changed since the plan was made; nothing was written", {
    problems,
    hint: "Make the plan again.",
  });
}

function words(mark: SavedPlan["changes"][number]["before"]): string {
  if (mark === null) return "nothing";
  return `content ${mark.sha256.slice(0, 12)} with permissions ${mark.mode.toString(8)}`;
}
