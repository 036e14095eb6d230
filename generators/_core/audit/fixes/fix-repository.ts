import type { Requirement } from "../../program/requirement.ts";
import { requirements as catalogue } from "../../program/requirements.gen.ts";
import type { Solution } from "../../program/solution.ts";
import type { Subject } from "../../program/subject.ts";
import { includesTier, type Tier } from "../../program/tier.ts";
import { formatOf } from "../../repository/documents/document.ts";
import { insertStatements } from "../../repository/statements/insert-statements.ts";
import { parseDocument } from "../../repository/parse-document.ts";
import type { Snapshot } from "../../repository/snapshot.ts";
import type { FileEdit, Fix } from "../audit.ts";
import { isShortfall, type Report, type RequirementReport } from "../report.ts";
import { replaceStatement } from "./replace-statement.ts";

/** What may be fixed. */
export interface FixRequest {
  /** Up to which tier. */
  readonly target: Tier;
  readonly strict: boolean;
  /** Whether statements that are missing are inserted. */
  readonly missing: boolean;
  /** Ids of the requirements whose sentences may be replaced; of no others they are. */
  readonly replaced: readonly string[];
}

/** What is audited, and how it is audited again. */
export interface FixedRepository {
  readonly snapshot: Snapshot;
  readonly report: Report;
  readonly subject: Subject;
  /** The path of the document that takes statements; `undefined` where there is none. */
  readonly readme: string | undefined;
  judge(snapshot: Snapshot): Promise<Report>;
}

/** What can be fixed, and what cannot. */
export interface Repair {
  /** Each taken for itself. */
  readonly fixes: readonly Fix[];
  /** All of them together: one edit a file. */
  readonly edits: readonly FileEdit[];
  readonly refused: readonly { readonly id: string; readonly reason: string }[];
}

/**
 * Works out how the statements that a repository lacks are put into it. Every change is audited in
 * memory, alone and with the others; what does not turn its requirement, or spoils another one, is
 * left out.
 */
export async function fixRepository(
  repository: FixedRepository,
  request: FixRequest,
): Promise<Repair> {
  const attempts: Attempt[] = [];
  for (const found of repository.report.requirements) {
    if (isWanted(found, request)) attempts.push(await attempt(found, repository, request));
  }
  const fixes = attempts.flatMap((one) => ("fix" in one ? [one.fix] : []));
  const refused = attempts.flatMap((one) => ("refusal" in one ? [one.refusal] : []));
  const { edits, dropped } = await together(fixes, repository, request);
  const spoiled = dropped.map((id) => ({ id, reason: "it does not go with the other changes" }));
  return {
    fixes: fixes.filter(({ id }) => !dropped.includes(id)),
    edits,
    refused: [...refused, ...spoiled],
  };
}

type Attempt =
  { readonly fix: Fix } | { readonly refusal: { readonly id: string; readonly reason: string } };

function isWanted(
  { id, tier, outcome }: RequirementReport,
  { target, strict, missing, replaced }: FixRequest,
): boolean {
  if (replaced.includes(id)) return isShortfall(outcome, true);
  return missing && isShortfall(outcome, strict) && includesTier(target, tier);
}

async function attempt(
  found: RequirementReport,
  repository: FixedRepository,
  request: FixRequest,
): Promise<Attempt> {
  const { id } = found;
  const { texts } = repository.snapshot;
  const refuse = (reason: string): Attempt => ({ refusal: { id, reason } });
  const place = placeOf(found, repository, request);
  if ("reason" in place) return refuse(place.reason);
  const encoding = repository.snapshot.foreign.get(place.path);
  if (encoding !== undefined) return refuse(`${place.path} is ${encoding}; save it in UTF-8 first`);
  const before = texts.get(place.path) ?? "";
  const after = await apply(before, place, repository, request);
  if ("reason" in after) return refuse(after.reason);
  const fix = { id, path: place.path, before, after: after.text };
  const report = await repository.judge(withEdits(repository.snapshot, [fix]));
  return turns(id, repository.report, report, request)
    ? { fix }
    : refuse("the change would not turn it; write it by hand");
}

/** What is done to which file. */
interface Place {
  readonly requirement: Requirement;
  readonly found: RequirementReport;
  readonly path: string;
}

