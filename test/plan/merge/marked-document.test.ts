import { expect, it } from "vitest";
import { documentOf, trusted } from "../../../generators/_core/plan/merge/marked-document.ts";
import type { DocumentFormat } from "../../../generators/_core/repository/documents/document.ts";

it.for<[DocumentFormat, string, readonly number[]]>([
  ["markdown", "# Chat\n\n```sh\n# no heading\n```\n\n## Install\n", [0, 6]],
  ["asciidoc", "== Chat\n\n----\n== no heading\n----\n\n=== Install\n", [0, 6]],
  ["restructuredtext", "Chat\n====\n\nInstall\n-------\n", [0, 3]],
])("code holds no headings of sections: %s", ([format, text, lines]) => {
  const { isHeading } = trusted(documentOf(text, format));
  expect([...isHeading.keys()].filter((line) => isHeading[line])).toEqual(lines);
});
