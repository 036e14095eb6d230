import { formats } from "../../audit/formats/formats.ts";
import { tiers } from "../../program/tier.ts";
import type { Subcommand } from "../subcommand.ts";
import { parseCheckCall } from "./check-call.ts";

/** `mattermost-deployment check [DIR]`. */
export const checkCommand: Subcommand = {
  word: "check",
  argument: { placeholder: "DIR", help: "folder of the repository", isRequired: false },
  summary: "say which tier of the program any repository meets",
  about:
    "Says which tier of the deployment solution program the repository in DIR (by default the current folder) meets, requirement by requirement, with the evidence and what is missing. Nothing in it is executed, nothing outside of it is read, and nothing is fetched.",
  options: [
    {
      flag: "require",
      placeholder: "TIER",
      help: `end with exit code 1 unless this tier is met: ${tiers.map(({ id }) => id).join(", ")}`,
    },
    {
      flag: "strict",
      placeholder: "",
      help: "take the required words alone: no other words, no older ones, no waivers",
    },
    {
      flag: "format",
      placeholder: "FORMAT",
      help: `print the report as ${Object.keys(formats).join(", ")}; terminal by default`,
    },
    {
      flag: "out",
      placeholder: "FORMAT=FILE",
      help: "also write the report into a file; may be repeated",
      isRepeatable: true,
    },
    { flag: "json", placeholder: "", help: "the same as --format json" },
    {
      flag: "fix",
      placeholder: "",
      help: "insert the statements that are missing; --fix=REQUIREMENT, which may be repeated, mends that one alone, also where a sentence has to be replaced",
      isRepeatable: true,
      mayHaveValue: true,
    },
    { flag: "dry-run", placeholder: "", help: "with --fix: print the patch, write nothing" },
  ],
  notes: [
    "DIR/.mattermost-deployment/waivers.yaml may leave requirements out, each with a reason and an end.",
    "Exit codes: 0 the report is there, and the tier of --require is met; 1 it is not met; 2 the call or a file has to be mended; 3 a file could not be read, so that the tier is open.",
  ],
  run: async (given, world, terminal) => {
    const call = parseCheckCall(given);
    const { runCheckCall } = await import("./run-check-call.ts");
    return runCheckCall(call, world, terminal);
  },
};
