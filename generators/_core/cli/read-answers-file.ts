import { readFileSync } from "node:fs";
import { UserError } from "../user-error.ts";

/** The largest answers file that is read, in bytes. */
const largest = 1_000_000;

/**
 * Reads an answers file: JSON or YAML, `-` for standard input.
 *
 * @returns The answers by their keys; `$schema` is left out.
 * @throws UserError when it cannot be read, is neither JSON nor YAML, or is no mapping.
 */
export async function readAnswersFile(path: string): Promise<Readonly<Record<string, unknown>>> {
  const text = readText(path);
  const value = text.trimStart().startsWith("{")
    ? parseJson(path, text)
    : await parseYaml(path, text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw unreadable(path, "found no mapping of keys to answers, expected one");
  }
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== "$schema"));
}

function readText(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path === "-" ? 0 : path);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    const what = code === "ENOENT" ? "there is no such file" : `it cannot be read: ${code}`;
    throw unreadable(path, what, cause);
  }
  if (bytes.length > largest)
    throw unreadable(path, `found ${bytes.length} bytes, expected at most ${largest}`);
  return bytes.toString("utf8").replace(/^\uFEFF/, "");
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unreadable(
      path,
      `it is not valid JSON: ${cause instanceof Error ? cause.message : ""}`,
      cause,
    );
  }
}

async function parseYaml(path: string, text: string): Promise<unknown> {
  const { parse } = await import("yaml");
  try {
    return parse(text, { prettyErrors: true, maxAliasCount: 10 });
  } catch (cause) {
    const message = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : "";
    throw unreadable(path, `it is not valid YAML: ${message.replace(/:$/, "")}`, cause);
  }
}

function unreadable(path: string, problem: string, cause?: unknown): UserError {
  const name = path === "-" ? "standard input" : path;
  return new UserError(`answers in ${name}: ${problem}; nothing was written`, {
    hint: "Give JSON or YAML as schemas/answers.schema.json describes it.",
    cause,
  });
}
