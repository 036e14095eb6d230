import type { Subcommand } from "../subcommand.ts";
import { parseSmokeCall } from "./smoke-call.ts";

/** `mattermost-deployment smoke SITE_URL`. */
export const smokeCommand: Subcommand = {
  word: "smoke",
  argument: { placeholder: "SITE_URL", help: "address of the site", isRequired: true },
  summary: "run the program's basic test on a running site",
  about:
    "Runs the basic test of the program on a running site: two accounts, a team, posts, an image and a websocket, through the address that people use. What it made it removes, archives or deactivates as far as the server lets it, and says what is left.",
  options: [
    {
      flag: "token-file",
      placeholder: "FILE",
      help: "an administrator's token (or in MATTERMOST_SMOKE_TOKEN), for a closed server: it makes the first account, removes what the test made and reads the settings behind a warning; - reads standard input",
    },
    {
      flag: "invite",
      placeholder: "ID",
      help: "the invite id of a team, for a closed server: it lets the first account in, which makes a team of its own for the test",
    },
    {
      flag: "first-account-is-admin",
      placeholder: "",
      help: "make the first account of a server, which becomes its administrator",
    },
    { flag: "keep", placeholder: "", help: "leave the accounts and the team there" },
    {
      flag: "hold",
      placeholder: "SECONDS",
      help: "leave the websocket idle for so long, such as 120, to outlast the time limits of a proxy; 2 by default",
    },
    { flag: "timeout", placeholder: "SECONDS", help: "wait so long for one answer; 30 by default" },
    {
      flag: "ca",
      placeholder: "FILE",
      help: "trust this authority too, a PEM file; NODE_EXTRA_CA_CERTS does the same",
    },
    {
      flag: "browser",
      placeholder: "",
      help: "also sign in with a headless Chromium and look for the banner; needs the package playwright-core",
    },
    { flag: "browser-path", placeholder: "FILE", help: "the Chromium or Chrome to use" },
    { flag: "json", placeholder: "", help: "print the result as JSON, and nothing else" },
    { flag: "junit", placeholder: "FILE", help: "write the result as JUnit XML" },
    {
      flag: "record",
      placeholder: "DIR",
      help: "write the result to DIR/.mattermost-deployment/basic-test.json, the evidence for the project in DIR",
    },
  ],
  notes: [
    "Exit codes: 0 the test passed; 1 a step failed; 2 the call has to be mended; 3 the site was not reached as a Mattermost server.",
  ],
  run: async (given, world, terminal) => {
    const call = parseSmokeCall(given);
    const { runSmokeCall } = await import("./run-smoke-call.ts");
    return runSmokeCall(call, world, terminal);
  },
};
