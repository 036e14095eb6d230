import type { OperatingSystemId } from "../mattermost/operating-systems.ts";
import type { Project } from "./project.ts";
import type { AnswersOf, PlatformQuestion } from "./answers/question.ts";

/** What a template may print: text, a switch, or the rows of a loop. */
export type ViewValue =
  string | boolean | readonly string[] | readonly Readonly<Record<string, string>>[];

/** The names that templates see. Flat: a row of a loop is the deepest there is. */
export type View = Readonly<Record<string, ViewValue>>;

/**
 * A platform: one folder in `templates/`, whose `platform.ts` exports this as its default.
 *
 * The registry, the prompts, the flags, the documentation and the test matrix derive from it.
 */
export interface Platform<
  Questions extends readonly PlatformQuestion[] = readonly PlatformQuestion[],
> {
  /** Kebab-case, equal to the name of the folder. */
  readonly id: string;
  /** The name as it stands in a sentence: `Docker Compose`. */
  readonly title: string;
  /** One line for the prompt: what it makes and with what. */
  readonly summary: string;
  /** The NAME that is proposed for "NAME for Mattermost by CREATOR". */
  readonly solutionName: string;
  /** The systems that it can be made for. */
  readonly systems: readonly OperatingSystemId[];
  /** The systems that are proposed: official ones. */
  readonly defaultSystems: readonly OperatingSystemId[];
  /** What only this platform asks. Their answers are `project.options`. */
  readonly questions: Questions;
  /** The one line that sets the server version: where it stands, and the name it sets. */
  readonly versionLine: { readonly path: string; readonly variable: string };
  /**
   * What holds settings, secrets or data of one host and must never be committed: patterns for
   * git, from the root. Projects of every platform ignore those of all of them, so that a change of
   * platform exposes nothing.
   */
  readonly localPaths: readonly string[];
  /** Where earlier releases emitted a file, by its path today: what users made of it follows. */
  readonly renamedFrom?: Readonly<Record<string, readonly string[]>>;
  /** Commands that an operator types in the root of a checkout. */
  readonly commands: {
    /** From a fresh checkout to a running server, in order. */
    readonly install: readonly string[];
    readonly upgrade: string;
    readonly backup: string;
    readonly restore: string;
  };
  /** Choices of these answers that Mattermost does not officially support: noun phrases. */
  unofficialOptions(options: AnswersOf<Questions>): readonly string[];
  /** The names that this platform's templates see, beside the shared ones. */
  view(project: Project<AnswersOf<Questions>>): View;
  /** The emitted paths that these answers leave out, POSIX, relative to the project. */
  omits(project: Project<AnswersOf<Questions>>): readonly string[];
}

/** Declares a platform and derives the types of its own answers from its questions. */
export function definePlatform<const Questions extends readonly PlatformQuestion[]>(
  platform: Platform<Questions>,
): Platform {
  return platform;
}
