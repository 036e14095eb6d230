import { spawn, type SpawnOptions } from "node:child_process";

/** What a program printed and how it ended. */
export interface Executed {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** A program's environment and the like, and what it reads. */
export interface ExecuteOptions extends Pick<SpawnOptions, "cwd" | "env" | "uid" | "gid"> {
  readonly input?: string | Buffer;
  /** Seconds after which it is killed; 600 unless given. */
  readonly timeout?: number;
  /** Also resolve when it fails. */
  readonly mayFail?: true;
}

/**
 * Runs a program to its end without holding up the servers of this process.
 *
 * @throws Error with all that it printed when it fails and may not.
 */
export function execute(
  program: string,
  words: readonly string[],
  options: ExecuteOptions = {},
): Promise<Executed> {
  const { input = "", timeout = 600, mayFail, ...others } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...words], { ...others, stdio: "pipe" });
    const parts: Record<"out" | "error", Buffer[]> = { out: [], error: [] };
    child.stdout.on("data", (part: Buffer) => parts.out.push(part));
    child.stderr.on("data", (part: Buffer) => parts.error.push(part));
    const timer = setTimeout(() => child.kill("SIGKILL"), timeout * 1000);
    child.once("error", reject);
    child.once("close", (code) => {
      clearTimeout(timer);
      const [out, error] = [parts.out, parts.error].map((all) => Buffer.concat(all).toString());
      if (code === 0 || mayFail) resolve({ code, out: out ?? "", error: error ?? "" });
      else
        reject(
          new Error(
            `${program} ${words.join(" ").slice(0, 300)} ended with ${code}\n${out}${error}`,
          ),
        );
    });
    // A program may end before it has read all of it.
    child.stdin.on("error", () => {}).end(input);
  });
}
