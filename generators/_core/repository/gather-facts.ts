import type { Facts } from "../program/facts.ts";
import { changelogFacts } from "./facts/changelog-facts.ts";
import { platformFacts } from "./facts/platform-facts.ts";
import { systemFacts, unofficialOptionFacts } from "./facts/system-facts.ts";
import { upgradeFacts } from "./facts/upgrade-facts.ts";
import { versionLines } from "./facts/version-lines.ts";
import { defaultPasswords, lockFacts, silencedAlerts } from "./facts/warning-facts.ts";
import type { Documents } from "./find-documents.ts";
import type { Snapshot } from "./snapshot.ts";

/** Gathers what the files of a repository show. Nothing is judged here. */
export function gatherFacts({ texts }: Snapshot, documents: Documents): Facts {
  const platform = platformFacts(texts);
  return {
    hasFiles: texts.size > 0,
    documents: [...documents.read.map(({ path }) => ({ path })), ...documents.unread],
    isReadmeUnread: documents.unread.length > 0,
    platform,
    systems: systemFacts(texts, documents.read, platform),
    unofficialOptions: unofficialOptionFacts(documents.read, platform),
    versionLines: versionLines(texts),
    changelog: changelogFacts(texts, documents.read),
    upgrade: upgradeFacts(texts, documents.read, platform),
    defaultPasswords: defaultPasswords(texts),
    silencedAlerts: silencedAlerts(texts),
    lock: lockFacts(texts),
  };
}
