import { listQuestions, usageOf as usageOfQuestion } from "../../project/answers/question-table.ts";
import type { Choice } from "../../project/answers/question.ts";
import type { Platform } from "../../project/platform.ts";
import { optionRows, paragraph, row } from "../help.ts";
import { usageOf, type Subcommand } from "../subcommand.ts";
import { switches } from "./create-options.ts";

/** The text of `--help`. */
export function createHelp(
  platforms: readonly Platform[],
  subcommands: readonly Subcommand[],
): string {
  const context = { platforms, platform: undefined, answers: {}, today: "", account: "" };
  const questions = listQuestions(platforms).map(({ question, platform }) => {
    const scope = platform ? ` (${platform.title} only)` : "";
    const choices = choicesOf(question.choices?.(context));
    return row(usageOfQuestion(question), `${question.help}${scope}${choices}`);
  });
  return [
    "Usage: mattermost-deployment [DIR] [OPTIONS]",
    "       mattermost-deployment COMMAND [OPTIONS]",
    "",
    paragraph(
      "Makes a deployment project for the Mattermost server in DIR (by default the current folder), or brings one that it made up to date and loses nothing of what you edited. In a folder that deploys the server already it adds what the program asks for, and no more.",
    ),
    "",
    "Commands; each has a --help of its own:",
    ...subcommands.map((command) => row(usageOf(command), command.summary)),
    "",
    "Questions; the ones that are not answered are asked:",
    ...questions,
    "",
    "Options:",
    ...optionRows(switches),
    "",
    paragraph(
      "Answers also come from MATTERMOST_DEPLOYMENT_* variables, such as MATTERMOST_DEPLOYMENT_TIER, and from what an earlier run stored; flags come first.",
    ),
    "",
    paragraph(
      "Exit codes: 0 done; 1 files are in conflict, or a dry run found something to write in an existing project; 2 the call or an answer has to be mended.",
    ),
  ].join("\n");
}

function choicesOf(choices: readonly Choice[] | undefined): string {
  return choices ? `: ${choices.map(({ id }) => id).join(", ")}` : "";
}
