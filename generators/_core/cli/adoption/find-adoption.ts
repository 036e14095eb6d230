import { readdirSync } from "node:fs";
import type { AnswerSource } from "../../project/answers/answer-source.ts";
import { errorCode } from "../../user-error.ts";
import { givenPlatform } from "../answers/collect-answers.ts";
import type { CreateWorld } from "../create/create-call.ts";
import type { ProjectState } from "../create/read-state.ts";
import type { Adoption } from "./read-adoption.ts";

/**
 * Finds out whether a folder holds a deployment that somebody else made. One that is empty, that
 * this package made, or for which a platform is asked for is none.
 */
export async function findAdoption(
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

/** Whether anything lies in a folder that could be a deployment already. */
function holdsFiles(directory: string): boolean {
  try {
    return readdirSync(directory).some((name) => name !== ".git");
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return false;
    throw cause;
  }
}
