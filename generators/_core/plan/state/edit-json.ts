import { parseTree } from "jsonc-parser";
import { lineEnding } from "../line-endings.ts";

/**
 * Sets one key of an object in JSON; every byte of the others stays as it is.
 *
 * @param text An object that holds at least one key, without a byte order mark.
 */
export function setKey(text: string, key: string, value: unknown): string {
  const properties = parseTree(text)?.children ?? [];
  // The last one counts where a key stands twice.
  const own = properties.findLast(({ children }) => children?.[0]?.value === key)?.children?.[1];
  const [first, last] = [properties[0], properties.at(-1)];
  if (!first || !last) throw new Error("an object is edited that holds nothing");
  const [, indent] = /\n([ \t]*)$/.exec(text.slice(0, first.offset)) ?? [];
  const printed = print(value, indent, lineEnding(text));
  if (own) return splice(text, own.offset, own.offset + own.length, printed);
  const end = last.offset + last.length;
  const gap = indent === undefined ? " " : lineEnding(text) + indent;
  return splice(text, end, end, `,${gap}${JSON.stringify(key)}: ${printed}`);
}

/** A value as its neighbours stand: in one line, or in lines that are indented like them. */
function print(value: unknown, indent: string | undefined, ending: string): string {
  if (indent === undefined) return JSON.stringify(value);
  return JSON.stringify(value, null, indent).replaceAll("\n", ending + indent);
}

function splice(text: string, start: number, end: number, inserted: string): string {
  return text.slice(0, start) + inserted + text.slice(end);
}
