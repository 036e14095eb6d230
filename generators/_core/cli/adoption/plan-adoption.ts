import { fixRepository, type Repair } from "../../audit/fixes/fix-repository.ts";
import { examineRepository, type Judged } from "../../audit/judge-repository.ts";
import { packageVersion } from "../../package-folder.ts";
import { hashText } from "../../plan/hash.ts";
import { normalizeLines } from "../../plan/line-endings.ts";
import { goneBlocks, markStanding } from "../../plan/merge/mark-standing.ts";
import { planFile } from "../../plan/plan-file.ts";
import {
  lockedAfter,
  planProject,
  type Plan,
  type PlanChoices,
  type ProjectFolder,
} from "../../plan/plan.ts";
import type { PlannedFile } from "../../plan/planned-file.ts";
import type { DiskText } from "../../plan/read-project.ts";
import { adoptedFiles } from "../../plan/render/project-files.ts";
import { readTemplates } from "../../plan/render/read-templates.ts";
import { basePath, type LockedFile } from "../../plan/state/lock.ts";
import { escapeMarkdown } from "../../program/markdown.ts";
import { requirements } from "../../program/requirements.gen.ts";
import { brandedName } from "../../program/solution.ts";
import { includesTier } from "../../program/tier.ts";
import type { Project } from "../../project/project.ts";
import { formatOf, type DocumentFormat } from "../../repository/documents/document.ts";
import { parseDocument } from "../../repository/parse-document.ts";
import type { Snapshot } from "../../repository/snapshot.ts";
import {
  insertStatements,
  type InsertedStatement,
} from "../../repository/statements/insert-statements.ts";
import { mannerOf } from "../../repository/statements/document-manner.ts";
import { renderStatement } from "../../repository/statements/render-statement.ts";
import { renewStatements } from "../../repository/statements/renew-statements.ts";
import type { ProjectState } from "../create/read-state.ts";
import type { Adoption } from "./read-adoption.ts";

