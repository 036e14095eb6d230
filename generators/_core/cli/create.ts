import { relative, resolve } from "node:path";
import type { Judgement } from "../audit/judge.ts";
import { tierOf } from "../audit/report.ts";
import { packageVersion } from "../package-folder.ts";
import {
  applyChanges,
  completeInterrupted,
  isInterrupted,
  type Completion,
} from "../plan/apply-plan.ts";
import type { Change } from "../plan/change.ts";
import { planChanges } from "../plan/plan-changes.ts";
import {
  changesFiles,
  planProject,
  type Plan,
  type PlanChoices,
  type ProjectFolder,
} from "../plan/plan.ts";
import { projectFiles } from "../plan/project-files.ts";
import { readCandidates } from "../plan/read-candidates.ts";
import { checkDirectory, readDiskFile } from "../plan/read-project.ts";
import { readTemplates } from "../plan/read-templates.ts";
import { formatStore } from "../plan/stored-answers.ts";
import { programRevision } from "../program/requirement.ts";
import type { Tier } from "../program/tier.ts";
import { makeProject, projectWarnings } from "../project/make-project.ts";
import type { AnswerSource } from "../project/answer-source.ts";
import type { Project } from "../project/project.ts";
import { UserError } from "../user-error.ts";
import { collectAnswers, givenPlatform, givenSources } from "./collect-answers.ts";
import type { CreateCall, CreateWorld } from "./create-call.ts";
import { askConflicts, decisionsOf, hasOpenConflicts } from "./decide-conflicts.ts";
import { judgeAfter } from "./judge-after.ts";
import { holdsFiles } from "./holds-files.ts";
import { ownershipWarnings } from "./ownership-warnings.ts";
import type { Adoption } from "./read-adoption.ts";
import { readState, type ProjectState } from "./read-state.ts";

/** What a run is about to do, and what the project comes to by it. */
export interface Creation {
  /** An absolute path. */
  readonly directory: string;
  /** The way there from where the user stands; `.` for the same folder. */
  readonly shownDirectory: string;
  readonly isNew: boolean;
  /** Whether the project was there before this package. */
  readonly isAdopted: boolean;
  readonly project: Project;
  readonly plan: Plan;
  readonly changes: readonly Change[];
  /** What became of a run that had been cut off before. */
  readonly completed: Completion | undefined;
  readonly warnings: readonly string[];
  /** Judged on the files as they stand after the run. */
  readonly judgements: readonly Judgement[];
  readonly reached: Tier | undefined;
  /** Writes it. */
  apply(): void;
}

/**
 * Answers the questions, renders the project and plans the run; nothing is written before
 * {@link Creation.apply}, but for what completes a run that was cut off.
 *
 * @throws UserError when an answer, the folder or its state cannot be used.
 */
export async function planCreation(call: CreateCall, world: CreateWorld): Promise<Creation> {
  const directory = directoryOf(call, world);
  const isWriting = !call.dryRun && call.plan === undefined;
  const completed = isWriting ? completeInterrupted(directory) : undefined;
  const state = await readState(directory);
  const given = await givenSources(call, world);
  const adoption = await adoptionOf(directory, state, given, world);
  const answers = await collectAnswers(call, world, directory, given, state.stored, adoption);
  const project = makeProject(answers, adoption ? [adoption.platform] : world.platforms);
  const rendered = adoption ? [] : projectFiles(project, readTemplates(project.platform.id));
  const folder = projectFolder(directory, state, new Set(rendered.map(({ path }) => path)));
  const { ownership } = state;
  const planned = await planWithChoices(call, world, async (choices) => {
    if (!adoption) return planProject(rendered, state.lock, folder, { ...choices, ownership });
    const { planAdoption } = await import("./plan-adoption.ts");
    const place = { adoption, state, folder, today: world.today };
    return planAdoption(project, place, { ...choices, ownership });
  });
  const lock = {
    generator: packageVersion(),
    program: programRevision,
    isAdopted: adoption !== undefined,
    files: planned.locked,
  };
  const stored = { ...state.stored, ...answers, ...(adoption && unstored) };
  const store = formatStore(state.store, stored);
  const target = { disk: folder.disk, mask: world.mask };
  const changes = planChanges(planned, { lock, store }, state.lock, target);
  const judgements = await judgeAfter(planned, {
    project,
    rendered,
    adopted: adoption?.snapshot.texts,
    disk: folder.disk,
    today: world.today,
  });
  const reached = tierOf(
    judgements.map(({ requirement, outcome }) => ({ ...requirement, outcome })),
  );
  return {
    directory,
    shownDirectory: relative(world.cwd, directory) || ".",
    isNew: state.lock === undefined,
    isAdopted: adoption !== undefined,
    project,
    plan: planned,
    changes,
    completed,
    warnings: [
      ...projectWarnings(project, world.today),
      ...ownershipWarnings(
        Object.keys(state.ownership),
        planned.files.map(({ path }) => path),
      ),
      ...(isInterrupted(directory)
        ? ["an earlier run was cut off; the next one that writes completes it first"]
        : []),
    ],
    judgements,
    reached: reached === "none" ? undefined : reached,
    apply: () => applyChanges(directory, changes, "can be undone"),
  };
}

