/**
 * Says what is expected of free text that goes into documents, or `undefined` when it is fine.
 *
 * One line of at most 100 characters. Control characters, line separators, lone surrogates and marks
 * that reverse the direction of a text are refused, since no escaping makes them harmless to a
 * reader; every other character is allowed and escaped where it is written.
 */
export function plainTextExpectation(text: string): string | undefined {
  if (visible(text).trim() === "") return "expected some text";
  if (text !== text.trim()) return "expected no space at either end";
  if (/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202A-\u202E\u2066-\u2069\uFEFF]/u.test(text)) {
    return "expected one line without control characters";
  }
  if (text.length > 100) return "expected at most 100 characters";
  if (/^\[.*\]$/.test(text))
    return "expected the name itself in place of the bracketed placeholder";
  if (/\bfor\s+mattermost\b/iu.test(visible(text))) {
    return 'expected a name without "for Mattermost", which is added to it';
  }
  return undefined;
}

/**
 * Says what is expected of a solution's NAME beyond {@link plainTextExpectation}: the branding
 * guidelines want no name that starts with "Mattermost".
 */
export function solutionNameExpectation(text: string): string | undefined {
  if (/^[\p{P}\p{S}\s]*mattermost/iu.test(visible(text))) {
    return 'expected a name that does not start with "Mattermost"';
  }
  return plainTextExpectation(text);
}

/** The text without characters that nobody sees, in its compatibility form. */
function visible(text: string): string {
  return text.normalize("NFKC").replace(/\p{Cf}/gu, "");
}
