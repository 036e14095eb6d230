import { exitCodeOf, planCreation, type CreateCall, type CreateWorld } from "./create.ts";
import { creationJson } from "./creation-json.ts";
import { printPlan, printSummary } from "./print-creation.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Makes or updates a project and says what happened: the whole of the command, for both doors.
 *
 * @returns The exit code: 0 done, 1 conflicts or drift.
 * @throws UserError when the user has something to put right.
 */
export async function runCreation(
  call: CreateCall & { readonly json: boolean },
  world: CreateWorld,
  terminal: Terminal,
): Promise<0 | 1> {
  const creation = await planCreation(call, world);
  if (!call.json) printPlan(terminal, creation);
  if (!call.dryRun) creation.apply();
  if (call.json) terminal.out(JSON.stringify(creationJson(creation, call.dryRun), null, 2));
  else printSummary(terminal, creation, call.dryRun);
  return exitCodeOf(creation, call.dryRun);
}
