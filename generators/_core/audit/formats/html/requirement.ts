import type { Files } from "../../../program/requirement.ts";
import { weightOf, type Audit } from "../../audit.ts";
import type { Found, NearMiss, RequirementReport, Warning } from "../../report.ts";
import { markedWords, type MarkedWords } from "../marked-words.ts";
import { markup, type Markup } from "../markup.ts";
import { outcomeNames } from "../outcome-names.ts";
import { requirementHelp } from "../requirement-help.ts";
import { shownText } from "../shown-text.ts";
import { excerpt, type ExcerptLine } from "./excerpt.ts";

/** More places say nothing more. */
const mostPlaces = 5;

/** One requirement: what it came to, the evidence in its place, near misses and what to do. */
export function requirementArticle(requirement: RequirementReport, audit: Audit): Markup {
  const { id, title, outcome, evidence, near, advice, waiver } = requirement;
  const { label, meaning } = outcomeNames[outcome];
  const tone = toneOf(requirement, audit);
  const isOpen = tone !== "good" && outcome !== "not-applicable";
  return markup`<article aria-labelledby="${id}">
<header><span class="chip ${tone}">${signs[tone]} ${label}</span><h3 id="${id}">${title}</h3></header>
<p class="id"><a href="${requirementHelp(id)}"><code>${id}</code></a> · ${meaning}</p>
${evidence.slice(0, mostPlaces).map((found) => evidenceFigure(found, audit.sources, isOpen))}
${near.slice(0, mostPlaces).map(nearFigure)}
${waiver ? markup`<p>Waived until ${waiver.until}: ${shownText(waiver.reason)}</p>` : undefined}
${isOpen && advice !== "" ? markup`<p class="advice">${shownText(advice)}</p>` : undefined}
</article>
`;
}

/** Something beside the tier. */
export function warningArticle({ id, evidence, advice }: Warning, { sources }: Audit): Markup {
  return markup`<article>
<header><span class="chip look">${signs.look} warning</span><h3>${id.replaceAll("-", " ")}</h3></header>
${evidence.slice(0, mostPlaces).map((found) => evidenceFigure(found, sources, true))}
<p class="advice">${shownText(advice)}</p>
</article>
`;
}

type Tone = "good" | "bad" | "look" | "plain";

const signs: Readonly<Record<Tone, string>> = { good: "✓", bad: "✗", look: "!", plain: "–" };

function toneOf(requirement: RequirementReport, audit: Audit): Tone {
  if (requirement.outcome === "not-applicable") return "plain";
  if (requirement.outcome === "attest") return "look";
  const tones = { failure: "bad", shortfall: "bad", remark: "look", none: "good" } as const;
  return tones[weightOf(requirement, audit)];
}

function evidenceFigure(found: Found, sources: Files, isOpen: boolean): Markup {
  const lines = excerpt(sources, found);
  const content =
    lines.length === 0
      ? found.text !== "" && markup`<p class="quote">${shownText(found.text)}</p>`
      : markup`<div class="lines">${lines.map((line) => excerptRow(line, isOpen))}</div>`;
  return markup`<figure><figcaption>${placeOf(found)}</figcaption>${content || undefined}</figure>
`;
}

function excerptRow({ number, text, isFound }: ExcerptLine, isOpen: boolean): Markup {
  const kind = isFound ? `row found${isOpen ? " about" : ""}` : "row";
  return markup`<div class="${kind}"><span class="number">${isFound ? "›" : ""}${number}</span><code>${text}</code></div>`;
}

function nearFigure(miss: NearMiss): Markup {
  const words = markedWords(miss);
  const content = words.length === 0 ? shownText(miss.text) : spaced(words);
  return markup`<figure><figcaption>${placeOf(miss)}</figcaption><p class="quote">${content}</p></figure>
`;
}

function spaced(words: readonly MarkedWords[]): readonly Markup[] {
  return words.flatMap((word) => [wordMarkup(word), markup` `]);
}

function wordMarkup({ kind, text }: MarkedWords): Markup {
  switch (kind) {
    case "same":
      return markup`${text}`;
    case "extra":
      return markup`<del>${text}</del>`;
    case "missing":
      return markup`<ins>${text}</ins>`;
    default:
      return kind satisfies never;
  }
}

function placeOf({ path, line }: Found): string {
  return `${shownText(path)}, line ${line}`;
}
