import { expect, it } from "vitest";
import { createHelp } from "../../generators/_core/cli/create/create-help.ts";
import { createOptions } from "../../generators/_core/cli/create/create-options.ts";
import { subcommandHelp } from "../../generators/_core/cli/help.ts";
import { subcommands } from "../../generators/_core/cli/subcommands.ts";
import { platforms } from "../../templates/platforms.gen.ts";

const commands = await Promise.all(Object.values(subcommands).map((load) => load()));
const helps = [
  { name: "", text: createHelp(platforms, commands), options: createOptions(platforms) },
  ...commands.map((command) => ({
    name: command.word,
    text: subcommandHelp(command),
    options: command.options,
  })),
];

it.for(helps)(
  'the help of "$name" names every option and fits any terminal',
  ({ text, options }) => {
    for (const { flag } of options) expect(text).toMatch(new RegExp(`^ +--${flag}\\b`, "m"));
    const lengths = text.split("\n").map((line) => line.length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(80);
  },
);

it("commands are called by the word under which they are listed", () => {
  expect(commands.map(({ word }) => word)).toEqual(Object.keys(subcommands));
});

it("the help of the package lists every command", () => {
  const text = createHelp(platforms, commands);
  for (const { word, summary } of commands) {
    expect(text).toMatch(new RegExp(`^ +${word} .*${summary}$`, "m"));
  }
});