function placeOf(
  found: RequirementReport,
  { snapshot, subject, readme }: FixedRepository,
  { replaced }: FixRequest,
): Place | { readonly reason: string } {
  const { id, outcome, near, evidence } = found;
  const requirement = catalogue.find((candidate) => candidate.id === id);
  if (!requirement?.readme) return { reason: "no sentence makes it true" };
  if (outcome === "unknown") return { reason: "what is there cannot be read" };
  const isNamed = subject.name !== undefined && subject.creator !== undefined;
  if (requirement.readme.section === "name" && !isNamed) {
    return { reason: "the name and the creator are nowhere to be found" };
  }
  if (outcome !== "unmet") {
    const [sentence] = [...near, ...evidence];
    if (!sentence) return { reason: "the sentence is nowhere to be found" };
    if (replaced.includes(id)) return { requirement, found, path: sentence.path };
    const where = `${sentence.path}:${sentence.line}`;
    return { reason: `${where} comes near to it; --fix=${id} replaces that sentence` };
  }
  if (readme === undefined || snapshot.texts.get(readme) === undefined) {
    return { reason: "there is no README to put it into" };
  }
  return { requirement, found, path: readme };
}

async function apply(
  source: string,
  { requirement, found, path }: Place,
  { subject }: FixedRepository,
  { target }: FixRequest,
): Promise<{ readonly text: string } | { readonly reason: string }> {
  const { id, readme } = requirement;
  const format = formatOf(path);
  if (!readme || !format) return { reason: `${path} is in no format that takes a statement` };
  const markdown = readme.markdown(solutionOf(subject, target));
  if (found.outcome === "unmet") {
    const { section } = readme;
    const { source: text, inserted } = await insertStatements(source, format, [
      { id, section, markdown },
    ]);
    return inserted.includes(id) ? { text } : { reason: `${path} does not take it` };
  }
  const document = await parseDocument(source, format);
  const sentences = found.near.length > 0 ? found.near : found.evidence;
  const [sentence] = sentences;
  if (!document || !sentence) return { reason: `${path} is too long` };
  const here = sentences.filter((one) => one.path === path);
  const replacement = replaceStatement(document, requirement, here, markdown);
  return "problem" in replacement
    ? { reason: `${sentence.path}:${sentence.line}: ${replacement.problem}` }
    : { text: replacement.source };
}

/** One change after the other; one that spoils what the earlier ones turned is dropped. */
async function together(
  fixes: readonly Fix[],
  repository: FixedRepository,
  request: FixRequest,
): Promise<{ readonly edits: readonly FileEdit[]; readonly dropped: readonly string[] }> {
  const dropped: string[] = [];
  let edits: readonly FileEdit[] = [];
  let report = repository.report;
  for (const { id } of fixes) {
    const snapshot = withEdits(repository.snapshot, edits);
    const found = report.requirements.find((candidate) => candidate.id === id);
    const place = found && placeOf(found, { ...repository, snapshot }, request);
    if (!place || "reason" in place) {
      // An earlier change has turned it too, or stands in its way.
      if (found && isShortfall(found.outcome, request.strict)) dropped.push(id);
      continue;
    }
    const before = snapshot.texts.get(place.path) ?? "";
    const after = await apply(before, place, repository, request);
    if ("reason" in after) {
      dropped.push(id);
      continue;
    }
    const next = merged(edits, { path: place.path, before, after: after.text });
    const judged = await repository.judge(withEdits(repository.snapshot, next));
    if (turns(id, report, judged, request)) [edits, report] = [next, judged];
    else dropped.push(id);
  }
  return { edits, dropped };
}

/** Whether a change turned its requirement and left the others as good as they were. */
function turns(
  id: string,
  before: Report,
  after: Report,
  { strict, replaced }: FixRequest,
): boolean {
  const wasShort = (other: string) =>
    before.requirements.some((one) => one.id === other && isShortfall(one.outcome, strict));
  return after.requirements.every((one) => {
    const isShort = isShortfall(one.outcome, strict || (one.id === id && replaced.includes(id)));
    return one.id === id ? !isShort : !isShort || wasShort(one.id);
  });
}

function merged(edits: readonly FileEdit[], edit: FileEdit): readonly FileEdit[] {
  const earlier = edits.find(({ path }) => path === edit.path);
  const others = edits.filter((one) => one !== earlier);
  return [...others, { ...edit, before: earlier ? earlier.before : edit.before }];
}

function withEdits(snapshot: Snapshot, edits: readonly FileEdit[]): Snapshot {
  const texts = new Map(snapshot.texts);
  for (const { path, after } of edits) texts.set(path, after);
  return { ...snapshot, texts };
}

/** What is not known is not claimed: no upgrade, no unofficial option. */
function solutionOf(subject: Subject, tier: Tier): Solution {
  const { name = "", creator = "", upgrade = false, systems, unofficialOptions } = subject;
  return { name, creator, tier, upgrade, systems, unofficialOptions };
}
