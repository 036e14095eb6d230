import { information, type Option } from "./option.ts";
import { wrapWords } from "./prose.ts";
import { usageOf, type Subcommand } from "./subcommand.ts";

/** How long the lines of a help text are at most: as wide as a terminal is at least. */
const lineWidth = 80;

/** Where what is explained ends and the explanation begins. */
const usageWidth = 26;

/** The text of `COMMAND --help`. */
export function subcommandHelp(command: Subcommand): string {
  return [
    `Usage: mattermost-deployment ${usageOf(command)} [OPTIONS]`,
    "",
    paragraph(command.about),
    "",
    "Options:",
    ...optionRows(command.options),
    ...command.notes.flatMap((note) => ["", paragraph(note)]),
  ].join("\n");
}

/** A row for each option, and for those that every command has. */
export function optionRows(options: readonly Option[]): readonly string[] {
  return [...options, ...information].map(({ flag, placeholder, help }) =>
    row(placeholder === "" ? `--${flag}` : `--${flag} ${placeholder}`, help),
  );
}

/** A row of a help text: what is typed, and what it means. */
export function row(usage: string, help: string): string {
  const indent = `\n${" ".repeat(usageWidth + 2)}`;
  const lines = wrapWords(help, lineWidth - usageWidth - 2).join(indent);
  return usage.length < usageWidth
    ? `  ${usage.padEnd(usageWidth)}${lines}`
    : `  ${usage}${indent}${lines}`;
}

/** A paragraph of a help text. */
export function paragraph(text: string): string {
  return wrapWords(text, lineWidth).join("\n");
}
