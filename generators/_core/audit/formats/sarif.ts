import { createHash } from "node:crypto";
import type { Location, Log, ReportingDescriptor, Result, Fix as SarifFix } from "sarif";
import { programPage } from "../../program/requirement.ts";
import { requirements as catalogue } from "../../program/requirements.gen.ts";
import { weightOf, type Audit, type Fix } from "../audit.ts";
import { lineReplacements } from "../patch.ts";
import type { Found, RequirementReport, Warning } from "../report.ts";
import { formatJson } from "./json.ts";
import { markedWords } from "./marked-words.ts";
import { requirementHelp } from "./requirement-help.ts";
import { shownText } from "./shown-text.ts";

/**
 * An audit as SARIF 2.1.0: a result for everything that is not simply met, with a fingerprint that
 * stays when lines move, and the fix where there is one.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifReport(audit: Audit): string {
  const { report, packageVersion } = audit;
  const { repository, requirements, warnings } = report;
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "mattermost-deployment check",
            semanticVersion: packageVersion,
            informationUri: programPage,
            rules: [...requirements.map(requirementRule), ...warningRules(warnings)],
          },
        },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { ROOT: { description: { text: "The repository." } } },
        results: [
          ...requirements.flatMap((requirement) => requirementResult(requirement, audit)),
          ...warnings.map(warningResult),
        ],
        properties: {
          tier: report.tier,
          program: report.program,
          commit: repository.commit,
          pending: report.pending,
        },
      },
    ],
  };
  return formatJson(log);
}

const levels = { failure: "error", shortfall: "warning", remark: "note" } as const;

function requirementRule({ id, title, tier }: RequirementReport): ReportingDescriptor {
  const advice = catalogue.find((requirement) => requirement.id === id)?.advice ?? title;
  return {
    id,
    shortDescription: { text: title },
    help: { text: advice },
    helpUri: requirementHelp(id),
    properties: { tags: [tier] },
  };
}

function warningRules(warnings: readonly Warning[]): readonly ReportingDescriptor[] {
  const ids = [...new Set(warnings.map(({ id }) => id))];
  return ids.map((id) => ({
    id,
    shortDescription: { text: id.replaceAll("-", " ") },
    helpUri: requirementHelp(id),
  }));
}

function requirementResult(requirement: RequirementReport, audit: Audit): readonly Result[] {
  const { id, title, outcome, near, evidence, advice, waiver } = requirement;
  const weight = weightOf(requirement, audit);
  if (weight === "none") return [];
  const found = [...near, ...evidence];
  const fixes = audit.fixes.filter((fix) => fix.id === id).map(sarifFix);
  return [
    {
      ruleId: id,
      level: levels[weight],
      message: {
        text: [`${title}.`, ...near.slice(0, 1).map(difference), advice].join(" ").trim(),
      },
      locations: [locationOf(found[0] ?? { path: wanted(audit, id), line: 1 })],
      relatedLocations: found.slice(1, 10).map((other, index) => ({
        ...locationOf(other),
        id: index,
        message: { text: shownText(other.text) },
      })),
      partialFingerprints: { "requirement/v1": fingerprint(id, found[0]) },
      properties: { outcome },
      ...(fixes.length > 0 ? { fixes } : {}),
      ...(waiver
        ? {
            suppressions: [
              {
                kind: "external",
                status: "accepted",
                justification: `until ${waiver.until}: ${shownText(waiver.reason)}`,
              },
            ],
          }
        : {}),
    },
  ];
}

function warningResult({ id, evidence, advice }: Warning): Result {
  return {
    ruleId: id,
    level: "note",
    message: { text: shownText(advice) },
    locations: evidence.slice(0, 1).map(locationOf),
    partialFingerprints: { "warning/v1": fingerprint(id, evidence[0]) },
  };
}

function difference(miss: RequirementReport["near"][number]): string {
  const words = markedWords(miss).map(({ text }) => text);
  return `Found: ${words.join(" ") || shownText(miss.text)}.`;
}

function locationOf({ path, line }: Pick<Found, "path" | "line">): Location {
  const artifactLocation = { uri: encodePath(path), uriBaseId: "ROOT" };
  return { physicalLocation: { artifactLocation, region: { startLine: Math.max(1, line) } } };
}

/** Where a requirement would stand that was found nowhere: code scanning shows no result without. */
function wanted({ fixes, sources }: Audit, id: string): string {
  const fix = fixes.find((candidate) => candidate.id === id);
  const readme = [...sources.keys()].find((path) => /^readme\b/i.test(path));
  return fix?.path ?? readme ?? "README.md";
}

/** Neither lines nor white space count: a statement that moves is the same one. */
function fingerprint(id: string, found: Found | undefined): string {
  const text = found ? [found.path, found.text.replace(/\s+/g, " ").trim()] : [];
  return createHash("sha256")
    .update([id, ...text].join("\n"), "utf8")
    .digest("hex");
}

function sarifFix({ path, before, after }: Fix): SarifFix {
  return {
    description: { text: "Insert what the program asks for." },
    artifactChanges: [
      {
        artifactLocation: { uri: encodePath(path), uriBaseId: "ROOT" },
        replacements: lineReplacements({ path, before, after }).map(
          ({ line, removed, inserted }) => ({
            deletedRegion: {
              startLine: line,
              startColumn: 1,
              endLine: line + removed,
              endColumn: 1,
            },
            insertedContent: { text: inserted },
          }),
        ),
      },
    ],
  };
}

function encodePath(path: string): string {
  // Half of a character has no code in an address.
  const text = path.replace(/\p{Surrogate}/gu, "\uFFFD");
  return text.split("/").map(encodeURIComponent).join("/");
}
