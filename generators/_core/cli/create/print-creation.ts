import { isShortfall } from "../../audit/report.ts";
import type { Completion } from "../../plan/apply/apply-plan.ts";
import { isEffective } from "../../plan/change.ts";
import type { PlannedFile } from "../../plan/planned-file.ts";
import { brandedName } from "../../program/solution.ts";
import { includesTier, tierTitle } from "../../program/tier.ts";
import { printable } from "../../project/printable.ts";
import { conflictLines } from "../conflicts/conflict-lines.ts";
import { fileRow } from "../file-row.ts";
import { labelled, prose } from "../prose.ts";
import { paint, type Terminal } from "../terminal.ts";
import type { Creation } from "./create.ts";

/** Prints what a run writes, file by file; files that stay as they were are only counted. */
export function printPlan(terminal: Terminal, creation: Creation): void {
  const { plan, project, shownDirectory, completed, isNew, isAdopted } = creation;
  if (completed) printCompletion(terminal, completed);
  terminal.out(`${paint(terminal, "bold", "Plan")} for ${printable(shownDirectory)}`);
  if (isNew && isAdopted) {
    const found = `It deploys already: ${project.platform.title}. Only what is missing is added.`;
    terminal.out(prose(terminal, found, "  "));
  }
  for (const file of plan.files.filter((one) => !isUnchanged(one))) printFile(terminal, file);
  const unchanged = plan.files.filter(isUnchanged).length;
  if (unchanged > 0)
    terminal.out(`  ${unchanged} ${unchanged === 1 ? "file is" : "files are"} unchanged`);
}

function printCompletion(terminal: Terminal, { left }: Completion): void {
  terminal.error("An earlier run had been cut off; it is complete now.");
  for (const path of left) terminal.error(`  ${path} was edited meanwhile and stays as it is`);
}

function printFile(terminal: Terminal, file: PlannedFile): void {
  const { path, at = path, action, reason, notes = [], conflicts = [] } = file;
  terminal.out(fileRow(terminal, action, at, reason === "new" ? undefined : reason));
  const margin = " ".repeat(6);
  for (const note of notes) terminal.out(`${margin}${printable(note)}`);
  if (action !== "conflict") return;
  for (const conflict of conflicts) {
    for (const line of conflictLines(terminal, conflict, margin, 12)) terminal.out(line);
  }
}

function isUnchanged({ action, reason, notes = [] }: PlannedFile): boolean {
  return action === "keep" && reason === "unchanged" && notes.length === 0;
}

/**
 * Prints what came of a run: the name, the tier, what is open, and what to type next.
 *
 * @param unwritten Why nothing was written; `undefined` where it was.
 */
export function printSummary(
  terminal: Terminal,
  creation: Creation,
  unwritten: string | undefined,
): void {
  const { project, reached, warnings } = creation;
  terminal.out("");
  terminal.out(paint(terminal, "bold", brandedName(project)));
  const verb = unwritten === undefined ? "meets" : "would meet";
  terminal.out(
    reached && includesTier(reached, project.tier)
      ? `  ${verb} every written requirement of the tier ${tierTitle(reached)}`
      : `  ${verb} ${reached ? `the tier ${tierTitle(reached)}` : "no tier"}, and aims at ${tierTitle(project.tier)}`,
  );
  for (const line of openRequirements(creation))
    terminal.out(prose(terminal, `still open: ${line}`, "  "));
  for (const warning of warnings) terminal.error(labelled(terminal, "yellow", "warning", warning));
  printConflicts(terminal, creation);
  printNext(terminal, creation, unwritten);
}

/** What the project's target tier still asks for: one line each. */
export function openRequirements({ judgements, project }: Creation): readonly string[] {
  return judgements
    .filter(({ requirement }) => includesTier(project.tier, requirement.tier))
    .filter(({ outcome }) => outcome === "attest" || isShortfall(outcome, false))
    .map(({ requirement }) => `${requirement.id}: ${requirement.advice}`);
}

/** What is to be done about files in conflict: not every one of them can be decided here. */
function printConflicts(terminal: Terminal, { plan }: Creation): void {
  const open = plan.files.filter(({ action }) => action === "conflict");
  if (open.length === 0) return;
  const count = open.length === 1 ? "1 file is" : `${open.length} files are`;
  const marked = open.filter(({ locked }) => locked?.state === "markers");
  const decidable = open.filter((file) => !marked.includes(file) && file.conflicts?.length);
  const legend = open.some(({ conflicts }) => conflicts?.length) ? " (- is yours, + is new)" : "";
  terminal.error(prose(terminal, `${count} in conflict; the plan above says why${legend}.`));
  for (const { path, at = path } of marked)
    terminal.error(
      prose(terminal, `Choose between the markers in ${at}, take them out, and run this again.`),
    );
  if (decidable.length > 0)
    terminal.error("Settle it with --on-conflict theirs or markers, or with --settled PATH.");
}

function printNext(terminal: Terminal, creation: Creation, unwritten: string | undefined): void {
  const { shownDirectory, project } = creation;
  if (unwritten !== undefined) {
    terminal.out(unwritten);
    return;
  }
  terminal.out("");
  if (!creation.isNew || creation.isAdopted) {
    if (creation.changes.some(isEffective)) {
      terminal.out("mattermost-deployment undo takes this run back.");
    }
    return;
  }
  terminal.out("Next:");
  for (const command of nextCommands(project.platform.commands.install, shownDirectory)) {
    terminal.out(`  ${printable(command)}`);
  }
}

/** The platform's first commands, the first of them after going to the project. */
export function nextCommands(
  [first = "", ...others]: readonly string[],
  directory: string,
): readonly string[] {
  return directory === "."
    ? [first, ...others]
    : [`cd ${shellWord(directory)} && ${first}`, ...others];
}

function shellWord(word: string): string {
  const text = word.startsWith("-") ? `./${word}` : word;
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
