import type { Facts } from "../../generators/_core/program/facts.ts";
import { findDocuments } from "../../generators/_core/repository/find-documents.ts";
import { gatherFacts } from "../../generators/_core/repository/gather-facts.ts";
import { snapshotOf } from "../../generators/_core/repository/snapshot.ts";

/** Texts by path. */
export type Texts = Readonly<Record<string, string>>;

/** What the files of a repository show. */
export async function factsOf(files: Texts): Promise<Facts> {
  const snapshot = snapshotOf(new Map(Object.entries(files)));
  return gatherFacts(snapshot, await findDocuments(snapshot));
}
