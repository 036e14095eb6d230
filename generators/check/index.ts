import Generator, { type BaseOptions } from "yeoman-generator";
import { checkOptions, parseCheckValues } from "../_core/cli/check/check-options.ts";
import { runCheckCall } from "../_core/cli/check/check-run.ts";
import { reporting } from "../_core/cli/print-error.ts";
import { processTerminal } from "../_core/cli/process-terminal.ts";
import { givenOption, refuseUnknown } from "../_core/cli/yeoman-call.ts";

/** `yo mattermost-deployment:check [dir]`: says which tier of the program a repository meets. */
export default class extends Generator {
  constructor(args: string[], options: BaseOptions) {
    super(args, options);
    this.description = "Says which tier of the deployment solution program a repository meets.";
    this.argument("dir", {
      type: String,
      required: false,
      description: "folder of the repository",
    });
    for (const { flag, placeholder, help } of checkOptions) {
      const type = placeholder === "" ? Boolean : String;
      // A type of Yeoman's own would make the requirement in --fix=REQUIREMENT a mere true.
      this.option(flag, { type: flag === "fix" ? asGiven : type, description: help });
    }
  }

  /** Does what `mattermost-deployment check` does. */
  async default(): Promise<void> {
    const terminal = processTerminal();
    const options: Readonly<Record<string, unknown>> = this.options;
    const flags = checkOptions.map(({ flag }) => flag);
    process.exitCode = await reporting(terminal, options["json"] === true, () => {
      refuseUnknown(process.argv.slice(2), options, flags);
      const call = parseCheckValues(this.args, (flag) => valuesOf(givenOption(options, flag)));
      const date = new Date().toISOString();
      return runCheckCall(call, { cwd: this.env.cwd, date }, terminal);
    });
  }
}

function asGiven(value: unknown): unknown {
  return value;
}

/** `yo` hands on a flag that is given twice as a list, or as one text with a comma. */
function valuesOf(value: unknown): readonly (string | boolean)[] {
  if (Array.isArray(value)) return value.flatMap(valuesOf);
  if (typeof value === "string") return value.split(",");
  return value === true ? [true] : [];
}
