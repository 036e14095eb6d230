import { judgeRepository } from "../../generators/_core/audit/judge-repository.ts";
import { snapshotOf } from "../../generators/_core/repository/snapshot.ts";
import { emit } from "../projects.ts";
import { judgeWorld, outcomesOf } from "./follower.ts";

/** The outcome of each requirement by its id. */
export type Outcomes = Readonly<Record<string, string>>;

/** A Certified project as the command emits it, for somebody to tamper with. */
export interface DoctoredProject {
  /** The required sentences of its README, as they stand there. */
  readonly sentences: Readonly<Record<SentenceName, string>>;
  /** The outcomes after files were changed: `undefined` removes one. */
  judge(change: (files: Map<string, string>) => void): Promise<Outcomes>;
  /** The outcomes with other words in the README; the text has to stand there. */
  replace(text: string, other: string): Promise<Outcomes>;
}

/** The sentences that are tampered with. */
export type SentenceName = "description" | "documentation" | "steps" | "commitment" | "name";

const beginnings: Readonly<Record<SentenceName, string>> = {
  description: "This deployment solution installs",
  documentation: "Please see https://docs.mattermost.com",
  steps: "Following automated deployment",
  commitment: "We highly recommend",
  name: "The name for this deployment solution",
};

/** Emits the Certified project of a platform. */
export async function doctoredProject(platform: string): Promise<DoctoredProject> {
  const { files, readme } = await emit({ platform, tier: "certified" });
  const lineOf = (beginning: string) => {
    const line = readme.split("\n").find((candidate) => candidate.startsWith(beginning));
    if (line === undefined) throw new Error(`the README has no line "${beginning}"`);
    return line;
  };
  const judge: DoctoredProject["judge"] = async (change) => {
    const changed = new Map(files);
    change(changed);
    return outcomesOf(await judgeRepository(snapshotOf(changed), judgeWorld));
  };
  return {
    sentences: {
      description: lineOf(beginnings.description),
      documentation: lineOf(beginnings.documentation),
      steps: lineOf(beginnings.steps),
      commitment: lineOf(beginnings.commitment),
      name: lineOf(beginnings.name),
    },
    judge,
    replace: (text, other) =>
      judge((changed) => {
        if (!readme.includes(text)) throw new Error(`the README does not hold "${text}"`);
        changed.set(
          "README.md",
          readme.replace(text, () => other),
        );
      }),
  };
}
