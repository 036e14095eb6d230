import type { Facts, Finding } from "./facts.ts";
import type { Solution } from "./solution.ts";
import type { Statement } from "./statement.ts";
import type { Subject } from "./subject.ts";
import type { Tier } from "./tier.ts";
import type { Wording } from "./wording.ts";

/** A repository's text files: paths are POSIX, relative to its root. */
export type Files = ReadonlyMap<string, string>;

/** The places in a README where statements of the program stand. */
export type ReadmeSection = "introduction" | "production" | "security" | "systems" | "name";

/** How one can tell whether a requirement is met. */
export type Evidence =
  /** By words in the README or its equivalent. */
  | {
      readonly kind: "text";
      /** Newest first. */
      readonly wordings: readonly Wording[];
      /** The sentences of the newest wording that a solution has to carry, as plain text. */
      readonly sentences: (solution: Solution) => readonly string[];
      /** What a README has to say, in whatever of its ways. */
      readonly statements: (subject: Subject) => readonly Statement[];
    }
  /** By what the files of the repository are. */
  | {
      readonly kind: "files";
      readonly probe: (facts: Facts, subject: Subject) => Finding;
      /** Whether what this package renders for a solution meets it; a test proves it for every answer. */
      readonly isRendered: (solution: Solution) => boolean;
    }
  /** Only by a person, or by the record of a run. */
  | { readonly kind: "attestation"; readonly steps: readonly string[] };

/** A repository that meets a requirement, or misses it. */
export interface Example {
  /** What the example shows. */
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  /** What differs from a Certified solution for Ubuntu 24.04. */
  readonly solution?: Partial<Solution>;
}

/** One requirement of the program. */
export interface Requirement {
  /** Kebab-case, equal to the name of its file. */
  readonly id: string;
  readonly tier: Tier;
  /** What must be there, as a clause: `README links the official documentation`. */
  readonly title: string;
  /** The heading under which the program asks for it, on {@link programPage}. */
  readonly source: (typeof programHeadings)[number];
  readonly evidence: Evidence;
  /** What to do when it is missing: one imperative sentence. */
  readonly advice: string;
  /** Whether it concerns a solution at all. */
  readonly appliesTo: (subject: Subject) => boolean;
  /**
   * Whether a repository that lacks it is only warned. Left out where it never is.
   */
  readonly isLenient?: (subject: Subject) => boolean;
  /** How it is written into a README: Markdown without a final line break. */
  readonly readme?: {
    readonly section: ReadmeSection;
    markdown(solution: Solution): string;
  };
  readonly examples: { readonly met: readonly Example[]; readonly unmet: readonly Example[] };
}

/** The program's page, where every requirement is described. */
export const programPage = "https://docs.mattermost.com/deployment-guide/server/orchestration.html";

/** The revision of the program that the catalogue holds: the day its wording last changed. */
export const programRevision = "2025-07-31";

/** The headings of {@link programPage} that ask for something, in their order there. */
export const programHeadings = [
  "Installation",
  "Documentation",
  "Security updates",
  "Branding",
  "Registered Deployment Solutions",
  "Upgrade",
] as const;

/** Declares a requirement. */
export function defineRequirement(requirement: Requirement): Requirement {
  return requirement;
}
