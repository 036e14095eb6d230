import { row } from "../help.ts";
import { smokeOptions } from "./smoke-options.ts";

/** The text of `smoke --help`. */
export function smokeHelp(): string {
  return [
    "Usage: mattermost-deployment smoke SITE_URL [OPTIONS]",
    "",
    "Runs the basic test of the program on a running site: two accounts, a team, posts, an image",
    "and a websocket, through the address that people use. What it made it removes, archives or",
    "deactivates as far as the server lets it, and says what is left.",
    "",
    "Options:",
    ...smokeOptions.map(({ flag, placeholder, help }) =>
      row(placeholder === "" ? `--${flag}` : `--${flag} ${placeholder}`, help),
    ),
    row("--help", "show this text"),
    row("--version", "show the version of this package"),
    "",
    "Exit codes: 0 the test passed; 1 a step failed; 2 the call has to be mended; 3 the site was",
    "not reached as a Mattermost server.",
  ].join("\n");
}
