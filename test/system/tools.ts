import { spawnSync, type SpawnSyncOptions } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** The root of the checkout. */
export const checkout = join(import.meta.dirname, "../..");

const tools = join(checkout, "node_modules/.cache/system/tools/root/usr");

/** The path of a program that `install-packages` unpacked without installing it. */
export function tool(name: "nginx" | "caddy" | "docker-compose" | "gitleaks"): string {
  const paths = {
    nginx: "sbin/nginx",
    caddy: "bin/caddy",
    gitleaks: "bin/gitleaks",
    "docker-compose": "libexec/docker/cli-plugins/docker-compose",
  };
  const path = join(tools, paths[name]);
  if (!existsSync(path)) throw new Error(`${name} is missing; run npm run test:system`);
  return path;
}

/** What a program printed and how it ended. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** Runs a program to its end; its standard input is empty unless one is given. */
export function run(program: string, args: readonly string[], options: SpawnSyncOptions = {}): Ran {
  const { status, stdout, stderr, error } = spawnSync(program, [...args], {
    input: "",
    maxBuffer: 64 * 1024 * 1024,
    ...options,
    encoding: "utf8",
  });
  if (error) throw error;
  return { code: status, out: stdout, error: stderr };
}

/** Runs a program that has to succeed. */
export function succeed(
  program: string,
  args: readonly string[],
  options: SpawnSyncOptions = {},
): string {
  const { code, out, error } = run(program, args, options);
  if (code !== 0)
    throw new Error(`${program} ${args.join(" ")} ended with ${code}\n${out}${error}`);
  return out;
}

/** The account of an ordinary user, `nobody`, for what must not need root. */
export const ordinaryUser = { uid: 65_534, gid: 65_534 } as const;
