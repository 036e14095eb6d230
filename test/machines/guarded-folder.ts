import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execute } from "./execute.ts";

/** A folder that goes, with all that was started around it, when this process ends in whatever way. */
export interface GuardedFolder {
  readonly path: string;
  /** Lines of bash that undo what is about to be done; the last ones given run first. */
  undoWith(lines: string): void;
  /** Undoes and removes everything now. */
  remove(): Promise<void>;
}

/**
 * Makes a guarded folder, below one that all checkouts share; first clears what earlier runs left whose
 * guard was killed too. Everybody may enter it.
 *
 * `end PID [SIGNAL]` is there for the lines: it ends a process only if its command line names the folder.
 */
export async function guardedFolder(name: string): Promise<GuardedFolder> {
  mkdirSync(base, { recursive: true });
  await sweep();
  const path = mkdtempSync(join(base, `${name}-`));
  chmodSync(path, 0o755);
  let lines: readonly string[] = [];
  const save = () => writeFileSync(join(path, "clean-up"), [functions(path), ...lines].join("\n"));
  save();
  const guard = spawn("bash", [join(import.meta.dirname, "guard.sh"), path], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  const gone = once(guard, "close");
  // The guard outlives this process; it must not keep it from ending.
  guard.unref();
  return {
    path,
    undoWith(added) {
      lines = [added, ...lines];
      save();
    },
    async remove() {
      guard.ref();
      guard.stdin.end();
      await gone;
    },
  };
}

const base = join(realpathSync(tmpdir()), "mattermost-deployment-system");

const functions = (path: string) => `
end() {
  if grep -aqF -- '${path}' "/proc/$1/cmdline" 2>/dev/null; then kill "-\${2:-KILL}" "$1"; fi
}
wait_for() {
  for ((i = 0; i < \${2:-100}; i++)); do [[ -d /proc/$1 ]] || return 0; sleep 0.1; done
}
`;

async function sweep(): Promise<void> {
  for (const name of readdirSync(base)) {
    const path = join(base, name);
    if (!isAbandoned(path)) continue;
    await execute("bash", [join(path, "clean-up")], { mayFail: true });
    await execute("rm", ["-rf", "--one-file-system", path]);
  }
}

// Whatever is looked at here may vanish at any moment: its guard is at work.
function isAbandoned(path: string): boolean {
  const guard = textOf(join(path, "guard"));
  if (guard === undefined) {
    // A folder that is being made has no guard for a moment.
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat !== undefined && Date.now() - stat.ctimeMs > 60_000;
  }
  return textOf(join("/proc", guard.trim(), "cmdline"))?.includes(path) !== true;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
