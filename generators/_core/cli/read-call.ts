import { packageVersion } from "../package-folder.ts";
import { givenBy, type Given } from "./given.ts";
import { information, misunderstood, type Option } from "./option.ts";
import { readWords } from "./read-words.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Reads a call from the words of a command line; one that only asks for information is answered.
 *
 * @param words Without the interpreter, the script and the word of a command.
 * @param help The text of its `--help`.
 * @returns `undefined` when there is nothing more to do.
 * @throws UserError naming every option that is not understood.
 */
export async function readCall(
  words: readonly string[],
  options: readonly Option[],
  terminal: Terminal,
  help: () => Promise<string>,
): Promise<Given | undefined> {
  const { given, positionals, problems } = readWords(words, [...options, ...information]);
  if (problems.length > 0) throw misunderstood(problems);
  const call = givenBy(positionals, (flag) =>
    given.filter((one) => one.flag === flag).map(({ value }) => value),
  );
  if (call.isOn("help")) terminal.out(await help());
  else if (call.isOn("version")) terminal.out(packageVersion());
  else return call;
  return undefined;
}
