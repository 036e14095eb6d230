import { programRevision } from "../program/requirement.ts";
import { requirements } from "../program/requirements.gen.ts";
import type { Facts } from "../program/facts.ts";
import type { Subject } from "../program/subject.ts";
import { findDocuments } from "../repository/find-documents.ts";
import { gatherFacts } from "../repository/gather-facts.ts";
import type { Snapshot } from "../repository/snapshot.ts";
import { judgeRequirement, type Examined } from "./judge-requirement.ts";
import {
  isShortfall,
  tierOf,
  type Report,
  type RequirementReport,
  type Warning,
} from "./report.ts";
import { warningsOf } from "./warnings.ts";

/** What a verdict depends on beside the repository. */
export interface JudgeOptions {
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** Of this package, `X.Y.Z`. */
  readonly packageVersion: string;
  /** What is known of the solution; left out, it is what the files show. */
  readonly subject?: Subject;
}

/** A verdict, and what it was made of. */
export interface Judged extends Examined {
  readonly report: Report;
}

/** Judges a repository by every requirement of the program. */
export async function judgeRepository(snapshot: Snapshot, options: JudgeOptions): Promise<Report> {
  return (await examineRepository(snapshot, options)).report;
}

/** Judges a repository, and hands out the facts and documents too: fixes need them. */
export async function examineRepository(
  snapshot: Snapshot,
  options: JudgeOptions,
): Promise<Judged> {
  const documents = await findDocuments(snapshot);
  const facts = gatherFacts(snapshot, documents);
  const subject = options.subject ?? subjectOf(facts);
  const examined = { facts, documents, subject };
  const judged = requirements.map((requirement) => judgeRequirement(requirement, examined));
  const { kept, lenient } = withLeniency(judged, subject);
  const report: Report = {
    schemaVersion: 1,
    program: programRevision,
    repository: {
      path: snapshot.path,
      commit: snapshot.commit,
      platform: facts.platform?.id ?? null,
      systems: [...new Set(facts.systems.map(({ system }) => system.id))],
      serverVersions: facts.versionLines.map(({ version, path, line }) => ({
        version,
        path,
        line,
      })),
    },
    tier: tierOf(kept),
    pending: kept.filter(({ outcome }) => outcome === "attest").map(({ id }) => id),
    requirements: kept,
    warnings: [
      ...lenient,
      ...warningsOf(facts, kept, options),
      ...readingWarnings(snapshot, facts),
    ],
  };
  return { ...examined, report };
}

/** What the files of a repository show of the solution. */
export function subjectOf({ systems, unofficialOptions, upgrade }: Facts): Subject {
  const named = new Map(systems.map(({ system }) => [system.title, system]));
  return {
    systems: [...named.values()],
    unofficialOptions: unofficialOptions.map(({ title }) => title),
    ...(upgrade.ways.length > 0 ? { upgrade: true } : {}),
  };
}

/** A requirement whose lack is only warned of does not concern the repository then. */
function withLeniency(
  judged: readonly RequirementReport[],
  subject: Subject,
): { readonly kept: readonly RequirementReport[]; readonly lenient: readonly Warning[] } {
  const isLenient = (report: RequirementReport) =>
    isShortfall(report.outcome, false) &&
    requirements.find(({ id }) => id === report.id)?.isLenient?.(subject) === true;
  return {
    kept: judged.map((report) =>
      isLenient(report) ? { ...report, outcome: "not-applicable", advice: "" } : report,
    ),
    lenient: judged.filter(isLenient).map(({ id, near, evidence, advice }) => ({
      id,
      evidence: [...evidence, ...near.map(({ path, line, text }) => ({ path, line, text }))],
      advice,
    })),
  };
}

function readingWarnings({ cutAt, foreign }: Snapshot, { documents }: Facts): readonly Warning[] {
  const unread = documents.flatMap(({ path, problem }) =>
    problem === undefined ? [] : [{ path, line: 1, text: problem }],
  );
  const misread = documents.flatMap(({ path }) => {
    const encoding = foreign.get(path);
    return encoding === undefined ? [] : [{ path, line: 1, text: `read as ${encoding}` }];
  });
  return [
    ...(misread.length > 0
      ? [
          {
            id: "readme-encoding",
            evidence: misread,
            advice: "Save it in UTF-8: some letters may have been read wrongly.",
          },
        ]
      : []),
    ...(unread.length > 0
      ? [
          {
            id: "readme-unread",
            evidence: unread,
            advice: "Keep the README a text in UTF-8, of a size for people.",
          },
        ]
      : []),
    ...(cutAt === undefined
      ? []
      : [
          {
            id: "reading-cut",
            evidence: [],
            advice: `Only a part was read: the repository exceeds ${cutAt}.`,
          },
        ]),
  ];
}
