import { editionOf, editions } from "../mattermost/editions.ts";
import { findOperatingSystem } from "../mattermost/operating-systems.ts";
import { adviseVersion } from "../mattermost/version-advice.ts";
import { tiers } from "../program/tier.ts";
import type { Platform } from "./platform.ts";
import type { Project } from "./project.ts";
import type { GivenAnswers } from "./answers/question.ts";

/**
 * Makes a project of answers that {@link resolveAnswers} returned.
 *
 * @throws Error when an answer is not one that parsing lets through.
 */
export function makeProject(answers: GivenAnswers, platforms: readonly Platform[]): Project {
  const platform = chosen(platforms, answers["platform"]);
  const options = Object.fromEntries(
    platform.questions.map(({ id }) => [id, scalar(answers[id])] as const),
  );
  const os = answers["os"];
  return {
    platform,
    systems: (Array.isArray(os) ? os : []).map((id) => {
      const system = findOperatingSystem(String(id));
      if (!system) throw new Error(`unknown system ${String(id)}`);
      return system;
    }),
    name: String(answers["name"]),
    creator: String(answers["creator"]),
    tier: chosen(tiers, answers["tier"]).id,
    edition: editionOf(chosen(editions, answers["edition"]).id),
    serverVersion: String(answers["serverVersion"]),
    upgrade: answers["upgrade"] === true,
    repository: typeof answers["repository"] === "string" ? answers["repository"] : undefined,
    license: String(answers["license"]),
    localPaths: [...new Set(platforms.flatMap(({ localPaths }) => localPaths))],
    options,
    unofficialOptions: platform.unofficialOptions(options),
  };
}

/** What a user should know of a project although it can be made: whole sentences. */
export function projectWarnings(project: Project, today: string): readonly string[] {
  const advice = adviseVersion(project.serverVersion, today);
  const version = advice.kind === "good" ? [] : [`Server version: ${advice.text}.`];
  const unofficial = project.systems.every(({ standing }) => standing === "unofficial")
    ? [
        "Every chosen operating system is unofficial: the program's requirement installation-platform is not met. Add an official one with --os.",
      ]
    : [];
  return [...version, ...unofficial];
}

function chosen<T extends { readonly id: string }>(list: readonly T[], id: unknown): T {
  const item = list.find((candidate) => candidate.id === id);
  if (!item) throw new Error(`${String(id)} is none of ${list.map((one) => one.id).join(", ")}`);
  return item;
}

function scalar(value: unknown): string | boolean {
  return typeof value === "boolean" ? value : String(value);
}