/** Where an adopted project is planned. */
export interface AdoptionPlace {
  readonly adoption: Adoption;
  readonly state: ProjectState;
  readonly folder: ProjectFolder;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

/**
 * Plans what a deployment of somebody else's making gets: the statements that its README lacks, in
 * its own format and manner, and a changelog and a security policy where there is none. Nothing else
 * in it changes. What was put in is remembered, so that the next run can bring it up to date.
 */
export async function planAdoption(
  project: Project,
  place: AdoptionPlace,
  choices: PlanChoices,
): Promise<Plan> {
  const { adoption, state, folder } = place;
  const { lock } = state;
  const readme = readmeOf(place);
  const { [readme]: locked, ...others } = lock?.files ?? {};
  const rendered = adoptedFiles(project, readTemplates(), (path) => {
    return !Object.hasOwn(others, path) && hasOwnFile(adoption, path);
  });
  const rest = planProject(rendered, lock && { ...lock, files: others }, folder, choices);
  const files = [await planReadme(readme, locked, project, place, choices), ...rest.files];
  return { files, locked: lockedAfter(files, lock?.files ?? {}) };
}

/** The path of the document that carries the statements: an existing one, or a new README.md. */
function readmeOf({ adoption, state }: AdoptionPlace): string {
  const known = Object.entries(state.lock?.files ?? {}).find(
    ([, { ownership }]) => ownership === "blocks",
  );
  const { documents } = adoption.examined;
  return known?.[0] ?? documents.read[0]?.path ?? documents.unread[0]?.path ?? "README.md";
}

/** Whether the maintainers have a file of that kind, under whatever name. */
function hasOwnFile({ examined, snapshot }: Adoption, path: string): boolean {
  return path === "CHANGELOG.md"
    ? examined.facts.changelog !== undefined
    : snapshot.paths.some((candidate) => /(^|\/)security(\.\w+)?$/i.test(candidate));
}

async function planReadme(
  path: string,
  locked: LockedFile | undefined,
  project: Project,
  place: AdoptionPlace,
  choices: PlanChoices,
): Promise<PlannedFile> {
  const { folder } = place;
  const disk = folder.disk(locked?.at ?? path);
  const format = formatOf(path) ?? "text";
  if (disk.kind === "obstacle") return { path, action: "conflict", reason: disk.what };
  if (disk.kind === "absent" && locked) {
    return planFile({
      rendered: { path, text: "", isExecutable: false },
      ownership: "blocks",
      locked,
      base: () => undefined,
      disk,
      isWanted: false,
      decide: choices.decide(path),
    });
  }
  const there: DiskText | undefined = disk.kind === "text" ? disk : undefined;
  const source = there?.text ?? `# ${escapeMarkdown(brandedName(project))}\n`;
  const base = baseOf(place, path, locked) ?? normalizeLines(source);
  const renewed = await renewStatements(base, format, statementsOf(project), known);
  const updated = planFile({
    rendered: { path, text: renewed, isExecutable: ((there?.mode ?? 0) & 0o111) !== 0 },
    ownership: "blocks",
    locked: locked ?? lockedAs(base),
    base: () => base,
    disk: there ?? { kind: "text", text: source, normalized: source, mode: 0o644 },
    isWanted: false,
    decide: choices.decide(path),
  });
  if (updated.action === "conflict") return updated;
  return withMissing(updated, { path, format, source, base, renewed, there }, project, place);
}

/** What is known of the document before statements are put in. */
interface Readme {
  readonly path: string;
  readonly format: DocumentFormat;
  readonly source: string;
  readonly base: string;
  readonly renewed: string;
  readonly there: DiskText | undefined;
}

/** Puts in what the document still lacks, and remembers it as what this package wrote. */
async function withMissing(
  updated: PlannedFile,
  { path, format, source, base, renewed, there }: Readme,
  project: Project,
  { adoption, today }: AdoptionPlace,
): Promise<PlannedFile> {
  const text = updated.text ?? source;
  const { fixes, refused } = await repair(project, adoption.snapshot, path, text, today);
  const statements = statementsOf(project);
  const isStatement = (id: string) => statements.some((statement) => statement.id === id);
  // One that was edited is there still, and has a word of its own.
  const removed = goneBlocks(base, source, format).filter(
    (id) => isStatement(id) && !refused.some((refusal) => refusal.id === id),
  );
  const missing = statements.filter(
    ({ id }) => !removed.includes(id) && fixes.some((fix) => fix.id === id && fix.path === path),
  );
  // All at once, so that they stand in the order of the program.
  const { source: after } = await insertStatements(text, format, missing);
  const { source: put } = await insertStatements(renewed, format, missing);
  const settled = await withStanding(normalizeLines(put), format, statements);
  const notes = [
    ...missing.map(({ id }) => `added ${id}`),
    ...removed.map((id) => `block ${id} was removed by you`),
    ...refused.flatMap(({ id, reason }) => (isStatement(id) ? [`${id}: ${reason}`] : [])),
  ];
  const common = {
    path,
    notes,
    locked: lockedAs(settled),
    base: settled,
    ...(there && { seen: there }),
  };
  if (there && after === there.text) return { ...common, action: "keep", reason: "unchanged" };
  const reason = missing.length > 0 ? "statements added" : updated.reason;
  const isExecutable = ((there?.mode ?? 0) & 0o111) !== 0;
  return there
    ? { ...common, action: "update", reason, text: after, isExecutable }
    : { ...common, action: "create", reason: "new", text: after, isExecutable };
}

/** Works out which statements are missing, with the document as it stands by now. */
async function repair(
  project: Project,
  snapshot: Snapshot,
  path: string,
  text: string,
  today: string,
): Promise<Repair> {
  const now = { ...snapshot, texts: new Map([...snapshot.texts, [path, text]]) };
  const judge = (one: Snapshot): Promise<Judged> =>
    examineRepository(one, { today, packageVersion: packageVersion(), subject: project });
  const { report } = await judge(now);
  return fixRepository(
    {
      snapshot: now,
      report,
      subject: project,
      readme: path,
      judge: async (edited) => (await judge(edited)).report,
    },
    { target: project.tier, strict: false, missing: true, replaced: [] },
  );
}

function baseOf(
  { folder }: AdoptionPlace,
  path: string,
  locked: LockedFile | undefined,
): string | undefined {
  if (!locked) return undefined;
  const disk = folder.disk(basePath(path));
  return disk.kind === "text" ? disk.normalized : undefined;
}

function lockedAs(text: string): LockedFile {
  return { ownership: "blocks", sha256: hashText(text), isExecutable: false, state: "settled" };
}

/**
 * The base with the statements marked that their authors wrote in the required words themselves: to
 * the next run they are as if they had been put in, and follow another name in their place.
 */
async function withStanding(
  base: string,
  format: DocumentFormat,
  statements: readonly InsertedStatement[],
): Promise<string> {
  const document = await parseDocument(base, format);
  if (!document) return base;
  const manner = mannerOf(document);
  return markStanding(
    base,
    format,
    statements.map(({ id, markdown }) => ({ id, lines: renderStatement(markdown, manner, 1) })),
  );
}

const known: ReadonlySet<string> = new Set(requirements.map(({ id }) => id));

/** Every statement that a solution has to carry. */
function statementsOf(project: Project): readonly InsertedStatement[] {
  return requirements
    .filter(({ tier, appliesTo }) => includesTier(project.tier, tier) && appliesTo(project))
    .flatMap(({ id, readme }) =>
      readme ? [{ id, section: readme.section, markdown: readme.markdown(project) }] : [],
    );
}
