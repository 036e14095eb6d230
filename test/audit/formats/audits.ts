import type { Audit } from "../../../generators/_core/audit/audit.ts";
import {
  tierOf,
  type Report,
  type RequirementReport,
} from "../../../generators/_core/audit/report.ts";
import { requirements } from "../../../generators/_core/program/requirements.gen.ts";

/** A report in which every requirement is met, apart from what is given by id. */
export function reportOf(
  changes: Readonly<Record<string, Partial<RequirementReport>>> = {},
  others: Partial<Report> = {},
): Report {
  const list = requirements.map(({ id, tier, title, advice }): RequirementReport => {
    const evidence = [{ path: "README.md", line: 3, text: `The words of ${id}.` }];
    const plain = { id, tier, title, outcome: "met", evidence, near: [], advice } as const;
    return { ...plain, ...changes[id] };
  });
  return {
    schemaVersion: 1,
    program: "2025-07-31",
    repository: {
      path: "example",
      commit: "0123456789abcdef0123456789abcdef01234567",
      platform: "linux",
      systems: ["ubuntu-24.04"],
      serverVersions: [{ version: "11.7.9", path: "mattermost.env", line: 4 }],
    },
    tier: tierOf(list),
    pending: list.filter(({ outcome }) => outcome === "attest").map(({ id }) => id),
    requirements: list,
    warnings: [],
    ...others,
  };
}

/** An audit around a report, with nothing asked for. */
export function auditOf(report: Report, others: Partial<Audit> = {}): Audit {
  return {
    report,
    strict: false,
    required: undefined,
    fixes: [],
    patch: [],
    sources: new Map(),
    date: "2026-11-22T10:00:00.000Z",
    packageVersion: "0.1.0",
    ...others,
  };
}

/** What the README of a repository may hold to trouble whoever prints it. */
export const hostileText =
  '\u001B[2J\u009B31m\u202Eevil\u202C <script>alert(1)</script> & "q" ``` `` | ::error::x\n::set-output name=a::b %0A ]]> --> @everyone [x](javascript:alert(1)) \uD800 \u0000';

/** A report with every outcome, with a near miss and a warning, on a readme that is at hand. */
export const mixedReport: Report = reportOf(
  {
    "installation-basic-test": { outcome: "attest", evidence: [] },
    "installation-rhel-equivalent": { outcome: "not-applicable", evidence: [], advice: "" },
    "documentation-official-link": { outcome: "variant" },
    "documentation-production-steps": { outcome: "outdated" },
    "documentation-unofficial-options": {
      outcome: "waived",
      waiver: { reason: "The page about arm64 comes with 2.0.", until: "2027-01-31" },
    },
    "security-commitment": {
      outcome: "near",
      evidence: [],
      near: [
        {
          path: "README.md",
          line: 7,
          text: "The maintainers will make an effort to update soon.",
          words: [
            { kind: "same", text: "will" },
            { kind: "same", text: "make an effort to update" },
            { kind: "extra", text: "soon" },
            { kind: "missing", text: "to the secure version" },
            { kind: "missing", text: "within 10 days" },
          ],
        },
      ],
    },
    changelog: { outcome: "unmet", evidence: [] },
    "upgrade-command": { outcome: "unknown", evidence: [] },
  },
  {
    warnings: [
      {
        id: "floating-version",
        evidence: [{ path: "compose.yaml", line: 2, text: "image: mattermost:latest" }],
        advice: "Pin the version of the server.",
      },
    ],
  },
);

const readme = [
  "# Example",
  "",
  "The words of documentation-description.",
  "",
  "## Security",
  "",
  "The maintainers will make an effort",
  "to update soon.",
  "",
].join("\n");

/** An audit of {@link mixedReport} that asks for Registered and can fix the commitment. */
export const mixedAudit: Audit = auditOf(mixedReport, {
  required: "registered",
  sources: new Map([
    ["README.md", readme],
    ["compose.yaml", "services:\n  image: mattermost:latest\n"],
  ]),
  fixes: [fix("security-commitment")],
  patch: [fix("security-commitment")],
});

function fix(id: string) {
  const sentence = "We highly recommend users subscribe to the security updates email list.\n";
  return { id, path: "README.md", before: readme, after: `${readme}\n${sentence}` };
}

/** A report of a repository that wants to be seen: its words stand wherever it has a say. */
export const hostileReport: Report = reportOf(
  {
    changelog: { outcome: "unmet", evidence: [found()] },
    "security-commitment": {
      outcome: "near",
      evidence: [],
      near: [{ ...found(), words: [{ kind: "extra", text: hostileText }] }],
    },
    "documentation-description": { outcome: "variant", evidence: [found()], advice: hostileText },
    "branding-name": {
      outcome: "waived",
      evidence: [found()],
      waiver: { reason: hostileText, until: "2027-01-31" },
    },
  },
  {
    repository: {
      path: hostileText,
      commit: null,
      platform: hostileText,
      systems: [hostileText],
      serverVersions: [{ version: hostileText, ...place() }],
    },
    warnings: [{ id: "default-password", evidence: [found()], advice: hostileText }],
  },
);

function found() {
  return { ...place(), text: hostileText };
}

function place() {
  return { path: hostileText, line: 1 };
}
