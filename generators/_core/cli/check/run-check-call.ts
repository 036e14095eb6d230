import { resolve } from "node:path";
import { auditSnapshot, type AuditWithRefusals } from "../../audit/audit-snapshot.ts";
import { exitCodeOf, type Audit } from "../../audit/audit.ts";
import { formats, type FormatName } from "../../audit/formats/formats.ts";
import type { Line } from "../../audit/formats/line.ts";
import { packageVersion } from "../../package-folder.ts";
import { readSnapshot } from "../../repository/read-snapshot.ts";
import type { SubcommandWorld } from "../subcommand.ts";
import { paint, type Terminal } from "../terminal.ts";
import { writeWhole } from "../write-whole.ts";
import type { CheckCall } from "./check-call.ts";
import { checkReportTargets } from "./report-files.ts";

/** Where nobody looks at a terminal, lines are as long as this. */
const defaultColumns = 100;

/**
 * Audits a repository and says what came of it: the whole of `check`, for both doors.
 *
 * @returns The exit code.
 * @throws UserError when the user has something to put right.
 */
export async function runCheckCall(
  call: CheckCall,
  { cwd, date }: Pick<SubcommandWorld, "cwd" | "date">,
  terminal: Terminal,
): Promise<number> {
  const directory = resolve(cwd, call.directory);
  const targets = checkReportTargets(call, cwd, directory);
  const audit = await auditFolder(call, directory, date);
  const shown = call.fix ? await fixed(call, directory, audit, { date, terminal }) : audit;
  for (const { format, path } of targets) {
    const print = await formats[format].load();
    writeWhole(path, print(shown), path);
  }
  if (call.dryRun && call.format === "terminal") {
    const { printPatch } = await import("./write-patch.ts");
    printPatch(shown, terminal);
  } else await printAudit(shown, call.format, terminal);
  return exitCodeOf(shown);
}

function auditFolder(call: CheckCall, directory: string, date: string): Promise<AuditWithRefusals> {
  const request = { ...call, fix: fixScope(call), date, packageVersion: packageVersion() };
  return auditSnapshot(readSnapshot(directory, call.directory), request);
}

/** Writes what can be fixed, unless it is only to be shown, and audits what is there then. */
async function fixed(
  call: CheckCall,
  directory: string,
  audit: AuditWithRefusals,
  { date, terminal }: { readonly date: string; readonly terminal: Terminal },
): Promise<Audit> {
  const { printRefusals, writePatch } = await import("./write-patch.ts");
  printRefusals(audit, terminal);
  if (call.dryRun) return audit;
  await writePatch(directory, audit, terminal);
  return auditFolder({ ...call, fix: undefined }, directory, date);
}

/** The formats that show how the next tier is reached. */
const showsPatch: readonly FormatName[] = ["html", "markdown", "sarif"];

/** What has to be worked out: what is to be fixed, or what a format shows. */
function fixScope({ fix, format, outputs }: CheckCall): CheckCall["fix"] {
  const asked = [format, ...outputs.map((output) => output.format)];
  const isShown = asked.some((name) => showsPatch.includes(name));
  return fix ?? (isShown ? { missing: true, replaced: [] } : undefined);
}

async function printAudit(
  audit: Audit,
  name: CheckCall["format"],
  terminal: Terminal,
): Promise<void> {
  if (name !== "terminal") {
    const format = await formats[name].load();
    terminal.out(format(audit).replace(/\n$/, ""));
    return;
  }
  const { terminalLines } = await import("../../audit/formats/terminal.ts");
  const columns = terminal.columns ?? defaultColumns;
  terminal.out(
    terminalLines(audit, columns)
      .map((line) => painted(line, terminal))
      .join("\n"),
  );
}

function painted(line: Line, terminal: Terminal): string {
  return line
    .map(({ tone, text }) => {
      const color = colors[tone];
      return color === undefined ? text : paint(terminal, color, text);
    })
    .join("");
}

const colors = {
  plain: undefined,
  strong: "bold",
  dim: "dim",
  good: "green",
  bad: "red",
  warning: "yellow",
} as const;
