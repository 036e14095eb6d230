import Generator, { type BaseOptions } from "yeoman-generator";
import { reporting } from "../_core/cli/print-error.ts";
import { processTerminal } from "../_core/cli/process-terminal.ts";
import { parseSmokeValues, smokeOptions } from "../_core/cli/smoke/smoke-options.ts";
import { runSmokeCall } from "../_core/cli/smoke/smoke-run.ts";
import { givenOption, refuseUnknown } from "../_core/cli/yeoman-call.ts";

/** `yo mattermost-deployment:smoke SITE_URL`: runs the program's basic test on a running site. */
export default class extends Generator {
  constructor(args: string[], options: BaseOptions) {
    super(args, options);
    this.description = "Runs the basic test of the deployment solution program on a running site.";
    this.argument("site-url", {
      type: String,
      required: false,
      description: "address of the site",
    });
    for (const { flag, placeholder, help } of smokeOptions) {
      this.option(flag, { type: placeholder === "" ? Boolean : String, description: help });
    }
  }

  /** Does what `mattermost-deployment smoke` does. */
  async default(): Promise<void> {
    const terminal = processTerminal();
    const options: Readonly<Record<string, unknown>> = this.options;
    const flags = smokeOptions.map(({ flag }) => flag);
    process.exitCode = await reporting(terminal, options["json"] === true, () => {
      refuseUnknown(process.argv.slice(2), options, flags);
      const given = flags.map((flag) => [flag, givenOption(options, flag)]);
      const call = parseSmokeValues(this.args, Object.fromEntries(given));
      const date = new Date().toISOString();
      return runSmokeCall(call, { cwd: this.env.cwd, environment: process.env, date }, terminal);
    });
  }
}
