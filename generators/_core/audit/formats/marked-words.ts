import type { NearMiss } from "../report.ts";
import { shownText } from "./shown-text.ts";

/** A run of words that are shared, too much or missing, with marks that need no colour. */
export interface MarkedWords {
  readonly kind: "same" | "missing" | "extra";
  /** Between `[-` and `-]` what should go, between `{+` and `+}` what should come. */
  readonly text: string;
}

/** Joins the words of a near miss to runs of one kind. */
export function markedWords({ words }: Pick<NearMiss, "words">): readonly MarkedWords[] {
  const runs = words.reduce<readonly MarkedWords[]>((before, { kind, text }) => {
    const last = before.at(-1);
    return last?.kind === kind
      ? [...before.slice(0, -1), { kind, text: `${last.text} ${text}` }]
      : [...before, { kind, text }];
  }, []);
  return runs.map(({ kind, text }) => ({ kind, text: mark(kind, shownText(text)) }));
}

function mark(kind: MarkedWords["kind"], text: string): string {
  switch (kind) {
    case "same":
      return text;
    case "extra":
      return `[-${text}-]`;
    case "missing":
      return `{+${text}+}`;
    default:
      return kind satisfies never;
  }
}
