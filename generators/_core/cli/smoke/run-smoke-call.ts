import { randomInt } from "node:crypto";
import { join, resolve } from "node:path";
import { packageVersion } from "../../package-folder.ts";
import { printable } from "../../project/printable.ts";
import { recordJson, smokeJson } from "../../smoke/formats/format-json.ts";
import { smokeJunit } from "../../smoke/formats/format-junit.ts";
import {
  closingLines,
  serverLine,
  stepLines,
  type Line,
} from "../../smoke/formats/format-lines.ts";
import { exitCodeOf, type SmokeReport } from "../../smoke/report.ts";
import { runSmoke } from "../../smoke/run-smoke.ts";
import { connectSite } from "../../smoke/site/site-client.ts";
import { prose } from "../prose.ts";
import type { SubcommandWorld } from "../subcommand.ts";
import { paint, type Terminal } from "../terminal.ts";
import { writeWhole } from "../write-whole.ts";
import { prepareBrowser } from "./prepare-browser.ts";
import type { SmokeCall } from "./smoke-call.ts";
import {
  checkTargets,
  readAuthority,
  readPlatform,
  readToken,
  recordPath,
  writeRecord,
} from "./smoke-files.ts";

/**
 * Tests a site and says what came of it: the whole of `smoke`, for both doors.
 *
 * @returns The exit code.
 * @throws UserError when the user has something to put right.
 */
export async function runSmokeCall(
  call: SmokeCall,
  { cwd, environment, date }: SubcommandWorld,
  terminal: Terminal,
): Promise<number> {
  checkTargets(call, cwd);
  // Read first: a store that is broken is found before the test, not after it.
  const platform = call.record === undefined ? undefined : readPlatform(resolve(cwd, call.record));
  const { address, timeout, authorityFile } = call;
  const authority = authorityFile === undefined ? undefined : readAuthority(authorityFile, cwd);
  const adminToken = readToken(call, { cwd, environment });
  const browser = call.browser ? await prepareBrowser(call, { cwd, environment }) : undefined;
  const print = call.json ? () => {} : (lines: readonly Line[]) => printLines(terminal, lines);
  const site = connectSite({ address, authority, timeout });
  try {
    const report = await runSmoke(
      site,
      { ...call, adminToken, browser },
      {
        clock: () => performance.now(),
        random: randomText,
        onServer: (server) => print([serverLine(address.base, server)]),
        onStep: (step) => print(stepLines(step)),
      },
    );
    print(closingLines(report));
    if (call.json) terminal.out(JSON.stringify(smokeJson(report), null, 2));
    print(saveReport(call, report, { cwd, date, platform }));
    return exitCodeOf(report);
  } finally {
    site.close();
  }
}

/** Writes what was asked for; a site that was not reached leaves the record of a project alone. */
function saveReport(
  { junit, record }: SmokeCall,
  report: SmokeReport,
  facts: { readonly cwd: string; readonly date: string; readonly platform: string | undefined },
): readonly Line[] {
  const { cwd, date, platform } = facts;
  if (junit !== undefined) writeWhole(resolve(cwd, junit), smokeJunit(report, date), junit);
  if (record === undefined || !report.reached) return [];
  const packageFacts = { date, platform, packageVersion: packageVersion() };
  writeRecord(resolve(cwd, record), recordJson(report, packageFacts));
  return [{ tone: "plain", text: `Recorded in ${join(record, recordPath)}.` }];
}

function printLines(terminal: Terminal, lines: readonly Line[]): void {
  for (const line of lines) {
    const color = colors[line.tone];
    // A site tells much of what stands here.
    const [margin, text] = [/^ */.exec(line.text)?.[0], printable(line.text.trimStart())];
    const shown = prose(terminal, text, margin);
    terminal.out(color === undefined ? shown : paint(terminal, color, shown));
  }
}

const colors = { plain: undefined, good: "green", bad: "red", warning: "yellow" } as const;

function randomText(length: number): string {
  return Array.from({ length }, () => randomInt(36).toString(36)).join("");
}
