import { createReadStream } from "node:fs";
import { errorCode, UserError } from "../../user-error.ts";

/** The largest answers file that is read, in bytes. */
const largest = 1_000_000;

/**
 * Reads an answers file: JSON or YAML, `-` for standard input.
 *
 * @returns The answers by their keys; `$schema` is left out.
 * @throws UserError when it cannot be read, is neither JSON nor YAML, or is no mapping.
 */
export async function readAnswersFile(path: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await readText(path);
  const isJson = path.endsWith(".json") || text.trimStart().startsWith("{");
  const value = (isJson ? parseJson(path, text) : undefined) ?? (await parseYaml(path, text));
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw unreadable(path, "found no mapping of keys to answers, expected one");
  }
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== "$schema"));
}

async function readText(path: string): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of path === "-" ? process.stdin : createReadStream(path)) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      if (size > largest) throw unreadable(path, `found more than ${largest} bytes`);
      chunks.push(bytes);
    }
  } catch (cause) {
    const code = errorCode(cause);
    if (code === undefined) throw cause;
    const what = code === "ENOENT" ? "there is no such file" : `it cannot be read: ${code}`;
    throw unreadable(path, what, cause);
  }
  return Buffer.concat(chunks)
    .toString("utf8")
    .replace(/^\uFEFF/, "");
}

/** The value, or `undefined` for a text that only YAML can make something of: `{platform: linux}`. */
function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (!path.endsWith(".json")) return undefined;
    const message = cause instanceof Error ? cause.message : String(cause);
    throw unreadable(path, `it is not valid JSON: ${message}`, cause);
  }
}

async function parseYaml(path: string, text: string): Promise<unknown> {
  const { parse } = await import("yaml");
  try {
    return parse(text, { stringKeys: true, maxAliasCount: 10 });
  } catch (cause) {
    const message = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
    throw unreadable(path, `it is not valid YAML or JSON: ${message.replace(/:$/, "")}`, cause);
  }
}

function unreadable(path: string, problem: string, cause?: unknown): UserError {
  const name = path === "-" ? "standard input" : path;
  return new UserError(`answers in ${name}: ${problem}; nothing was written`, {
    hint: "Give JSON or YAML as schemas/answers.schema.json describes it.",
    cause,
  });
}
