import type { Decision } from "../../plan/merge/settle-pieces.ts";
import type { Prompt } from "../answers/prompt.ts";
import type { AskConflict } from "../create/create-call.ts";
import { paint, type Terminal } from "../terminal.ts";
import { conflictLines } from "./conflict-lines.ts";

/** Asks a person about each conflict, after showing what differs. */
export function askingConflict(prompt: Prompt, terminal: Terminal): AskConflict {
  return async (path, conflict, { index, count }) => {
    const place = count === 1 ? "" : ` (${index + 1} of ${count})`;
    terminal.out("");
    terminal.out(paint(terminal, "bold", `${path}${place}: both you and the new version changed`));
    terminal.out("- is yours, + is new");
    for (const line of conflictLines(terminal, conflict, "  ", 60)) terminal.out(line);
    const answer = await prompt({
      name: "decision",
      type: "select",
      message: "What is to stand there?",
      default: "later",
      choices,
    });
    const decision = choices.find(({ value }) => value === answer["decision"])?.value;
    if (decision === undefined) throw new Error("the prompt for a conflict gave no answer");
    return decision;
  };
}

const choices = [
  { name: "Keep mine", value: "mine" },
  { name: "Take the new version", value: "theirs" },
  { name: "Both, between markers", value: "markers" },
  { name: "Decide later", value: "later" },
] as const satisfies readonly { readonly name: string; readonly value: Decision }[];
