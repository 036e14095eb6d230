import Generator, { type BaseOptions } from "yeoman-generator";
import { smokeCommand } from "../_core/cli/smoke/smoke-command.ts";
import { introduceSubcommand, runThroughYeoman } from "../_core/cli/yeoman-door.ts";

/** `yo mattermost-deployment:smoke SITE_URL`: runs the program's basic test on a running site. */
export default class extends Generator {
  constructor(args: string[], options: BaseOptions) {
    super(args, options);
    introduceSubcommand(this, smokeCommand);
  }

  /** Does what `mattermost-deployment smoke` does. */
  async default(): Promise<void> {
    process.exitCode = await runThroughYeoman(this, smokeCommand.options, smokeCommand.run);
  }
}
