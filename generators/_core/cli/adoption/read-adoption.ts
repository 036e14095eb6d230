import { examineRepository, type Judged } from "../../audit/judge-repository.ts";
import { defaultVersion } from "../../mattermost/releases.ts";
import { packageVersion } from "../../package-folder.ts";
import type { GivenAnswers } from "../../project/answers/question.ts";
import { ownPlatform, ownPlatformId } from "../../project/own-platform.ts";
import type { Platform } from "../../project/platform.ts";
import { brandOf } from "../../repository/brand-of.ts";
import type { Documents } from "../../repository/find-documents.ts";
import { readSnapshot } from "../../repository/read-snapshot.ts";
import type { Snapshot } from "../../repository/snapshot.ts";

/** A deployment of somebody else's making, as it stands. */
export interface Adoption {
  readonly snapshot: Snapshot;
  readonly examined: Judged;
  readonly platform: Platform;
  /** What its files say of the questions; one that is no answer to its question is passed over. */
  readonly proposals: GivenAnswers;
  /** The questions that do not concern it. */
  readonly settled: GivenAnswers;
}

/**
 * Reads a folder in which this package has made nothing yet, or that it has adopted before.
 *
 * @param today `YYYY-MM-DD`.
 * @param isAdopted Whether an earlier run adopted it.
 * @returns `undefined` where nothing deploys the server.
 */
export async function readAdoption(
  directory: string,
  today: string,
  isAdopted: boolean,
): Promise<Adoption | undefined> {
  const snapshot = readSnapshot(directory);
  const examined = await examineRepository(snapshot, { today, packageVersion: packageVersion() });
  const { platform, versionLines } = examined.facts;
  if (!platform && !isAdopted) return undefined;
  return {
    snapshot,
    examined,
    platform: ownPlatform(platform?.id ?? "unknown", versionLines[0]?.path ?? ""),
    proposals: proposalsOf(examined),
    settled: {
      platform: ownPlatformId,
      edition: "team",
      serverVersion: defaultVersion,
      license: "MIT",
    },
  };
}

function proposalsOf({ facts, subject, documents }: Judged): GivenAnswers {
  const upgrade = facts.upgrade.ways.some(({ script }) => script !== undefined);
  const systems = subject.systems.map(({ id }) => id);
  return {
    ...(systems.length > 0 ? { os: systems } : {}),
    ...(brandOf(documents) ?? titleOf(documents)),
    tier: upgrade ? "certified" : "registered",
    upgrade,
  };
}

/** The heading above all others, without what the program adds to a name. */
function titleOf({ read }: Documents): { readonly name?: string } {
  const headings = read[0]?.document.blocks.filter(({ kind }) => kind === "heading") ?? [];
  const [first, ...others] = headings;
  const isTitle = first !== undefined && others.every(({ depth }) => depth > first.depth);
  return isTitle ? { name: first.text.trim().replace(/ for Mattermost$/, "") } : {};
}
