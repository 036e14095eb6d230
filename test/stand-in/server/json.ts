/** Any object of JSON. */
export type Json = Readonly<Record<string, unknown>>;

/** Tells whether a value is an object, with keys. */
export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Parses an object.
 *
 * @throws Error when the text is something else.
 */
export function parseObject(text: string): Json {
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) throw new Error("no object of JSON");
  return value;
}

/** The text at a key, empty when there is none. */
export function textAt(object: Json, key: string): string {
  const value = object[key];
  return typeof value === "string" ? value : "";
}
