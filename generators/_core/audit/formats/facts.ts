import { tierTitle } from "../../program/tier.ts";
import type { Audit } from "../audit.ts";
import { shownText } from "./shown-text.ts";

/** The tier as a reader sees it: `Certified`, `No tier`. */
export function verdict({ report: { tier } }: Pick<Audit, "report">): string {
  return tier === "none" ? "No tier" : tierTitle(tier);
}

/** What the verdict rests on, as a clause. */
export function verdictBasis({ strict }: Pick<Audit, "strict">): string {
  return strict
    ? "by the required words alone, as its documents and files show"
    : "as its documents and files show";
}

/** What an audit tells of a repository beside the verdict: label and value, ready to be shown. */
export function facts({ report }: Pick<Audit, "report">): readonly (readonly [string, string])[] {
  const { path, commit, platform, systems, serverVersions } = report.repository;
  const versions = serverVersions.map(
    ({ version, path: file, line }) => `${version} (${file}:${line})`,
  );
  const shown = versions.slice(0, 5);
  const more = versions.length > shown.length ? [`${versions.length - shown.length} more`] : [];
  return [
    ["Repository", shownText(path)],
    ["Commit", commit === null ? "not under git" : shownText(commit)],
    ["Platform", platform === null ? "not told" : shownText(platform)],
    ["Systems", systems.length === 0 ? "none named" : shownText(systems.join(", "))],
    [
      "Server version",
      shown.length === 0 ? "none found" : shownText([...shown, ...more].join(", ")),
    ],
    ["Program revision", report.program],
  ];
}
