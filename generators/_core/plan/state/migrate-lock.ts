/** What one step knows of the lock before it: an object of which nothing else is certain. */
type RawLock = Readonly<Record<string, unknown>>;

/**
 * Brings a lock that an earlier release wrote into today's shape, step by step. What is no lock at
 * all comes back as it is, for the parser to refuse.
 */
export function migrateLock(value: unknown): unknown {
  if (!isObject(value)) return value;
  const first = steps.findIndex(({ from }) => from === value["schemaVersion"]);
  return first === -1
    ? value
    : steps.slice(first).reduce((lock, step) => step.migrate(lock), value);
}

/** Each step leads from one shape to the next; released ones never change. */
const steps: readonly { readonly from: number; migrate(lock: RawLock): RawLock }[] = [
  { from: 1, migrate: withOwnership },
];

/** Until 0.1.0 files had neither owner nor state, and no project was adopted. */
function withOwnership(lock: RawLock): RawLock {
  const { files } = lock;
  const owners = new Map([
    ["README.md", "blocks"],
    ["CHANGELOG.md", "once"],
  ]);
  const migrated = (path: string, file: unknown) =>
    isObject(file) ? { ...file, ownership: owners.get(path) ?? "merged", state: "settled" } : file;
  return {
    ...lock,
    schemaVersion: 2,
    isAdopted: false,
    files: isObject(files)
      ? Object.fromEntries(
          Object.entries(files).map(([path, file]) => [path, migrated(path, file)]),
        )
      : files,
  };
}

function isObject(value: unknown): value is RawLock {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
