import { isCommentedOut, textLines } from "./text-lines.ts";
import type { UpgradeDeed } from "./upgrade-deed.ts";

/** What one task of a play, or one line of a program, holds. */
export interface TaskText {
  readonly text: string;
  readonly line: number;
  /** The file that it brings in. */
  readonly included: string | undefined;
}

/** Takes a play apart into its tasks, and any other program into its lines. What they print is left out. */
export function taskTexts({
  path,
  text,
}: {
  readonly path: string;
  readonly text: string;
}): readonly TaskText[] {
  const lines = textLines(text).filter(
    (line) => !isCommentedOut(line.text) && !printed.test(line.text),
  );
  if (!/\.ya?ml$/.test(path)) {
    return lines.map((line) => ({ text: line.text, line: line.line, included: undefined }));
  }
  const tasks: { text: string; line: number; included: string | undefined }[] = [];
  for (const { text: words, line } of lines) {
    const last = tasks.at(-1);
    const [, included] =
      /\b(?:include|import)_(?:tasks|playbook|role)\s*:\s*["']?([\w./-]+)/.exec(words) ?? [];
    if (!last || /^\s*-\s+\w[\w.]*:/.test(words))
      tasks.push({ text: named(words), line, included });
    else
      tasks.splice(-1, 1, {
        text: `${last.text} ${named(words).trim()}`,
        line: last.line,
        included: last.included ?? included,
      });
  }
  return tasks;
}

const printed =
  /^\s*(?:print|puts|logging\.\w+|logger\.\w+|log)\b\s*\(?|^\s*-?\s*(?:ansible\.builtin\.)?(?:debug|fail)\s*:|^\s*(?:msg|fail_msg|success_msg)\s*:/;

/** The name of a task is no deed. */
function named(line: string): string {
  return line.replace(/^(\s*-?\s*)name\s*:.*$/, "$1");
}

const signs: readonly (readonly [UpgradeDeed, RegExp])[] = [
  [
    "database",
    /\b(pg_dump(all)?|pg_basebackup|mysqldump|mariadb-dump|postgresql_db\b.*\bdump|mysql_db\b.*\bdump)\b/,
  ],
  [
    "fetch",
    /\b(unarchive|get_url|docker_image|git)\s*:|\btarfile\b|\bunpack_archive\b|\burlretrieve\b/,
  ],
  [
    "replacement",
    /\bunarchive\s*:|\bstate:\s*link\b|\bdocker_(container|compose\w*|stack)\s*:|\bos\.(replace|symlink|rename)\b|\b(apt|dnf|yum|package)\s*:.*mattermost/,
  ],
  ["start", /\b(re)?started\b|\bsystemctl\b.*\b(re)?start\b|\bcompose\b.*\bup\b/],
];
const copying =
  /\b(copy|synchronize|archive|fetch)\s*:|\b(cp|rsync|tar|mv)\s|\bshutil\.copy\w*|\bbackup:\s*(yes|true)/;

/** What a task of a play, or a line of a program, does to a server. */
export function taskDeeds(text: string): readonly UpgradeDeed[] {
  const found = signs.flatMap(([deed, sign]) => (sign.test(text) ? [deed] : []));
  const isKept = copying.test(text) && /back|bak|sav|keep|archive|dump|old/i.test(text);
  if (!isKept) return found;
  const isConfiguration = /config(?=[^a-z]|$)/i.test(text);
  const isData = /(^|[^a-z])data([^a-z]|$)/i.test(text);
  return [
    ...found,
    ...(isConfiguration ? (["configuration"] as const) : []),
    ...(isData ? (["data"] as const) : []),
  ];
}
