import type { Plan, PlanChoices } from "../../plan/plan.ts";
import { askConflicts, decisionsOf, hasOpenConflicts } from "../conflicts/decide-conflicts.ts";
import type { CreateCall, CreateWorld } from "./create-call.ts";

/**
 * Plans as the call says; where a person is there, conflicts are asked about and planned again.
 *
 * @throws UserError when a pattern of the call matches nothing that it could be meant for.
 */
export async function planWithChoices(
  call: CreateCall,
  { askConflict }: CreateWorld,
  plan: (choices: Omit<PlanChoices, "ownership">) => Promise<Plan>,
): Promise<Plan> {
  const { restore, settled, onConflict } = call;
  const patterns = await loadPatterns([...restore, ...settled]);
  const isWanted = patterns?.matching(restore) ?? (() => false);
  const decide = decisionsOf(call, patterns?.matching(settled) ?? (() => false));
  const first = await plan({ isWanted, decide });
  const paths = (find: (file: Plan["files"][number]) => boolean) =>
    first.files.filter(find).map(({ path }) => path);
  const gone = paths(
    ({ locked, reason }) => locked?.state === "deleted" || reason === "brought back",
  );
  patterns?.requireMatches("restore", restore, gone, "deleted file");
  const disputed = paths(({ conflicts = [] }) => conflicts.length > 0);
  patterns?.requireMatches("settled", settled, disputed, "file in conflict");
  if (!askConflict || onConflict !== undefined || !hasOpenConflicts(first)) return first;
  return plan({ isWanted, decide: await askConflicts(first, askConflict, decide) });
}

/** Loads the matcher of paths only where there is something to match. */
async function loadPatterns(patterns: readonly string[]) {
  return patterns.length === 0 ? undefined : import("./path-patterns.ts");
}
