import type { Facts, Place } from "../../program/facts.ts";
import type { Files } from "../../program/requirement.ts";
import { isAside, isCommentedOut, isProse, placeOf, textLines } from "./text-lines.ts";

const most = 20;
const defaultPassword =
  /(?:^|[\s"'{,_-])(?:[\w.-]{0,40}(?:password|passwd|_pass|pwd))["'\]]?\s{0,4}(?:=>|:=|[:=])\s{0,4}["']?(mmuser[_-]?password|mmuser|mostest|password|passw0rd|change[-_ ]?me\w{0,20}|secret|admin|postgres|mattermost|example|12345\w{0,10}|test|root|toor)["']?\s{0,4}[,;}]?\s{0,4}(?:#.*)?$/i;
const passwordInAddress =
  /postgres(?:ql)?:\/\/\w{1,40}:(mmuser[_-]?password|mostest|password|mattermost|postgres|mmuser|changeme|secret)@/;
const alert = /enable_?security_?fix_?alert["'\]]?\s{0,4}(?:=>|:=|[:=])\s{0,4}["']?false/i;

/** Where a bare word behind a colon is a variable. */
const programs = /\.(go|[jt]sx?|py|java|c|php|rs)$/i;

/** Finds passwords that everybody knows. Prose, tests and lines that are commented out do not count. */
export function defaultPasswords(files: Files): readonly Place[] {
  return linesOf(
    files,
    /pass|pwd|postgres/i,
    (text) => defaultPassword.test(text) || passwordInAddress.test(text),
  );
}

/** Finds settings that turn off the server's notice of security fixes. */
export function silencedAlerts(files: Files): readonly Place[] {
  return linesOf(files, /fix_?alert/i, (text) => alert.test(text));
}

/** @param sign What a hit has at the least; few files and few lines have it. */
function linesOf(files: Files, sign: RegExp, isHit: (text: string) => boolean): readonly Place[] {
  const found: Place[] = [];
  for (const [path, text] of files) {
    if (isProse(path) || isAside(path) || programs.test(path)) continue;
    if (!sign.test(text)) continue;
    for (const line of textLines(text)) {
      if (sign.test(line.text) && isHit(line.text) && !isCommentedOut(line.text))
        found.push(placeOf(path, line));
      if (found.length >= most) return found;
    }
  }
  return found;
}

const lockPath = ".mattermost-deployment/lock.json";

/** Reads who made a project from its lock, a value of anybody's: what is not as expected is no lock. */
export function lockFacts(files: Files): Facts["lock"] {
  const text = files.get(lockPath);
  if (text === undefined) return undefined;
  const head = text.slice(0, 4000);
  const [, generator] =
    /"generator"\s*:\s*"(\d{1,5}\.\d{1,5}\.\d{1,5})[^"]{0,40}"/.exec(head) ?? [];
  const [, program] = /"program"\s*:\s*"(\d{4}-\d\d-\d\d)"/.exec(head) ?? [];
  if (generator === undefined || program === undefined) return undefined;
  return {
    generator,
    program,
    place: { path: lockPath, line: 1, text: `generator ${generator}, program ${program}` },
    conflicts: lockConflicts(text),
  };
}

/** The files that wait for a decision, read line by line as the lock is printed. */
function lockConflicts(text: string): readonly Place[] {
  const found: Place[] = [];
  let file = "";
  for (const { text: words, line } of textLines(text)) {
    file = /^ {4}"([^"]{1,240})": \{$/.exec(words)?.[1] ?? file;
    const isOpen = /^ {6}"state": "(conflict|markers)"/.test(words);
    if (isOpen && found.length < most) found.push({ path: lockPath, line, text: file });
  }
  return found;
}
