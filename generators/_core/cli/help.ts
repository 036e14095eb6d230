import type { Platform } from "../project/platform.ts";
import type { Choice } from "../project/answers/question.ts";
import { listQuestions, usageOf } from "../project/answers/question-table.ts";
import { switches } from "./options.ts";

/** The text of `--help`. */
export function helpText(platforms: readonly Platform[]): string {
  const context = { platforms, platform: undefined, answers: {}, today: "", account: "" };
  const questions = listQuestions(platforms).map(({ question, platform }) => {
    const scope = platform ? ` (${platform.title} only)` : "";
    return row(
      usageOf(question),
      `${question.help}${scope}${choicesOf(question.choices?.(context))}`,
    );
  });
  const others = switches.map(({ flag, placeholder, help }) =>
    row(placeholder === "" ? `--${flag}` : `--${flag} ${placeholder}`, help),
  );
  return [
    "Usage: mattermost-deployment [DIR] [OPTIONS]",
    "       mattermost-deployment COMMAND [OPTIONS]",
    "",
    "Makes a deployment project for the Mattermost server in DIR (by default the current",
    "folder), or brings one that it made up to date and loses nothing of what you edited. In a",
    "folder that deploys the server already it adds what the program asks for, and no more.",
    "",
    "Commands; each has a --help of its own:",
    row("check [DIR]", "say which tier of the program any repository meets"),
    row("smoke SITE_URL", "run the program's basic test on a running site"),
    row("undo [DIR]", "take back what the last run did"),
    "",
    "Questions; the ones that are not answered are asked:",
    ...questions,
    "",
    "Options:",
    ...others,
    row("--help", "show this text"),
    row("--version", "show the version of this package"),
    "",
    "Answers also come from MATTERMOST_DEPLOYMENT_* variables, such as",
    "MATTERMOST_DEPLOYMENT_TIER, and from what an earlier run stored; flags come first.",
    "",
    "Exit codes: 0 done; 1 files are in conflict, or a dry run found something to write in",
    "an existing project; 2 the call or an answer has to be mended.",
  ].join("\n");
}

/** A row of a help text: what is typed, and what it means. */
export function row(usage: string, help: string): string {
  const width = 26;
  const indent = `\n${" ".repeat(width + 2)}`;
  const lines = wrap(help, 86 - width).join(indent);
  return usage.length < width ? `  ${usage.padEnd(width)}${lines}` : `  ${usage}${indent}${lines}`;
}

function choicesOf(choices: readonly Choice[] | undefined): string {
  return choices ? `: ${choices.map(({ id }) => id).join(", ")}` : "";
}

function wrap(text: string, width: number): readonly string[] {
  return text.split(" ").reduce<readonly string[]>((lines, word) => {
    const last = lines.at(-1);
    return last !== undefined && `${last} ${word}`.length <= width
      ? [...lines.slice(0, -1), `${last} ${word}`]
      : [...lines, word];
  }, []);
}
