import { relative } from "node:path";
import type { Judgement } from "../../audit/judge.ts";
import { tierOf } from "../../audit/report.ts";
import { packageVersion } from "../../package-folder.ts";
import {
  applyChanges,
  completeInterrupted,
  isInterrupted,
  type Completion,
} from "../../plan/apply/apply-plan.ts";
import type { Change } from "../../plan/change.ts";
import { planChanges } from "../../plan/plan-changes.ts";
import { changesFiles, planProject, type Plan, type ProjectFolder } from "../../plan/plan.ts";
import { readCandidates } from "../../plan/read-candidates.ts";
import { diskReader, type DiskReader } from "../../plan/read-project.ts";
import { projectFiles } from "../../plan/render/project-files.ts";
import { readTemplates } from "../../plan/render/read-templates.ts";
import type { Lock } from "../../plan/state/lock.ts";
import { formatStore } from "../../plan/state/stored-answers.ts";
import { programRevision } from "../../program/requirement.ts";
import type { Tier } from "../../program/tier.ts";
import { makeProject, projectWarnings } from "../../project/make-project.ts";
import type { Project } from "../../project/project.ts";
import { findAdoption } from "../adoption/find-adoption.ts";
import { collectAnswers, givenSources } from "../answers/collect-answers.ts";
import { directoryOf } from "../project-directory.ts";
import type { CreateCall, CreateWorld } from "./create-call.ts";
import { judgeAfter } from "./judge-after.ts";
import { ownershipWarnings } from "./ownership-warnings.ts";
import { planWithChoices } from "./plan-with-choices.ts";
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
  apply(): Promise<void>;
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
  const completed = isWriting ? await completeInterrupted(directory) : undefined;
  const disk = diskReader(directory);
  const state = await readState(disk);
  const given = await givenSources(call, world);
  const adoption = await findAdoption(directory, state, given, world);
  const answers = await collectAnswers(call, world, directory, given, state.stored, adoption);
  const project = makeProject(answers, adoption ? [adoption.platform] : world.platforms);
  const rendered = adoption ? [] : projectFiles(project, readTemplates(project.platform.id));
  const folder = projectFolder(directory, disk, state, new Set(rendered.map(({ path }) => path)));
  const { ownership } = state;
  const plan = await planWithChoices(call, world, async (choices) => {
    if (!adoption) return planProject(rendered, state.lock, folder, { ...choices, ownership });
    const { planAdoption } = await import("../adoption/plan-adoption.ts");
    const place = { adoption, state, folder, today: world.today };
    return planAdoption(project, place, { ...choices, ownership });
  });
  const stored = { ...state.stored, ...answers, ...(adoption && unstored) };
  const after = {
    lock: lockOf(plan, adoption !== undefined),
    store: await formatStore(state.store, stored),
  };
  const target = { disk, mask: world.mask };
  const changes = planChanges(plan, after, state.lock, target);
  const judgements = await judgeAfter(plan, {
    project,
    rendered,
    adopted: adoption?.snapshot.texts,
    disk,
    today: world.today,
  });
  return {
    directory,
    shownDirectory: relative(world.cwd, directory) || ".",
    isNew: state.lock === undefined,
    isAdopted: adoption !== undefined,
    project,
    plan,
    changes,
    completed,
    warnings: [
      ...projectWarnings(project, world.today),
      ...stateWarnings(state, plan, isInterrupted(directory)),
    ],
    judgements,
    reached: reachedTier(judgements),
    apply: () => applyChanges(directory, changes, "can be undone"),
  };
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

function projectFolder(
  directory: string,
  disk: DiskReader,
  { lock }: ProjectState,
  rendered: ReadonlySet<string>,
): ProjectFolder {
  return {
    disk,
    candidates: () =>
      readCandidates(
        directory,
        (path) => rendered.has(path) || Object.hasOwn(lock?.files ?? {}, path),
      ),
  };
}

function lockOf({ locked }: Plan, isAdopted: boolean): Lock {
  return { generator: packageVersion(), program: programRevision, isAdopted, files: locked };
}

function reachedTier(judgements: readonly Judgement[]): Tier | undefined {
  const reached = tierOf(
    judgements.map(({ requirement, outcome }) => ({ ...requirement, outcome })),
  );
  return reached === "none" ? undefined : reached;
}

function stateWarnings(
  { ownership }: ProjectState,
  { files }: Plan,
  isCutOff: boolean,
): readonly string[] {
  const paths = files.map(({ path }) => path);
  return [
    ...ownershipWarnings(Object.keys(ownership), paths),
    ...(isCutOff
      ? ["an earlier run was cut off; the next one that writes completes it first"]
      : []),
  ];
}
