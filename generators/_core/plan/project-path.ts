/** The folder of a project that holds what this package has to remember. */
export const stateFolder = ".mattermost-deployment";

/**
 * Whether a path may stand in a plan or a lock: relative, POSIX, without empty, `.` or `..` parts, in
 * letters that mean the same on every file system.
 */
export function isProjectPath(path: string): boolean {
  if (path.length === 0 || path.length > 240 || !/^[\w.@+-][\w.@+/ -]*$/.test(path)) return false;
  const parts = path.split("/");
  return (
    parts.every((part) => part !== "" && part !== "." && part !== "..") &&
    parts[0] !== ".git" &&
    parts[0] !== stateFolder
  );
}
