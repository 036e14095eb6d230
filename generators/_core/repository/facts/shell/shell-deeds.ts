import type { ShellCommand } from "./shell-script.ts";
import type { UpgradeDeed } from "../upgrade-deed.ts";

/** Commands that only say something, or look whether something is there. */
const sayers =
  /^(echo|printf|print|say|tell|warn\w*|fail\w*|die|err(or)?|log\w*|info|msg\w*|message|debug|notice|note|step|success|ok|read|usage|help|logger|whiptail|dialog|trap|alias|unset|test|\[+|e?grep|which|type|hash|man|apt|apt-get|dnf|yum|apk|pacman|for|case|local|declare|typeset|readonly|export|ynh_(print|script|die)\w*)$/i;
const dumps =
  /^(pg_dump(all)?|pg_basebackup|mysqldump|mariadb-dump|ynh_(psql|mysql)(_dump_db|_db_dump)|ynh_(psql|mysql)_dump\w*)$/;
const copies =
  /^(cp|mv|rsync|scp|tar|bsdtar|zip|7z|install|cpio|restic|borg|rclone|rdiff-backup|duplicity|ynh_(safe_)?backup\w*)$/;
const containers = /^(docker|podman|compose|(docker|podman)-compose|nerdctl)$/;
const services = /^(systemctl|service|supervisorctl|rc-service|initctl|sv|ynh_system(d|ctl)\w*)$/;

/** Names of copies, and of folders that hold them for a while. */
const backup =
  /back|bak(\b|_)|sav(e|ing)|\bold\b|_old|old_|recover|restor|snapshot|dump|previous|archiv|keep|kept|tmp|temp/i;
/** Where another version waits before it is put in its place. */
const staging =
  /tmp|temp|partial|stag|download|\bnew\b|_new|new_|work|extract|unpack|cache|version|release/i;
/** Folders of what has just been fetched. */
const incoming = /new|extract|unpack|download|stag|release|version|update/i;
const installationName =
  /\$\{?(\w*(MM|MATTERMOST|INSTALL|INSTALLATION|APP|FINAL|TARGET)\w*_?(DIR|DIRECTORY|PATH|HOME|ROOT|FOLDER)|INSTALL(ATION)?|MM_HOME|MATTERMOST)\b/i;
const installationPath =
  /(^|[\s=])\/[\w/.-]*\/mattermost(\/\.?|\/\*)?$|^\/?(\.\/)?mattermost\/?$|(^|\/)volumes(\/app(\/mattermost)?)?\/?$/;

/** Takes what variables are set to for their names. */
export type Resolve = (text: string) => string;

/** What a command of a shell script does to a server. Pure words do nothing. */
export function shellDeeds({ words }: ShellCommand, resolve: Resolve): readonly UpgradeDeed[] {
  const plain = words.filter(({ isPhrase }) => !isPhrase).map(({ text }) => text);
  const [first = ""] = plain;
  const isPackage = /^(apt|apt-get|dnf|yum|dpkg|rpm|apk|snap|zypper)$/.test(
    withoutRights(plain)[0] ?? "",
  );
  if (isPackage) return packageDeeds(plain);
  if (sayers.test(nameOf(first)) || sayers.test(nameOf(withoutRights(plain)[0] ?? ""))) return [];
  if (first === "command" && plain[1] === "-v") return [];
  return [
    ...databaseDeeds(plain),
    ...fileDeeds(
      plain,
      words.map(({ text }) => text),
      resolve,
    ),
    ...runDeeds(plain),
  ];
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
  const at = words.findIndex((word) => dumps.test(nameOf(word)));
  const isAsked = words.slice(at + 1).some((word) => /^(--version|-V|--help)$/.test(word));
  return at === -1 || isAsked ? [] : ["database"];
}

function fileDeeds(
  words: readonly string[],
  all: readonly string[],
  resolve: Resolve,
): readonly UpgradeDeed[] {
  const rm = words.findIndex((word) => nameOf(word) === "rm");
  if (rm !== -1 && words.some((word) => /^-\w*r|^--recursive/i.test(word))) {
    return words.slice(rm + 1).some((word) => isInstallation(word, resolve)) ? ["removal"] : [];
  }
  if (words.some((word) => /^(ln|symlink)$/.test(nameOf(word)))) return ["replacement"];
  if (words.some((word) => /^unzip|^ynh_setup_source$/.test(nameOf(word)))) return unpacking(all);
  const at = words.findIndex((word) => copies.test(nameOf(word)));
  if (at === -1) return [];
  const tool = nameOf(words[at] ?? "");
  const rest = words.slice(at + 1);
  if (rest.includes("--dry-run") || rest.includes("--version")) return [];
  if (tool.endsWith("tar")) return tarDeeds(rest, resolve);
  const paths = rest.filter((word) => !/^[-+]|^\$[@*]$|^\$\{\w+\[[@*]\]\+/.test(word));
  if (/^(cp|mv|rsync|scp|install)$/.test(tool)) return copyDeeds(tool, paths, resolve);
  return keeping(paths, resolve);
}

/** YunoHost unpacks over the installation, but for what it is told to keep. */
function unpacking(words: readonly string[]): readonly UpgradeDeed[] {
  const keep = words.find((word) => word.startsWith("--keep="));
  if (!words.includes("ynh_setup_source")) return ["fetch"];
  return [
    ...(keep !== undefined && /config/.test(keep) ? (["configuration"] as const) : []),
    ...(keep !== undefined && mentionsData(keep) ? (["data"] as const) : []),
    "fetch",
    "replacement",
  ];
}

function tarDeeds(rest: readonly string[], resolve: Resolve): readonly UpgradeDeed[] {
  const [flags = ""] = rest;
  const isUnpacking =
    /^-?[a-zA-Z]*x/.test(flags) ||
    rest.some((word) => /^(--extract|--get|-[a-z]*x[a-z]*)$/.test(word));
  const isPacking =
    /^-?[a-zA-Z]*c/.test(flags) || rest.some((word) => /^(--create|-[a-z]*c[a-z]*)$/.test(word));
  if (isUnpacking) {
    const at = rest.findIndex((word) => /^(-C|--directory)$/.test(word));
    const target =
      at === -1 ? rest.find((word) => word.startsWith("--directory="))?.slice(12) : rest[at + 1];
    const isLive =
      target !== undefined &&
      !staging.test(target) &&
      (isInstallation(target, resolve) || target === "/opt");
    return isLive ? ["fetch", "replacement"] : ["fetch"];
  }
  if (!isPacking) return [];
  return keeping(
    rest.filter((word) => !/^-|\.(tar|tgz|gz|zst|xz|bz2)$/.test(word)),
    resolve,
  );
}

function copyDeeds(
  tool: string,
  paths: readonly string[],
  resolve: Resolve,
): readonly UpgradeDeed[] {
  const target = paths.at(-1) ?? "";
  const sources = paths.slice(0, -1);
  const from = sources.map(resolve).join(" ");
  const isNew = incoming.test(from);
  const to = resolve(target);
  const isFromBackup = backup.test(from) && !isNew;
  const isToBackup = backup.test(target) || (backup.test(to) && !isInstallation(target, resolve));
  if (isFromBackup && !isToBackup) {
    const all = `${from} ${to}`;
    const isWhole = !mentionsConfiguration(all) && !mentionsData(all);
    return [
      ...(mentionsConfiguration(all) || isWhole ? (["configuration-return"] as const) : []),
      ...(mentionsData(all) || isWhole ? (["data-return"] as const) : []),
    ];
  }
  const isWhole = sources.some((source) => isInstallation(source, resolve));
  const isTaken = tool === "mv" && isWhole ? (["removal"] as const) : [];
  if (isToBackup) return [...keeping(sources, resolve), ...isTaken];
  // `FILE.new` that becomes `FILE` is how files are written.
  const isRewriting = sources.every((source) => source.startsWith(`${target}.`));
  const isReplacing =
    isInstallation(target, resolve) ||
    (!isRewriting &&
      !staging.test(target) &&
      sources.some(
        (source) => staging.test(source) && /mattermost|platform/i.test(resolve(source)),
      ));
  if (isReplacing) return ["replacement"];
  return [...(staging.test(target) ? [] : keeping(sources, resolve)), ...isTaken];
}

/** What a copy of some paths keeps; the whole installation holds both. */
function keeping(sources: readonly string[], resolve: Resolve): readonly UpgradeDeed[] {
  const text = sources.map((source) => `${source} ${resolve(source)}`).join(" ");
  const isWhole = sources.some((source) => isInstallation(source, resolve));
  return [
    ...(isWhole || mentionsConfiguration(text) ? (["configuration"] as const) : []),
    ...(isWhole || mentionsData(text) ? (["data"] as const) : []),
  ];
}

function runDeeds(words: readonly string[]): readonly UpgradeDeed[] {
  const service = words.findIndex((word) => services.test(nameOf(word)));
  const after = words.slice(service + 1);
  if (
    service !== -1 &&
    [...after, nameOf(words[service] ?? "")].some((word) => /^(--action=)?"?(re)?start$/.test(word))
  ) {
    return ["start"];
  }
  const container = words.findIndex((word) => containers.test(nameOf(word)));
  const rest = words.slice(container + 1);
  if (container !== -1 && !rest.includes("--rm") && !rest.includes("exec")) {
    if (rest.some((word) => /^(up|run)$/.test(word))) return ["replacement", "start"];
    if (rest.some((word) => /^(re)?start$/.test(word))) return ["start"];
    if (rest.some((word) => /^(pull|build)$/.test(word))) return ["fetch"];
    if (rest.includes("deploy")) return ["replacement", "start"];
  }
  const line = words.join(" ");
  if (
    /^(\S+ )?(helm (\S+ )*upgrade|kubectl (\S+ )*(apply|set image|rollout restart))\b/.test(line)
  ) {
    return ["fetch", "replacement", "start"];
  }
  return [];
}

function nameOf(word: string): string {
  return word.slice(word.lastIndexOf("/") + 1);
}

function isInstallation(word: string, resolve: Resolve): boolean {
  const isInside =
    mentionsConfiguration(word) || mentionsData(word) || /\/(bin|logs|plugins|client)\b/.test(word);
  if (
    isInside ||
    (backup.test(word) && !installationName.test(word)) ||
    /[._-](old|bak|back|new|backup)\w*$/i.test(word)
  )
    return false;
  return (
    installationName.test(word) ||
    resolve(word)
      .split(/\s+/)
      .some((value) => installationPath.test(value))
  );
}

function mentionsConfiguration(text: string): boolean {
  return /config(?=[^a-z]|$|uration)/i.test(text);
}

function mentionsData(text: string): boolean {
  return /(^|[^a-z])(data|uploads?)([^a-z]|$)/i.test(text);
}