/**
 * The folder that a call names.
 *
 * @returns An absolute path.
 * @throws UserError when it can take no project.
 */
export function directoryOf(
  { directory }: Pick<CreateCall, "directory">,
  { cwd }: Pick<CreateWorld, "cwd">,
): string {
  if (directory?.trim() === "") {
    throw new UserError("the name of the folder is empty; nothing was written", {
      hint: "Name a folder, or leave the name out for the current one.",
    });
  }
  const path = resolve(cwd, directory ?? ".");
  checkDirectory(path);
  return path;
}

/**
 * The exit code of a run: 1 while files are in conflict, and for a dry run also while an existing
 * project is behind.
 */
export function exitCodeOf(
  { plan, isNew }: Pick<Creation, "plan" | "isNew">,
  dryRun: boolean,
): 0 | 1 {
  return hasConflicts(plan) || (dryRun && !isNew && changesFiles(plan)) ? 1 : 0;
}

/** Whether a file stays in conflict. */
export function hasConflicts({ files }: Plan): boolean {
  return files.some(({ action }) => action === "conflict");
}

/** What does not concern a project that was there before is not stored for it. */
const unstored = { edition: undefined, license: undefined, serverVersion: undefined };

/**
 * Finds out whether a folder holds a deployment that somebody else made. One that is empty, that
 * this package made, or for which a platform is asked for is none.
 */
async function adoptionOf(
  directory: string,
  { lock, stored }: ProjectState,
  given: readonly AnswerSource[],
  { today }: CreateWorld,
): Promise<Adoption | undefined> {
  const isNew = !lock && stored["platform"] === undefined && givenPlatform(given) === undefined;
  if (!lock?.isAdopted && !(isNew && holdsFiles(directory))) return undefined;
  const { readAdoption } = await import("./read-adoption.ts");
  return readAdoption(directory, today, lock?.isAdopted === true);
}

function projectFolder(
  directory: string,
  { lock }: ProjectState,
  rendered: ReadonlySet<string>,
): ProjectFolder {
  return {
    disk: (path) => readDiskFile(directory, path),
    candidates: () =>
      readCandidates(
        directory,
        (path) => rendered.has(path) || Object.hasOwn(lock?.files ?? {}, path),
      ),
  };
}

/** Plans as the call says; where a person is there, conflicts are asked about and planned again. */
async function planWithChoices(
  call: CreateCall,
  { askConflict }: CreateWorld,
  plan: (choices: Omit<PlanChoices, "ownership">) => Promise<Plan>,
): Promise<Plan> {
  const { restore, settled, onConflict } = call;
  const patterns = await loadPatterns([...restore, ...settled]);
  const isWanted = patterns?.matching(restore) ?? (() => false);
  const decide = decisionsOf(call, patterns?.matching(settled) ?? (() => false));
  const first = await plan({ isWanted, decide });
  const paths = (find: (file: Plan["files"][number]) => boolean) =>
    first.files.filter(find).map(({ path }) => path);
  const gone = paths(
    ({ locked, reason }) => locked?.state === "deleted" || reason === "brought back",
  );
  patterns?.requireMatches("restore", restore, gone, "deleted file");
  const disputed = paths(({ conflicts = [] }) => conflicts.length > 0);
  patterns?.requireMatches("settled", settled, disputed, "file in conflict");
  if (!askConflict || onConflict !== undefined || !hasOpenConflicts(first)) return first;
  return plan({ isWanted, decide: await askConflicts(first, askConflict, decide) });
}

/** Loads the matcher of paths only where there is something to match. */
async function loadPatterns(patterns: readonly string[]) {
  return patterns.length === 0 ? undefined : import("./path-patterns.ts");
}
