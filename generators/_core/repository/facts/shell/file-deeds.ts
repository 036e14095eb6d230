import type { UpgradeDeed } from "../upgrade-deed.ts";
import {
  backup,
  incoming,
  isInstallation,
  mentionsConfiguration,
  mentionsData,
  staging,
  type Resolve,
} from "./path-words.ts";
import { nameOf, toolOf } from "./shell-tools.ts";

/**
 * What a command that copies, unpacks, links or removes files does to a server.
 *
 * @param words Its words but for phrases.
 * @param all All of its words.
 */
export function fileDeeds(
  words: readonly string[],
  all: readonly string[],
  resolve: Resolve,
): readonly UpgradeDeed[] {
  const rm = words.findIndex((word) => toolOf(word) === "removal");
  if (rm !== -1 && words.some((word) => /^-\w*r|^--recursive/i.test(word))) {
    return words.slice(rm + 1).some((word) => isInstallation(word, resolve)) ? ["removal"] : [];
  }
  if (words.some((word) => toolOf(word) === "link")) return ["replacement"];
  if (words.some((word) => toolOf(word) === "unpacking")) return unpacking(all);
  const at = words.findIndex((word) => toolOf(word) === "copy");
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
