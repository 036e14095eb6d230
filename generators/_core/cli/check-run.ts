import { resolve } from "node:path";
import { auditSnapshot } from "../audit/audit-snapshot.ts";
import { exitCodeOf, type Audit } from "../audit/audit.ts";
import { formats, type FormatName } from "../audit/formats/formats.ts";
import type { Line } from "../audit/formats/line.ts";
import { packageVersion } from "../package-folder.ts";
import { readSnapshot } from "../repository/read-snapshot.ts";
import { checkReportTargets, writeReport } from "./check-files.ts";
import type { CheckCall } from "./check-options.ts";
import { paint, type Terminal } from "./terminal.ts";

/** What a call of `check` finds around it. */
export interface CheckSurroundings {
  readonly cwd: string;
  /** Now, ISO 8601 in UTC. */
  readonly date: string;
}

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
  { cwd, date }: CheckSurroundings,
  terminal: Terminal,
): Promise<number> {
  const directory = resolve(cwd, call.directory);
  const targets = checkReportTargets(call, cwd, directory);
  const snapshot = readSnapshot(directory, call.directory);
  const request = { ...call, fix: fixScope(call), date, packageVersion: packageVersion() };
  const audit = await auditSnapshot(snapshot, request);
  if (call.fix) {
    const { printRefusals } = await import("./check-fix.ts");
    printRefusals(audit, terminal);
  }
  for (const target of targets) {
    const format = await formats[target.format].load();
    writeReport(target, format(audit));
  }
  if (call.dryRun && call.format === "terminal") {
    const { printPatch } = await import("./check-fix.ts");
    printPatch(audit, terminal);
  } else await printAudit(audit, call.format, terminal);
  return exitCodeOf(audit);
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
  const { terminalLines } = await import("../audit/formats/terminal.ts");
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
