import { printable } from "../../project/printable.ts";
import type { Terminal } from "../terminal.ts";
import type { CreateCall, CreateWorld } from "./create-call.ts";
import { exitCodeOf, hasConflicts, planCreation } from "./create.ts";
import { creationJson } from "./creation-json.ts";
import { printPlan, printSummary } from "./print-creation.ts";

/**
 * Makes or updates a project and says what happened: the whole of the command, for both doors.
 *
 * @returns The exit code: 0 done, 1 conflicts or drift.
 * @throws UserError when the user has something to put right.
 */
export async function runCreation(
  call: CreateCall,
  world: CreateWorld,
  terminal: Terminal,
): Promise<0 | 1> {
  if (call.apply !== undefined) {
    const { applySavedPlan } = await import("./saved-plan-file.ts");
    return applySavedPlan({ ...call, apply: call.apply }, world, terminal);
  }
  const creation = await planCreation(call, world);
  const isRefused = call.onConflict === "fail" && hasConflicts(creation.plan);
  const isDry = call.dryRun || call.plan !== undefined || isRefused;
  if (!call.json) printPlan(terminal, creation);
  if (call.plan !== undefined) {
    const { savePlan } = await import("./saved-plan-file.ts");
    savePlan(call.plan, creation, world);
  } else if (!isDry) await creation.apply();
  if (call.json) terminal.out(JSON.stringify(creationJson(creation, isDry), null, 2));
  else printSummary(terminal, creation, isDry ? whyUnwritten(call) : undefined);
  return exitCodeOf(creation, isDry);
}

function whyUnwritten({ plan, dryRun }: CreateCall): string {
  if (plan !== undefined) return `The plan is in ${printable(plan)}; nothing else was written.`;
  return dryRun
    ? "Nothing was written: this was a dry run."
    : "Nothing was written, since that is what --on-conflict fail says.";
}
