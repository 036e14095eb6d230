import { UserError } from "../../user-error.ts";
import { likeLines } from "../line-endings.ts";

/** The file in which Yeoman generators keep answers, and the key of this one. */
export const storePath = ".yo-rc.json";
const storeKey = "generator-mattermost-deployment";

/**
 * Parses the answers that an earlier run stored; none is an empty record.
 *
 * @param text The text of {@link storePath}, or `undefined` where there is none.
 * @throws UserError when it is not JSON or holds something else than an object.
 */
export function parseStore(text: string | undefined): Readonly<Record<string, unknown>> {
  const own = text === undefined ? {} : (parseObject(text)[storeKey] ?? {});
  if (!isObject(own)) throw broken(`${storeKey} is not an object`);
  return own;
}

/**
 * Prints a store in which only this package's own answers are replaced: every byte of what other
 * generators keep there stays. Where they are the same, it is the text that is there.
 *
 * @param text The text that is there, byte for byte, or `undefined` where there is none.
 */
export async function formatStore(
  text: string | undefined,
  answers: Readonly<Record<string, unknown>>,
): Promise<string> {
  if (text === undefined) return `${JSON.stringify({ [storeKey]: answers }, null, 2)}\n`;
  const store = parseObject(text);
  if (JSON.stringify(store[storeKey]) === JSON.stringify(answers)) return text;
  if (Object.keys(store).some((key) => key !== storeKey)) {
    const { setKey } = await import("./edit-json.ts");
    const plain = text.replace(/^\uFEFF/, "");
    return text.slice(0, text.length - plain.length) + setKey(plain, storeKey, answers);
  }
  const [, indent = "  "] = /^\uFEFF?\{\r?\n([ \t]+)"/.exec(text) ?? [];
  return likeLines(`${JSON.stringify({ [storeKey]: answers }, null, indent)}\n`, text);
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw broken("it is not JSON", cause);
  }
  if (!isObject(value)) throw broken("it is not an object");
  return value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function broken(problem: string, cause?: unknown): UserError {
  return new UserError(`${storePath} cannot be read (${problem}); nothing was written`, {
    hint: "Mend it or restore it from version control.",
    cause,
  });
}
