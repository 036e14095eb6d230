import type { UpgradeDeed } from "../upgrade-deed.ts";
import { fileDeeds } from "./file-deeds.ts";
import type { Resolve } from "./path-words.ts";
import type { ShellCommand } from "./shell-script.ts";
import { nameOf, toolOf } from "./shell-tools.ts";

/** Commands that only say something, or look whether something is there. */
const sayers =
  /^(echo|printf|print|say|tell|warn\w*|fail\w*|die|err(or)?|log\w*|info|msg\w*|message|debug|notice|note|step|success|ok|read|usage|help|logger|whiptail|dialog|trap|alias|unset|test|\[+|e?grep|which|type|hash|man|apt|apt-get|dnf|yum|apk|pacman|for|case|local|declare|typeset|readonly|export|ynh_(print|script|die)\w*)$/i;

/** What a command of a shell script does to a server. Pure words do nothing. */
export function shellDeeds({ words }: ShellCommand, resolve: Resolve): readonly UpgradeDeed[] {
  const single = words.filter(({ isPhrase }) => !isPhrase);
  // Most commands call nothing of interest: nothing else is asked of them.
  if (!single.some(({ text }) => toolOf(text) !== undefined)) return [];
  const plain = single.map(({ text }) => text);
  const [first = "", second] = plain;
  const program = withoutRights(plain)[0] ?? "";
  if (toolOf(program) === "package" && nameOf(program) === program) return packageDeeds(plain);
  if (sayers.test(nameOf(first)) || sayers.test(nameOf(program))) return [];
  if (first === "command" && second === "-v") return [];
  const all = words.map(({ text }) => text);
  return [...databaseDeeds(plain), ...fileDeeds(plain, all, resolve), ...runDeeds(plain)];
}

function withoutRights(words: readonly string[]): readonly string[] {
  const at = words.findIndex(
    (word, index) =>
      !/^(sudo|doas|env|exec|nohup|time|nice|command|-\w+|\w+=.*)$/.test(word) &&
      !/^-u$/.test(words[index - 1] ?? ""),
  );
  return at === -1 ? [] : words.slice(at);
}

function packageDeeds(words: readonly string[]): readonly UpgradeDeed[] {
  const line = words.join(" ");
  return /\b(install|upgrade|update|refresh|-i|-U\w*)\b.*mattermost/i.test(line)
    ? ["fetch", "replacement"]
    : [];
}

function databaseDeeds(words: readonly string[]): readonly UpgradeDeed[] {
  const at = words.findIndex((word) => toolOf(word) === "dump");
  const isAsked = words.slice(at + 1).some((word) => /^(--version|-V|--help)$/.test(word));
  return at === -1 || isAsked ? [] : ["database"];
}

function runDeeds(words: readonly string[]): readonly UpgradeDeed[] {
  const service = words.findIndex((word) => toolOf(word) === "service");
  const after = words.slice(service + 1);
  if (
    service !== -1 &&
    [...after, nameOf(words[service] ?? "")].some((word) => /^(--action=)?"?(re)?start$/.test(word))
  ) {
    return ["start"];
  }
  const container = words.findIndex((word) => toolOf(word) === "container");
  const rest = words.slice(container + 1);
  if (container !== -1 && !rest.includes("--rm") && !rest.includes("exec")) {
    if (rest.some((word) => /^(up|run)$/.test(word))) return ["replacement", "start"];
    if (rest.some((word) => /^(re)?start$/.test(word))) return ["start"];
    if (rest.some((word) => /^(pull|build)$/.test(word))) return ["fetch"];
    if (rest.includes("deploy")) return ["replacement", "start"];
  }
  return clusterDeeds(words.join(" "));
}

function clusterDeeds(line: string): readonly UpgradeDeed[] {
  if (
    /^(\S+ )?(helm (\S+ )*upgrade|kubectl (\S+ )*(apply|set image|rollout restart))\b/.test(line)
  ) {
    return ["fetch", "replacement", "start"];
  }
  return [];
}
