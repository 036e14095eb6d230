import { lstatSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { formats } from "../../audit/formats/formats.ts";
import { UserError } from "../../user-error.ts";
import type { CheckCall } from "./check-call.ts";

/** A file that takes a report. */
export interface Target {
  readonly format: CheckCall["outputs"][number]["format"];
  /** Absolute. */
  readonly path: string;
}

/**
 * Makes sure, before anything is audited, that the reports can be written. Inside the audited folder
 * nothing is replaced but an older report, and no folder on the way may be a link: who made them is
 * not who asks for the report.
 *
 * @param audited The audited folder, absolute.
 * @throws UserError naming every file that cannot be.
 */
export function checkReportTargets(
  { outputs }: Pick<CheckCall, "outputs">,
  cwd: string,
  audited: string,
): readonly Target[] {
  const targets = outputs.map(({ format, path }) => ({ format, path: resolve(cwd, path) }));
  const paths = targets.map(({ path }) => path);
  const problems = outputs.flatMap(({ format, path }, index) => {
    const problem = problemOf({ format, path: resolve(cwd, path) }, audited);
    const isTwice = paths.indexOf(resolve(cwd, path)) !== index;
    return [
      ...(problem === undefined ? [] : [`--out ${format}=${path}: ${problem}`]),
      ...(isTwice ? [`--out ${format}=${path}: found twice, expected a file of its own`] : []),
    ];
  });
  if (problems.length > 0) {
    throw new UserError("the report could not be written", { problems });
  }
  return targets;
}

function problemOf({ format, path }: Target, audited: string): string | undefined {
  const folder = statSync(dirname(path), { throwIfNoEntry: false });
  if (folder?.isDirectory() !== true) return "found no folder for it";
  const link = linkOnTheWay(path, audited);
  if (link !== undefined) return `found the link ${link} on the way, expected none`;
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (!stats) return undefined;
  if (stats.isSymbolicLink()) return "found a link, expected a file or nothing";
  if (!stats.isFile()) return "found no file, expected one or nothing";
  if (!isInside(path, audited)) return undefined;
  const isReport = formats[format].begins.test(readFileSync(path, "utf8"));
  return isReport ? undefined : "found a file of the audited folder, expected an older report";
}

/** The first link among the folders of the audited one that lead to a path. */
function linkOnTheWay(path: string, audited: string): string | undefined {
  if (!isInside(path, audited)) return undefined;
  const parts = relative(audited, dirname(path)).split(sep);
  return parts
    .map((_, index) => join(audited, ...parts.slice(0, index + 1)))
    .find((folder) => lstatSync(folder).isSymbolicLink() && folder !== audited);
}

function isInside(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
