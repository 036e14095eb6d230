import type { Conflict, Decide, Decision } from "../../plan/merge/settle-pieces.ts";
import type { Plan } from "../../plan/plan.ts";
import type { AskConflict, CreateCall, ConflictRule } from "../create/create-call.ts";

/** What is done with the conflicts of each file. */
export type DecideFor = (path: string) => Decide;

/** What a call says of every conflict, before anybody is asked. */
export function decisionsOf(
  { onConflict }: Pick<CreateCall, "onConflict">,
  isSettled: (path: string) => boolean,
): DecideFor {
  const rule = decisions[onConflict ?? "keep"];
  return (path) => () => (isSettled(path) ? "mine" : rule);
}

const decisions: Record<ConflictRule, Decision> = {
  keep: "later",
  fail: "later",
  theirs: "theirs",
  markers: "markers",
};

/**
 * Asks about every conflict that a plan leaves open, in the order of the files.
 *
 * @returns What was said, for a plan that is made anew; the same conflicts come in the same order.
 */
export async function askConflicts(
  { files }: Plan,
  ask: AskConflict,
  otherwise: DecideFor,
): Promise<DecideFor> {
  const answers = new Map<string, readonly Decision[]>();
  for (const { path, action, conflicts = [] } of files) {
    if (action !== "conflict") continue;
    const said: Decision[] = [];
    for (const [index, conflict] of conflicts.entries()) {
      said.push(await ask(path, conflict, { index, count: conflicts.length }));
    }
    answers.set(path, said);
  }
  return (path) => {
    const said = answers.get(path)?.values();
    return said ? () => said.next().value ?? "later" : otherwise(path);
  };
}

/** Whether any conflict of a plan can be decided. */
export function hasOpenConflicts({ files }: Plan): boolean {
  return files.some(({ action, conflicts }) => action === "conflict" && isNotEmpty(conflicts));
}

function isNotEmpty(conflicts: readonly Conflict[] | undefined): boolean {
  return conflicts !== undefined && conflicts.length > 0;
}
