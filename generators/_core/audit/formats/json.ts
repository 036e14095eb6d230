import type { Audit } from "../audit.ts";

/**
 * An audit as data.
 *
 * @see schemas/report.schema.json in this package
 */
export function jsonReport({ report }: Audit): string {
  return formatJson({
    $schema: "generator-mattermost-deployment/schemas/report.schema.json",
    ...report,
  });
}

/**
 * Formats JSON so that a terminal can show it: what a terminal would obey or hide stands in escapes,
 * which mean the same.
 */
export function formatJson(value: object): string {
  const text = JSON.stringify(value, null, 2).replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (one) =>
    Array.from({ length: one.length }, (_, index) => escapeUnit(one.charCodeAt(index))).join(""),
  );
  return `${text}\n`;
}

function escapeUnit(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}
