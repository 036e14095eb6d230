import { escapeXml } from "../../project/escape-xml.ts";
import { printable } from "../../project/printable.ts";

/** Text of XML or HTML in which everything foreign is escaped already. */
export interface Markup {
  readonly markup: string;
}

type Value = string | number | Markup | readonly Markup[] | undefined;

/**
 * Writes XML or HTML: text that is put in is escaped, for elements and for attributes in double
 * quotes, and what would hide or turn around its neighbours is spelled out; markup goes in as it is,
 * `undefined` as nothing.
 */
export function markup(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  const text = parts.flatMap((part, index) => [part, textOf(values[index])]).join("");
  return { markup: text };
}

function textOf(value: Value): string {
  if (value === undefined) return "";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return value.split("\n").map(printable).map(escapeXml).join("\n");
  if ("markup" in value) return value.markup;
  return value.map(({ markup: text }) => text).join("");
}
