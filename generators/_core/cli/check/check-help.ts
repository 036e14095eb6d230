import { checkOptions } from "./check-options.ts";
import { row } from "../help.ts";

/** The text of `check --help`. */
export function checkHelp(): string {
  return [
    "Usage: mattermost-deployment check [DIR] [OPTIONS]",
    "",
    "Says which tier of the deployment solution program the repository in DIR (by default the",
    "current folder) meets, requirement by requirement, with the evidence and what is missing.",
    "Nothing in it is executed, nothing outside of it is read, and nothing is fetched.",
    "",
    "Options:",
    ...checkOptions.map(({ flag, placeholder, help }) =>
      row(placeholder === "" ? `--${flag}` : `--${flag} ${placeholder}`, help),
    ),
    row("--help", "show this text"),
    row("--version", "show the version of this package"),
    "",
    "DIR/.mattermost-deployment/waivers.yaml may leave requirements out, each with a reason and",
    "an end.",
    "",
    "Exit codes: 0 the report is there, and the tier of --require is met; 1 it is not met; 2 the",
    "call or a file has to be mended; 3 a file could not be read, so that the tier is open.",
  ].join("\n");
}
