import { requirements } from "../../../generators/_core/program/requirements.gen.ts";
import type { Statement } from "../../../generators/_core/program/statement.ts";
import type { Subject } from "../../../generators/_core/program/subject.ts";
import type {
  Document,
  DocumentFormat,
} from "../../../generators/_core/repository/documents/document.ts";
import {
  matchSentence,
  type MatchOutcome,
} from "../../../generators/_core/repository/statements/match-sentence.ts";
import { parseDocument } from "../../../generators/_core/repository/parse-document.ts";
import { tokenDocument } from "../../../generators/_core/repository/statements/text-tokens.ts";
import { certifiedSolution, systemsOf } from "../../solutions.ts";

const solution = { ...certifiedSolution, systems: systemsOf("oracle-linux-9") };
/** What is known of somebody else's solution: its systems alone. */
const stranger: Subject = { systems: solution.systems, unofficialOptions: [] };

/** Each requirement that a text meets, with what it looks for and what this package writes. */
export const writtenStatements = requirements.flatMap(({ id, evidence, readme }) =>
  evidence.kind === "text" && readme
    ? [{ id, statements: evidence.statements(stranger), markdown: readme.markdown(solution) }]
    : [],
);

/** How a document says each of some statements. */
export async function matchOutcomes(
  statements: readonly Statement[],
  source: string,
  format: DocumentFormat = "markdown",
): Promise<readonly MatchOutcome[]> {
  const document = tokenDocument(await parsedDocument(source, format));
  return statements.map((statement) => matchSentence(statement, document).outcome);
}

/** A document that is short enough to be read. */
export async function parsedDocument(source: string, format: DocumentFormat): Promise<Document> {
  const document = await parseDocument(source, format);
  if (!document) throw new Error("the document is too long");
  return document;
}
