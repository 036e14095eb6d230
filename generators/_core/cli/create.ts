import { relative, resolve } from "node:path";
import { judgeRendered, type Judgement } from "../audit/judge.ts";
import { tierOf } from "../audit/report.ts";
import { packageVersion } from "../package-folder.ts";
import { applyPlan } from "../plan/apply-plan.ts";
import { lockPath, parseLock } from "../plan/lock.ts";
import { changesFiles, planProject, type Plan } from "../plan/plan.ts";
import { projectFiles } from "../plan/project-files.ts";
import { checkDirectory, readDiskFile } from "../plan/read-project.ts";
import type { RenderedFile } from "../plan/render.ts";
import { readTemplates } from "../plan/read-templates.ts";
import { formatStore, parseStore, storePath } from "../plan/stored-answers.ts";
import { programRevision, type Files } from "../program/requirement.ts";
import { requirements } from "../program/requirements.gen.ts";
import type { Tier } from "../program/tier.ts";
import { makeProject, projectWarnings } from "../project/make-project.ts";
import type { Platform } from "../project/platform.ts";
import type { Project } from "../project/project.ts";
import type { Ask } from "../project/resolve-answers.ts";
import { snapshotOf } from "../repository/snapshot.ts";
import { UserError } from "../user-error.ts";
import { collectAnswers } from "./collect-answers.ts";

/** What a call of the command asks for, whichever door it came through. */
export interface CreateCall {
  /** The folder of the project, relative to `cwd`; `undefined` for `cwd` itself. */
  readonly directory: string | undefined;
  /** Answers given as flags, unparsed, by the ids of their questions. */
  readonly flags: Readonly<Record<string, unknown>>;
  /** The path of an answers file, `-` for standard input. */
  readonly answers: string | undefined;
  readonly defaults: boolean;
  readonly dryRun: boolean;
}

/** The surroundings of a call. */
export interface CreateWorld {
  readonly platforms: readonly Platform[];
  /** An absolute path. */
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** Asks a person; `undefined` where there is none. */
  readonly ask: Ask | undefined;
}

/** What a run is about to do, and what the project comes to by it. */
export interface Creation {
  /** An absolute path. */
  readonly directory: string;
  /** The way there from where the user stands; `.` for the same folder. */
  readonly shownDirectory: string;
  readonly isNew: boolean;
  readonly project: Project;
  readonly plan: Plan;
  readonly warnings: readonly string[];
  /** Judged on the files as they stand after the run. */
  readonly judgements: readonly Judgement[];
  readonly reached: Tier | undefined;
  /** Writes it. */
  apply(): void;
}

/**
 * Answers the questions, renders the project and plans the run; nothing is written before
 * {@link Creation.apply}.
 *
 * @throws UserError when an answer, the folder or its state cannot be used.
 */
export async function planCreation(call: CreateCall, world: CreateWorld): Promise<Creation> {
  if (call.directory?.trim() === "") {
    throw new UserError("the name of the folder is empty; nothing was written", {
      hint: "Name a folder, or leave the name out for the current one.",
    });
  }
  const directory = resolve(world.cwd, call.directory ?? ".");
  checkDirectory(directory);
  const store = readState(directory, storePath);
  const lockText = readState(directory, lockPath);
  const lock = lockText === undefined ? undefined : parseLock(lockText, packageVersion());
  const stored = parseStore(store);
  const answers = await collectAnswers(call, world, directory, stored);
  const project = makeProject(answers, world.platforms);
  const rendered = projectFiles(project, readTemplates(project.platform.id));
  const plan = planProject(rendered, lock, (path) => readDiskFile(directory, path));
  const judgements = await judgeAfter(filesAfter(directory, plan), rendered, project, world.today);
  const reached = tierOf(
    judgements.map(({ requirement, outcome }) => ({ ...requirement, outcome })),
  );
  return {
    directory,
    shownDirectory: relative(world.cwd, directory) || ".",
    isNew: lock === undefined,
    project,
    plan,
    warnings: projectWarnings(project, world.today),
    judgements,
    reached: reached === "none" ? undefined : reached,
    apply: () =>
      applyPlan(directory, plan, {
        lock: { generator: packageVersion(), program: programRevision, files: plan.locked },
        store: formatStore(store, { ...stored, ...answers }),
        seen: { lock: lockText, store },
      }),
  };
}

/**
 * The exit code of a run: 1 while files are in conflict, and for a dry run also while an existing
 * project is behind.
 */
export function exitCodeOf({ plan, isNew }: Creation, dryRun: boolean): 0 | 1 {
  const hasConflict = plan.files.some(({ action }) => action === "conflict");
  return hasConflict || (dryRun && !isNew && changesFiles(plan)) ? 1 : 0;
}

function readState(directory: string, path: string): string | undefined {
  const disk = readDiskFile(directory, path);
  if (disk.kind === "obstacle") {
    throw new UserError(`${path} cannot be read (${disk.what}); nothing was written`, {
      hint: "Move what stands there out of the way.",
    });
  }
  return disk.kind === "text" ? disk.normalized : undefined;
}

/** Judges the project as it stands when the plan has been carried out. */
async function judgeAfter(
  files: Files,
  rendered: readonly RenderedFile[],
  project: Project,
  today: string,
): Promise<readonly Judgement[]> {
  if (rendered.every(({ path, text }) => files.get(path) === text)) {
    return judgeRendered(requirements, project);
  }
  // Loaded late: reading documents costs as much as rendering a project.
  const { judgeRepository } = await import("../audit/judge-repository.ts");
  const world = { today, packageVersion: packageVersion(), subject: project };
  const { requirements: judged } = await judgeRepository(snapshotOf(files), world);
  return requirements.flatMap((requirement) => {
    const outcome = judged.find(({ id }) => id === requirement.id)?.outcome;
    return outcome === undefined ? [] : [{ requirement, outcome }];
  });
}

/** The texts that the project holds when the plan has been carried out. */
function filesAfter(directory: string, plan: Plan): Files {
  const texts = plan.files.flatMap(({ path, action, text }) => {
    if (action === "remove") return [];
    const disk = text === undefined ? readDiskFile(directory, path) : undefined;
    const after = disk?.kind === "text" ? disk.normalized : text;
    return after === undefined ? [] : [[path, after] as const];
  });
  return new Map(texts);
}
