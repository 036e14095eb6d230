import type { Facts, Finding } from "../program/facts.ts";
import type { Requirement } from "../program/requirement.ts";
import type { Statement } from "../program/statement.ts";
import type { Subject } from "../program/subject.ts";
import { contradictionOf } from "../repository/contradiction.ts";
import type { Documents } from "../repository/find-documents.ts";
import {
  matchSentence,
  type MatchOutcome,
  type SentenceMatch,
} from "../repository/statements/match-sentence.ts";
import type { Found, NearMiss, Outcome, RequirementReport } from "./report.ts";

/** The most places that a report names for one requirement. */
const mostPlaces = 6;
const longestText = 400;

/** What is judged: everything was read before. */
export interface Examined {
  readonly facts: Facts;
  readonly documents: Documents;
  readonly subject: Subject;
}

/** Judges one requirement. Pure: the same facts come to the same verdict. */
export function judgeRequirement(requirement: Requirement, examined: Examined): RequirementReport {
  const { id, tier, title } = requirement;
  const judged = requirement.appliesTo(examined.subject)
    ? judgeApplying(requirement, examined)
    : verdict("not-applicable");
  return {
    id,
    tier,
    title,
    outcome: judged.outcome,
    evidence: judged.evidence.slice(0, mostPlaces),
    near: judged.near.slice(0, mostPlaces),
    advice: adviceOf(requirement, judged),
  };
}

interface Verdict {
  readonly outcome: Outcome;
  readonly evidence: readonly Found[];
  readonly near: readonly NearMiss[];
  /** What is wrong or different, as a clause. */
  readonly note: string | undefined;
}

function verdict(
  outcome: Outcome,
  evidence: readonly Found[] = [],
  near: readonly NearMiss[] = [],
  note?: string,
): Verdict {
  return { outcome, evidence, near, note };
}

function judgeApplying(requirement: Requirement, examined: Examined): Verdict {
  const { evidence } = requirement;
  switch (evidence.kind) {
    case "attestation":
      return verdict("attest");
    case "files":
      return ofFinding(evidence.probe(examined.facts, examined.subject), examined);
    case "text":
      return ofStatements(evidence.statements(examined.subject), examined);
    default:
      return evidence satisfies never;
  }
}

function ofFinding({ outcome, places, note }: Finding, { facts, documents }: Examined): Verdict {
  const found = distinct(places).map(({ path, line, text }) => ({
    path,
    line,
    text: shortened(text),
  }));
  // Systems and commands stand in READMEs too.
  if ((outcome === "near" || outcome === "unmet") && facts.isReadmeUnread) {
    return verdict("unknown", found, [], whyUnread(documents));
  }
  if (outcome !== "near") return verdict(outcome, found, [], note);
  return verdict(
    "near",
    [],
    found.map((place) => ({ ...place, words: [{ kind: "same", text: place.text }] })),
    note,
  );
}

/** One line may name several systems. */
function distinct(places: readonly Found[]): readonly Found[] {
  return [...new Map(places.map((place) => [`${place.path}:${place.line}`, place])).values()];
}

interface Located {
  readonly path: string;
  readonly match: SentenceMatch;
}

const order: readonly MatchOutcome[] = ["met", "variant", "outdated", "near", "unmet"];

/** Every statement has to be said, in whichever document says it best. */
function ofStatements(statements: readonly Statement[], { documents, facts }: Examined): Verdict {
  const best = statements.map((statement) => bestMatch(statement, documents));
  const worst =
    order.findLast((outcome) => best.some(({ match }) => match.outcome === outcome)) ?? "unmet";
  const said = best.filter(({ match }) => order.indexOf(match.outcome) < order.indexOf("near"));
  const close = best.filter(({ match }) => match.outcome === "near");
  const isFailing = worst === "near" || worst === "unmet";
  if (isFailing && facts.isReadmeUnread) {
    return verdict("unknown", said.map(found), close.map(nearMiss), whyUnread(documents));
  }
  // Something of it is there: what is missing is then no more than missing.
  const outcome =
    worst === "unmet" && best.length > said.length && said.length + close.length > 0
      ? "near"
      : worst;
  const note = close.map(({ match }) => match.reason).find((reason) => reason !== undefined);
  return verdict(outcome, said.map(found), close.map(nearMiss), note);
}

function whyUnread({ unread }: Documents): string {
  return unread.map(({ path, problem }) => `${path} could not be read: ${problem}`).join("; ");
}

function bestMatch(statement: Statement, { read }: Documents): Located {
  let best: Located = { path: "", match: { outcome: "unmet", text: "", words: [], slots: {} } };
  for (const document of read) {
    const match = matchSentence(statement, document);
    if (order.indexOf(match.outcome) < order.indexOf(best.match.outcome)) {
      best = { path: document.path, match };
    }
    if (match.outcome === "met") break;
  }
  if (order.indexOf(best.match.outcome) >= order.indexOf("near")) return best;
  const other = contradictionOf(statement, read, best);
  if (!other) return best;
  const reason = `${other.path}:${other.line} says otherwise: "${shortened(other.text)}"`;
  return { ...best, match: { ...best.match, outcome: "near", reason } };
}

function found({ path, match }: Located): Found {
  return { path, line: match.position?.line ?? 1, text: shortened(match.text) };
}

function nearMiss(located: Located): NearMiss {
  return { ...found(located), words: located.match.words };
}

function adviceOf({ advice, evidence }: Requirement, { outcome, note }: Verdict): string {
  if (outcome === "met" || outcome === "not-applicable") return "";
  if (outcome === "attest") return advice;
  if (outcome === "variant" && evidence.kind === "text") {
    return "Write the program's own words, so that nobody has to compare.";
  }
  if (outcome === "outdated") return "Write today's words and links of the program.";
  if (outcome === "variant") return `Counts as met, though ${note ?? "it is said otherwise"}.`;
  const reason = note === undefined ? "" : ` Found: ${note}.`;
  return advice + reason;
}

function shortened(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text;
}
