import type { Statement } from "../../program/statement.ts";
import type { Wording } from "../../program/wording.ts";
import type { Block, Link } from "../documents/document.ts";
import { foldAddress, officialHost, wordsOf, type Token } from "./text-tokens.ts";

/** How the link of a statement is. */
export type LinkOutcome =
  | { readonly outcome: "met" | "variant" | "outdated" }
  | { readonly outcome: "near"; readonly reason: string };

/** Whether the words that have to be a link are one, and where it leads. */
export function linkOutcome(
  { link, wordings }: Statement,
  found: readonly Token[],
  behind: readonly Token[],
  blocks: readonly Block[],
): LinkOutcome {
  if (!link) return { outcome: "met" };
  const wanted = new Set(wordsOf(link.words));
  const labels = found.filter(({ word }) => wanted.has(word) || word.includes("/"));
  const links = blocks.flatMap((block) =>
    block.links.map((one) => ({ ...one, ...sourceSpan(block, one) })),
  );
  const around = links.filter(({ from, to }) =>
    labels.some(({ start }) => start >= from && start < to),
  );
  // A plain text has no links: the address stands behind the words.
  const next = behind.find(({ word }) => officialHost.test(word));
  const targets = around.length > 0 ? around.map(({ target }) => target) : next ? [next.shown] : [];
  if (targets.length === 0) return { outcome: "near", reason: `"${link.words}" is no link` };
  const outcomes = targets.map((target) => targetOutcome(target, link, wordings));
  const best =
    outcomes.find(({ outcome }) => outcome === "met") ??
    outcomes.find(({ outcome }) => outcome !== "near");
  return best ?? outcomes[0] ?? { outcome: "met" };
}

function sourceSpan(
  { offsets, end }: Block,
  link: Link,
): { readonly from: number; readonly to: number } {
  return { from: offsets[link.start] ?? end, to: (offsets[link.end - 1] ?? end) + 1 };
}

function targetOutcome(
  target: string,
  link: NonNullable<Statement["link"]>,
  wordings: readonly Wording[],
): LinkOutcome {
  const folded = foldAddress(target);
  const targets = wordings.map(({ links }) => foldAddress(links?.[link.words] ?? ""));
  const age = targets.indexOf(folded);
  if (age === 0) return { outcome: target.startsWith("https://") ? "met" : "variant" };
  if (age > 0) return { outcome: "outdated" };
  if (folded.split("#")[0] === targets[0]?.split("#")[0]) return { outcome: "variant" };
  if (officialHost.test(target) && link.topic.test(folded)) return { outcome: "outdated" };
  return { outcome: "near", reason: `the link leads to ${target === "" ? "nowhere" : target}` };
}
