import { hashText } from "../plan/hash.ts";
import { brandedName } from "../program/solution.ts";
import { exitCodeOf, type Creation } from "./create.ts";
import { nextCommands, openRequirements } from "./print-creation.ts";

/**
 * A run as data.
 *
 * @see schemas/creation.schema.json in this package
 */
export function creationJson(creation: Creation, dryRun: boolean): object {
  const { project, plan, reached, judgements, directory, shownDirectory, warnings } = creation;
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
    files: plan.files.map(({ path, action, reason, text, isExecutable }) => ({
      path,
      action,
      reason,
      ...(text === undefined ? {} : { sha256: hashText(text), executable: isExecutable === true }),
    })),
    warnings,
    next: dryRun ? [] : nextCommands(project.platform.commands.install, shownDirectory),
  };
}
