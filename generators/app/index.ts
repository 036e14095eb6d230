import { isatty } from "node:tty";
import Generator, { type BaseOptions } from "yeoman-generator";
import { platforms } from "../../templates/platforms.gen.ts";
import { askingConflict } from "../_core/cli/conflicts/ask-conflict.ts";
import { listOptions } from "../_core/cli/options.ts";
import { reporting } from "../_core/cli/print-error.ts";
import { processTerminal } from "../_core/cli/process-terminal.ts";
import { asking, type Prompt } from "../_core/cli/answers/prompt.ts";
import { runCreation } from "../_core/cli/create/run-creation.ts";
import { yeomanCall } from "../_core/cli/yeoman-call.ts";

/** `yo mattermost-deployment [dir]`: makes a deployment project, or brings one up to date. */
export default class extends Generator {
  constructor(args: string[], options: BaseOptions) {
    super(args, options);
    this.description = "Makes a deployment project for the Mattermost server, or updates one.";
    this.argument("dir", { type: String, required: false, description: "folder of the project" });
    for (const { flag, placeholder, help } of listOptions(platforms)) {
      this.option(flag, { type: placeholder === "" ? Boolean : String, description: help });
    }
  }

  /** Does what the package's own command does, asking with Yeoman's prompts. */
  async default(): Promise<void> {
    const terminal = processTerminal();
    const options: Readonly<Record<string, unknown>> = this.options;
    const prompt: Prompt = (question) => this.env.adapter.prompt([question]);
    const world = {
      platforms,
      cwd: this.env.cwd,
      environment: process.env,
      today: new Date().toISOString().slice(0, 10),
      mask: process.umask(),
      ...(this.#canAsk() && options["json"] !== true
        ? { ask: asking(prompt), askConflict: askingConflict(prompt, terminal) }
        : { ask: undefined, askConflict: undefined }),
    };
    process.exitCode = await reporting(terminal, options["json"] === true, () =>
      runCreation(
        yeomanCall(this.args, options, process.argv.slice(2), platforms),
        world,
        terminal,
      ),
    );
  }

  /** Yeoman's own adapter asks at the terminal; any other one, an editor's say, in its own way. */
  #canAsk(): boolean {
    const { adapter } = this.env;
    const actual = "actualAdapter" in adapter ? adapter.actualAdapter : adapter;
    const isTerminal = actual?.constructor.name === "TerminalAdapter";
    return isatty(0) || !isTerminal;
  }
}
