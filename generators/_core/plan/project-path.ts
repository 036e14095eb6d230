/** The folder of a project that holds what this package has to remember. */
export const stateFolder = ".mattermost-deployment";

/**
 * Whether a path may stand in a plan or a lock: relative, POSIX, without empty, `.` or `..` parts, in
 * letters that mean the same on every file system, and none that git or this package keeps to itself.
 */
export function isProjectPath(path: string): boolean {
  if (path.length === 0 || path.length > 240 || !/^[\w.@+-][\w.@+/ -]*$/.test(path)) return false;
  const parts = path.toLowerCase().split("/");
  return (
    parts.every((part) => !["", ".", "..", ".git"].includes(part)) &&
    parts[0] !== stateFolder &&
    path.toLowerCase() !== ".yo-rc.json"
  );
}

/** Whether a path is one of what this package has to remember. */
export function isStatePath(path: string): boolean {
  return path.startsWith(`${stateFolder}/`);
}
