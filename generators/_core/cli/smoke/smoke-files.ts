import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseStore, storePath } from "../../plan/state/stored-answers.ts";
import { errorCode, UserError } from "../../user-error.ts";
import { writeWhole } from "../write-whole.ts";
import type { SmokeCall } from "./smoke-call.ts";

/** Where a project keeps the record of its basic test: POSIX, relative to the project. */
export const recordPath = ".mattermost-deployment/basic-test.json";

/** What a command finds around it. */
interface Surroundings {
  /** From where paths are taken. */
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The variable that may hold an administrator's token. */
const tokenVariable = "MATTERMOST_SMOKE_TOKEN";

/**
 * Reads the administrator's token; `undefined` where none is given. An invite on the command line
 * is stronger than a variable that happens to be set.
 *
 * @throws UserError when there is no token where one should be. It never shows what is there.
 */
export function readToken(
  { tokenFile, invite }: SmokeCall,
  { cwd, environment }: Surroundings,
): string | undefined {
  const variable = environment[tokenVariable];
  if (tokenFile === undefined && (invite !== undefined || !variable)) return undefined;
  const where = tokenFile === undefined ? tokenVariable : `--token-file ${tokenFile}`;
  const text = (tokenFile === undefined ? variable : readText(cwd, tokenFile, where)) ?? "";
  const token = text.trim();
  if (/^[\w.-]+$/.test(token)) return token;
  throw new UserError(`${where}: found something else than one token`, {
    hint: "Give the token alone, as the server showed it.",
  });
}

/**
 * Reads the certificate of an authority.
 *
 * @throws UserError when it cannot be read or is no certificate.
 */
export function readAuthority(path: string, cwd: string): string {
  const where = `--ca ${path}`;
  const text = readText(cwd, path, where);
  if (text.includes("-----BEGIN CERTIFICATE-----")) return text;
  throw new UserError(`${where}: found no certificate in PEM form`);
}

/**
 * Checks before a test that what comes of it can be written.
 *
 * @throws UserError when a folder is missing.
 */
export function checkTargets({ junit, record }: SmokeCall, cwd: string): void {
  const problems = [
    ...(junit === undefined || isFolder(dirname(resolve(cwd, junit)))
      ? []
      : [`--junit ${junit}: found no folder for it`]),
    ...(record === undefined || isFolder(resolve(cwd, record))
      ? []
      : [`--record ${record}: found no folder, expected that of a project`]),
  ];
  if (problems.length > 0) throw new UserError("the result could not be written", { problems });
}

/** The platform of the project in a folder, where this package made one there. */
export function readPlatform(folder: string): string | undefined {
  const path = join(folder, storePath);
  const platform = existsSync(path)
    ? parseStore(readFileSync(path, "utf8"))["platform"]
    : undefined;
  return typeof platform === "string" ? platform : undefined;
}

/** Writes the record of a test into the project in a folder, whole or not at all. */
export function writeRecord(folder: string, record: object): void {
  const path = join(folder, recordPath);
  mkdirSync(dirname(path), { recursive: true });
  writeWhole(path, `${JSON.stringify(record, null, 2)}\n`, path);
}

function readText(cwd: string, path: string, where: string): string {
  try {
    return readFileSync(path === "-" ? 0 : resolve(cwd, path), "utf8");
  } catch (cause) {
    const code = errorCode(cause);
    const what = code === "ENOENT" ? "there is no such file" : `it cannot be read: ${code ?? ""}`;
    throw new UserError(`${where}: ${what}`, { cause });
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
