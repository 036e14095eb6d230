import { hashText } from "../../plan/hash.ts";
import type { PlannedFile } from "../../plan/planned-file.ts";
import { brandedName } from "../../program/solution.ts";
import { exitCodeOf, type Creation } from "./create.ts";
import { nextCommands, openRequirements } from "./print-creation.ts";

/**
 * A run as data.
 *
 * @see schemas/creation.schema.json in this package
 */
export function creationJson(creation: Creation, dryRun: boolean): object {
  const { completed, project, plan, reached, judgements, directory, shownDirectory, warnings } =
    creation;
  return {
    schemaVersion: 1,
    directory,
    dryRun,
    exitCode: exitCodeOf(creation, dryRun),
    project: {
      brandedName: brandedName(project),
      platform: project.platform.id,
      systems: project.systems.map(({ id, standing }) => ({ id, standing })),
      edition: project.edition.id,
      serverVersion: project.serverVersion,
      upgrade: project.upgrade,
      license: project.license,
    },
    tier: { target: project.tier, reached: reached ?? "none", open: openRequirements(creation) },
    requirements: judgements.map(({ requirement, outcome }) => ({
      id: requirement.id,
      tier: requirement.tier,
      outcome,
    })),
    completed: completed?.left ?? null,
    files: plan.files.map(fileJson),
    warnings,
    next: dryRun ? [] : nextCommands(project.platform.commands.install, shownDirectory),
  };
}

function fileJson(file: PlannedFile): object {
  const {
    path,
    at = path,
    from,
    action,
    reason,
    seen,
    text,
    isExecutable,
    notes,
    conflicts,
  } = file;
  return {
    path: at,
    ...(from && { from: from.path }),
    action,
    reason,
    ...(seen && { before: hashText(seen.text) }),
    ...(text === undefined ? {} : { sha256: hashText(text), executable: isExecutable === true }),
    ...(notes?.length && { notes }),
    ...(action === "conflict" && conflicts?.length && { conflicts }),
  };
}
