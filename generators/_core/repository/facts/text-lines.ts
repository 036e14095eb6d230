import type { Place } from "../../program/facts.ts";

/** The longest line that is looked at: longer ones are data. */
const longest = 2000;

/** A line of a text file, with its number from 1. */
export interface TextLine {
  readonly text: string;
  readonly line: number;
}

/** The lines of a text that somebody may have written. */
export function textLines(text: string): readonly TextLine[] {
  return text
    .split("\n")
    .map((line, index) => ({ text: line.replace(/\r$/, ""), line: index + 1 }))
    .filter((line) => line.text.length <= longest);
}

/** Whether a line is commented out in any usual language. */
export function isCommentedOut(text: string): boolean {
  return /^\s*(#(?!\{)|\/\/|;|--\s|<!--|\*\s|rem\s)/i.test(text);
}

/** A line as evidence: its words in one line, cut where they are long. */
export function placeOf(path: string, { text, line }: TextLine): Place {
  const words = text.replace(/\s+/g, " ").trim();
  return { path, line, text: words.length > 240 ? `${words.slice(0, 239)}…` : words };
}

/** Whether a file is for people to read, and sets nothing. */
export function isProse(path: string): boolean {
  return (
    /\.(md|markdown|rst|adoc|asciidoc|txt|html?)$/i.test(path) ||
    /(^|\/)(readme|license|licence|copying|notice|authors|contributors|change-?log|changes|history|news)[^/]*$/i.test(
      path,
    )
  );
}

/** Whether a file belongs to tests, examples, or the machinery of a forge: it deploys nothing. */
export function isAside(path: string): boolean {
  return (
    /(^|\/)(\.github|\.gitlab|\.circleci|\.ci|tests?|spec|specs|molecule|fixtures?|examples?|samples?|docs?|contrib|kitchen|ci|e2e|\.mattermost-deployment)\//i.test(
      path,
    ) ||
    /(^|\/)(\.travis|\.gitlab-ci|\.kitchen|kitchen|Vagrantfile|Jenkinsfile|package-lock|yarn\.lock|go\.sum)/i.test(
      path,
    )
  );
}
