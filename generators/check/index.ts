import Generator, { type BaseOptions } from "yeoman-generator";
import { checkCommand } from "../_core/cli/check/check-command.ts";
import { introduceSubcommand, runThroughYeoman } from "../_core/cli/yeoman-door.ts";

/** `yo mattermost-deployment:check [dir]`: says which tier of the program a repository meets. */
export default class extends Generator {
  constructor(args: string[], options: BaseOptions) {
    super(args, options);
    introduceSubcommand(this, checkCommand);
  }

  /** Does what `mattermost-deployment check` does. */
  async default(): Promise<void> {
    process.exitCode = await runThroughYeoman(this, checkCommand.options, checkCommand.run);
  }
}
