import type { Platform } from "../platform.ts";
import type { Question, QuestionContext } from "./question.ts";
import { listQuestions } from "./question-table.ts";

/**
 * The JSON Schema of an answers file: every question is a property, none is required, since flags,
 * variables and prompts can answer the rest.
 */
export function answersSchema(platforms: readonly Platform[]): object {
  const context = { platforms, platform: undefined, answers: {}, today: "", account: "" };
  const properties = listQuestions(platforms).map(({ question, platform }) => [
    question.id,
    {
      description: platform ? `${question.help} (platform ${platform.id} only)` : question.help,
      ...typeOf(question, context),
    },
  ]);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Answers for generator-mattermost-deployment",
    type: "object",
    additionalProperties: false,
    properties: { $schema: { type: "string" }, ...Object.fromEntries(properties) },
  };
}

function typeOf(question: Question, context: QuestionContext): object {
  const ids = (question.choices?.(context) ?? []).map(({ id }) => id);
  switch (question.kind) {
    case "boolean":
      return { type: "boolean" };
    case "choice":
      return { type: "string", enum: ids };
    case "choices":
      return {
        type: "array",
        minItems: 1,
        uniqueItems: true,
        items: { type: "string", enum: ids },
      };
    case "text":
      return { type: "string", minLength: 1, maxLength: 100 };
    default:
      return question.kind satisfies never;
  }
}
