import type { AuditWithRefusals } from "../../audit/audit-snapshot.ts";
import type { Audit } from "../../audit/audit.ts";
import { unifiedPatch } from "../../audit/patch.ts";
import { applyChanges } from "../../plan/apply/apply-plan.ts";
import { planEdits } from "../../plan/plan-changes.ts";
import { isProjectPath } from "../../plan/project-path.ts";
import { checkDirectory, readDiskFile } from "../../plan/read-project.ts";
import { lockPath } from "../../plan/state/lock.ts";
import { printable } from "../../project/printable.ts";
import { UserError } from "../../user-error.ts";
import { labelled } from "../prose.ts";
import { paint, type Terminal } from "../terminal.ts";

/**
 * Writes a patch, all of it or nothing. In a project that this package made, `undo` takes it back;
 * elsewhere nothing is left behind.
 *
 * @param directory The audited folder, absolute.
 * @throws UserError when it cannot be written, or has changed since it was read.
 */
export async function writePatch(
  directory: string,
  { patch, fixes }: Audit,
  terminal: Terminal,
): Promise<void> {
  if (patch.length === 0) return;
  const strange = patch.find(({ path }) => !isProjectPath(path));
  if (strange) throw new UserError(`${strange.path} has a name that is not written to`);
  checkDirectory(directory);
  const disk = (path: string) => readDiskFile(directory, path);
  const changes = planEdits(
    patch.map(({ path, after }) => ({ path, text: after })),
    { disk, mask: process.umask() },
  );
  const moved = changes.find(
    ({ path, before }) => before?.text !== patch.find((edit) => edit.path === path)?.before,
  );
  if (moved) {
    throw new UserError(`${moved.path} was changed while it was audited; nothing was written`, {
      hint: "Run the command again.",
    });
  }
  const isOwn = disk(lockPath).kind === "text";
  await applyChanges(directory, changes, isOwn ? "can be undone" : "is final");
  for (const { id, path } of fixes) {
    terminal.error(`${paint(terminal, "green", "fixed")}: ${id} in ${printable(path)}`);
  }
}

/** Says what cannot be fixed, and why. */
export function printRefusals({ refused }: AuditWithRefusals, terminal: Terminal): void {
  for (const { id, reason } of refused) {
    terminal.error(labelled(terminal, "yellow", "not fixed", `${id}: ${printable(reason)}`));
  }
}

/**
 * Prints the patch, and nothing else, so that it can be handed on. Only where a person looks at it
 * what a terminal would obey is spelled out.
 */
export function printPatch({ patch }: Audit, terminal: Terminal): void {
  const isWatched = terminal.columns !== undefined;
  for (const edit of patch) {
    const lines = unifiedPatch(edit).replace(/\n$/, "").split("\n");
    terminal.out((isWatched ? lines.map((line) => painted(line, terminal)) : lines).join("\n"));
  }
}

function painted(line: string, terminal: Terminal): string {
  const text = printable(line);
  if (line.startsWith("+")) return paint(terminal, "green", text);
  return line.startsWith("-") ? paint(terminal, "red", text) : text;
}
