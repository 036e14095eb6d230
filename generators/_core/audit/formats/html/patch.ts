import { tierTitle } from "../../../program/tier.ts";
import type { Audit } from "../../audit.ts";
import { unifiedPatch } from "../../patch.ts";
import { tierAbove } from "../../report.ts";
import { markup, type Markup } from "../markup.ts";

/** The patch that leads to the next tier, as far as it can be inserted. */
export function patchSection({ report, patch }: Audit): Markup | undefined {
  const next = tierAbove(report.tier);
  if (patch.length === 0 || next === undefined) return undefined;
  const lines = patch.flatMap((edit) => unifiedPatch(edit).trimEnd().split("\n"));
  return markup`<section aria-labelledby="patch">
<h2 id="patch">The patch towards ${tierTitle(next)}</h2>
<p><code>mattermost-deployment check --fix</code> writes the same. Lines with + come, lines with - go.</p>
<pre>${lines.map(patchLine)}</pre>
</section>`;
}

function patchLine(line: string): Markup {
  return markup`<span class="${kindOf(line)}">${line}</span>`;
}

function kindOf(line: string): string {
  if (/^(\+\+\+|---|@@) /.test(line)) return "place";
  if (line.startsWith("+")) return "added";
  return line.startsWith("-") ? "removed" : "context";
}
