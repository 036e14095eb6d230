import { defaultVersion } from "../../mattermost/releases.ts";
import { adviseVersion } from "../../mattermost/version-advice.ts";
import { compareVersions, parseVersion } from "../../mattermost/version.ts";
import { editions } from "../../mattermost/editions.ts";
import { findOperatingSystem, operatingSystems } from "../../mattermost/operating-systems.ts";
import { tiers } from "../../program/tier.ts";
import { licenses } from "../licenses.ts";
import { plainTextExpectation, solutionNameExpectation } from "../plain-text.ts";
import type { AnswerValue, PlatformQuestion, Question, QuestionContext } from "./question.ts";
import { repositoryExpectation } from "../repository-address.ts";

/** The questions of every project, in the order in which a dialogue asks them. */
export const questions: readonly Question[] = [
  {
    id: "platform",
    kind: "choice",
    placeholder: "ID",
    message: "Platform",
    help: "what the project deploys on",
    asked: true,
    choices: ({ platforms }) =>
      platforms.map(({ id, title, summary }) => ({ id, title: `${title}: ${summary}` })),
    fallback: ({ platforms }) => (platforms.find(({ id }) => id === "docker") ?? platforms[0])?.id,
  },
  {
    id: "os",
    kind: "choices",
    placeholder: "ID",
    message: "Operating systems",
    help: "a system that the project supports; may be repeated",
    asked: true,
    choices: ({ platform }) =>
      (platform?.systems ?? operatingSystems.map(({ id }) => id))
        .map(findOperatingSystem)
        .filter((system) => system !== undefined)
        .map(({ id, title, standing }) => ({ id, title: `${title} (${standing})` })),
    fallback: ({ platform }) => platform?.defaultSystems,
  },
  {
    id: "name",
    kind: "text",
    placeholder: "NAME",
    message: "Name of the solution, before “for Mattermost by …”",
    help: "NAME of “NAME for Mattermost by CREATOR”",
    asked: true,
    fallback: ({ platform }) => platform?.solutionName,
    expects: (value) => solutionNameExpectation(String(value)),
  },
  {
    id: "creator",
    kind: "text",
    placeholder: "CREATOR",
    message: "Name of the creator: a person, project or company",
    help: "CREATOR of “NAME for Mattermost by CREATOR”",
    asked: true,
    fallback: ({ account }) => account,
    expects: (value) => plainTextExpectation(String(value)),
  },
  {
    id: "tier",
    kind: "choice",
    placeholder: "TIER",
    message: "Target tier of the program",
    help: "the tier of the program that the project aims at",
    asked: true,
    choices: () => tiers,
    fallback: () => "certified",
  },
  {
    id: "edition",
    kind: "choice",
    placeholder: "ID",
    message: "Edition of the server",
    help: "the edition of the server that is installed",
    asked: true,
    choices: () => editions.map(({ id, title, limits }) => ({ id, title: `${title}: ${limits}` })),
    fallback: () => "team",
  },
  {
    id: "serverVersion",
    kind: "text",
    placeholder: "X.Y.Z",
    message: "Version of the server",
    help: "the exact version of the server that is installed",
    asked: true,
    fallback: () => defaultVersion,
    expects: versionExpectation,
  },
  {
    id: "upgrade",
    kind: "boolean",
    placeholder: "",
    message: "Emit an upgrade command",
    help: "emit an upgrade command; always there for the tier certified",
    asked: false,
    fallback: ({ answers }) => answers["tier"] === "certified",
    expects: (value, { answers }) =>
      value === false && answers["tier"] === "certified"
        ? "expected an upgrade command for the tier certified; choose the tier registered to go without"
        : undefined,
  },
  {
    id: "repository",
    kind: "text",
    placeholder: "URL",
    message: "Public address of the repository",
    help: "the https address from which operators clone the project",
    asked: false,
    optional: true,
    fallback: () => undefined,
    expects: (value) => repositoryExpectation(String(value)),
  },
  {
    id: "license",
    kind: "choice",
    placeholder: "SPDX",
    message: "Licence of the project",
    help: "the licence of the emitted files, as an SPDX identifier",
    asked: false,
    choices: () => licenses,
    fallback: () => "MIT",
  },
];

/** A platform's question as the common ones are. */
export function askable(question: PlatformQuestion): Question {
  const { id, message, help } = question;
  const base = { id, message, help, asked: true, fallback: () => question.default };
  return question.kind === "boolean"
    ? { ...base, kind: "boolean", placeholder: "" }
    : { ...base, kind: "choice", placeholder: "ID", choices: () => question.choices };
}

function versionExpectation(
  value: AnswerValue,
  { today, answers }: QuestionContext,
  stored: boolean,
): string | undefined {
  const text = String(value);
  const advice = adviseVersion(text, today);
  if (advice.kind === "unknown")
    return `expected a released version (${advice.text}); use ${advice.instead}`;
  if (advice.kind === "unsupported" && !stored) {
    return `expected a supported version (${advice.text}); use ${advice.instead}`;
  }
  return droppedSystemExpectation(text, answers["os"]);
}

function droppedSystemExpectation(text: string, os: AnswerValue | undefined): string | undefined {
  const version = parseVersion(text);
  for (const id of Array.isArray(os) ? os : []) {
    const system = findOperatingSystem(String(id));
    const dropped = system?.droppedIn === undefined ? undefined : parseVersion(system.droppedIn);
    if (version && dropped && compareVersions(version, dropped) >= 0) {
      return `expected a version below ${system?.droppedIn}, the first that does not run on ${system?.title}; or leave ${id} out`;
    }
  }
  return undefined;
}
