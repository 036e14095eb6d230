/** The folder of a project that holds what this package has to remember. */
export const stateFolder = ".mattermost-deployment";

/**
 * Whether a path may stand in a plan or a lock: relative, POSIX, without empty, `.` or `..` parts, in
 * characters that show and that every file system takes, and none that git or this package keeps to
 * itself, however a file system may spell it.
 */
export function isProjectPath(path: string): boolean {
  if (path.length > 240 || path.startsWith(" ") || strange.test(path)) return false;
  const parts = path.split("/").map(folded);
  return parts.every(isPart) && parts[0] !== folded(stateFolder) && parts.join("/") !== store;
}

/** What does not show, what Windows gives a meaning, and what stands for bytes that are no text. */
const strange = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]|[<>:"|?*\\~\uFFFD]/u;

function isPart(part: string): boolean {
  return !["", folded(".git")].includes(part) && !/[. ]$/.test(part) && isShort(part);
}

/** A name has 255 bytes at most, and what is written beside a file has a longer one. */
function isShort(part: string): boolean {
  return Buffer.byteLength(part) <= 240;
}

/** A name as the most lenient file system compares it: `.gıt` and `.ＧＩＴ` can be `.git`. */
function folded(part: string): string {
  return part.normalize("NFKC").toUpperCase();
}

const store = folded(".yo-rc.json");

/** Whether a path is one of what this package has to remember. */
export function isStatePath(path: string): boolean {
  return path.startsWith(`${stateFolder}/`);
}
