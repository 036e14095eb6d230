import { operatingSystems } from "../generators/_core/mattermost/operating-systems.ts";
import { projectFiles } from "../generators/_core/plan/render/project-files.ts";
import { readTemplates } from "../generators/_core/plan/render/read-templates.ts";
import type { RenderedFile } from "../generators/_core/plan/render/render.ts";
import { tiers } from "../generators/_core/program/tier.ts";
import { flagSource } from "../generators/_core/project/answers/answer-source.ts";
import { makeProject } from "../generators/_core/project/make-project.ts";
import type { Project } from "../generators/_core/project/project.ts";
import { resolveAnswers } from "../generators/_core/project/answers/resolve-answers.ts";
import { platforms } from "../templates/platforms.gen.ts";

/** The day that the tests take for today. */
export const today = "2026-11-22";

/** A project as the command emits it. */
export interface EmittedProject {
  readonly project: Project;
  readonly rendered: readonly RenderedFile[];
  /** Texts by path. */
  readonly files: ReadonlyMap<string, string>;
  /** The README, empty when there is none. */
  readonly readme: string;
}

/** Renders the project of some answers, the rest of them defaults; the creator is Example Org. */
export async function emit(answers: Readonly<Record<string, unknown>>): Promise<EmittedProject> {
  const project = makeProject(
    await resolveAnswers([flagSource(answers)], { by: "defaults" }, world),
    platforms,
  );
  const rendered = projectFiles(project, readTemplates(project.platform.id));
  const files = new Map(rendered.map(({ path, text }) => [path, text]));
  return { project, rendered, files, readme: files.get("README.md") ?? "" };
}

const world = { platforms, today, account: "Example Org" };

/**
 * Every platform × tier × kind of systems × choice of the platform's own questions, and each
 * platform with everything else than its defaults, with a title for each.
 */
export const answerMatrix = platforms.flatMap(({ id: platform, systems, questions }) => {
  const offered = operatingSystems.filter((system) => systems.some((id) => id === system.id));
  const kinds = {
    official: offered.filter(({ standing }) => standing === "official"),
    equivalent: offered.filter(({ standing }) => standing === "equivalent"),
    unofficial: offered.filter(({ standing }) => standing === "unofficial"),
    all: offered,
  };
  const own = questions.flatMap((question): readonly Record<string, string | boolean>[] =>
    question.kind === "choice"
      ? question.choices.map(({ id }) => ({ [question.id]: id }))
      : [{ [question.id]: true }, { [question.id]: false }],
  );
  const options = own.length === 0 ? [{}] : own;
  const plain = tiers.flatMap(({ id: tier }) =>
    Object.entries(kinds).flatMap(([kind, list]) =>
      options.map((option) => ({
        title: [platform, tier, kind, ...Object.values(option)].join(" "),
        answers: { platform, tier, os: list.map(({ id }) => id), ...option },
      })),
    ),
  );
  const flipped = {
    platform,
    tier: "registered",
    edition: "enterprise",
    upgrade: true,
    repository: "https://git.example.org/example/deployment.git",
    license: "AGPL-3.0-or-later",
    ...options.at(-1),
  };
  return [...plain, { title: `${platform}, everything flipped`, answers: flipped }];
});
