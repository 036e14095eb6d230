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
    /** SHA-256 of what stands there, in hexadecimal; `null` for nothing. */
    readonly before: string | null;
    readonly after: { readonly text: string; readonly mode: number } | null;
  }[];
}

const planSchema = v.object({
  schemaVersion: v.literal(1),
  generator: v.string(),
  changes: v.array(
    v.object({
      path: v.pipe(v.string(), v.check(isChangePath, "a path that leaves the project")),
      before: v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
      after: v.nullable(
        v.object({
          text: v.string(),
          mode: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0o777)),
        }),
      ),
    }),
  ),
});

/**
 * Prints the changes of a plan.
 *
 * @param generator The version of this package.
 */
export function formatSavedPlan(changes: readonly Change[], generator: string): string {
  const saved = changes.map(({ path, before, after }) => ({
    path,
    before: before ? hashText(before.text) : null,
    after: after ?? null,
  }));
  return `${JSON.stringify({ schemaVersion: 1, generator, changes: saved }, null, 2)}\n`;
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
    const now = there.kind === "text" ? hashText(there.text) : null;
    if (there.kind === "obstacle") problems.push(`${path}: ${there.what}`);
    else if (now !== before)
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

function words(hash: string | null): string {
  return hash === null ? "nothing" : `content ${hash.slice(0, 12)}`;
}
