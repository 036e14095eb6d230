import { isatty } from "node:tty";
import Generator, { type BaseOptions } from "yeoman-generator";
import { platforms } from "../../templates/platforms.gen.ts";
import type { Prompt } from "../_core/cli/answers/prompt.ts";
import { createOptions } from "../_core/cli/create/create-options.ts";
import { runCreateCall } from "../_core/cli/create/run-create-call.ts";
import { declareOptions, runThroughYeoman } from "../_core/cli/yeoman-door.ts";

/** `yo mattermost-deployment [dir]`: makes a deployment project, or brings one up to date. */
export default class extends Generator {
  constructor(args: string[], options: BaseOptions) {
    super(args, options);
    this.description = "Makes a deployment project for the Mattermost server, or updates one.";
    this.argument("dir", { type: String, required: false, description: "folder of the project" });
    declareOptions(this, createOptions(platforms));
  }

  /** Does what the package's own command does, asking with Yeoman's prompts. */
  async default(): Promise<void> {
    const ask: Prompt = (question) => this.env.adapter.prompt([question]);
    const door = { platforms, prompt: this.#canAsk() ? ask : undefined };
    process.exitCode = await runThroughYeoman(
      this,
      createOptions(platforms),
      (given, world, terminal) => runCreateCall(given, door, world, terminal),
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
