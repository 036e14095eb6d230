import type { VersionLine } from "../../program/facts.ts";
import type { Files } from "../../program/requirement.ts";
import { isAside, isCommentedOut, isProse, placeOf, textLines } from "./text-lines.ts";

/** The most lines that are reported. */
const most = 200;
const exact = /^\d{1,3}\.\d{1,3}\.\d{1,3}$/;

/** What a line has to have to name a version of anything. */
const mayName = /mattermost\/|mattermost[^\n]*[\d:]|version|pkgver|tag|_ver\b|\bVER\b/i;

/**
 * Finds every line that sets the version of the server: image tags, archive addresses, variables,
 * chart and package versions. Prose, tests and lines that are commented out set nothing.
 */
export function versionLines(files: Files): readonly VersionLine[] {
  const found: VersionLine[] = [];
  for (const [path, text] of files) {
    if (isProse(path) || isAside(path) || ofOther.test(path) || found.length >= most) continue;
    if (!/mattermost|MM_|mm_/i.test(text) && !/mattermost/i.test(path)) continue;
    const lines = textLines(text);
    for (const [index, line] of lines.entries()) {
      if (!mayName.test(line.text) || isCommentedOut(line.text)) continue;
      const above = () => lines.slice(Math.max(0, index - 8), index).map((other) => other.text);
      const version = versionOf(line.text, { path, text, above });
      if (version !== undefined) {
        found.push({ ...placeOf(path, line), version, isExact: exact.test(version) });
      }
    }
  }
  return found;
}

const image =
  /mattermost\/(?:mattermost-(?:team|enterprise)-edition|mattermost-(?:prod-)?app|platform|mattermost-fips|mattermost)(?![\w/-])(?::((?=[\w$%<{])[^\s"'@}/]*(?:\$?\{[^}]*\}?)?[^\s"'@/]*)|(?!:))/;
const otherImage =
  /image:?\s*["']?[\w.-]+(?:\/[\w.-]+){0,2}\/?mattermost(?![\w-]*(?:push|operator|db|web|nginx|postgres|plugin|calls|bot|bridge|test|ldap))[\w-]*:(v?\d+(?:\.\d+)*|latest)(?:-\d{1,3})?(?![\w.-])/i;
const archive =
  /(?:releases\.mattermost\.com|github\.com\/mattermost\/(?:mattermost-server|mattermost|platform)\/(?:releases\/download|archive))\/v?(\d+(?:\.\d+){1,2})\b/;
/** What a line has to have before the costly pattern below is tried. */
const mayNameVariable = /version|_tag|_release|_ver\b/i;
const ownVariable =
  /(?:^|[^\w])["'$:@]*((?:[\w.-]{0,40}(?:mattermost|mm)[\w.-]{0,40})version|(?:mattermost|mm)\w{0,40}(?:_tag|_image_tag|_release|_ver))["'\])]*\s*(?:=>|\?=|:=|=|:|\s)\s*["']?(?:\$\{[A-Z_]+:-)?v?(\d+(?:\.\d+){0,2}|latest)\b/i;
const anyVariable =
  /^\s*(?:export\s+|ARG\s+|ENV\s+|local\s+|readonly\s+|String\s+|Optional\[String\]\s+|default\[[^\]]*\]\[)?["'$:]?((?:app|server|package|install|release)?_?version|appVersion|pkgver|VER)["'\]]*\s*(?:=>|\?=|:=|=|:|\s)\s*["']?v?(\d+\.\d+\.\d+)\b/i;
const chartTag = /^\s*(?:tag|imageTag)\s*:\s*["']?v?(\d+(?:\.\d+){0,2}|latest|release-[\w.]+)\b/;
/** Files whose own version is not the server's. */
const ownVersionFile =
  /(^|\/)(metadata\.json|package\.json|galaxy\.yml|metadata\.rb|pyproject\.toml|setup\.(py|cfg)|composer\.json|[^/]*\.gemspec|versions\.tf)$/i;

/** Where a line stands. */
interface Surroundings {
  readonly path: string;
  /** Of the whole file. */
  readonly text: string;
  /** The lines above are wanted for a few lines in a thousand. */
  readonly above: () => readonly string[];
}

function versionOf(line: string, surroundings: Surroundings): string | undefined {
  return imageVersion(line) ?? archive.exec(line)?.[1] ?? variableVersion(line, surroundings);
}

function imageVersion(line: string): string | undefined {
  const match = image.exec(line);
  if (!match) return otherImage.exec(line)?.[1]?.replace(/^v/, "");
  const isUse = /^\s*(?:-\s*)?["']?image["']?\s*[:=]|^\s*FROM\s|\bdocker (?:run|pull)\b/i.test(
    line,
  );
  const tag = match[1];
  if (tag === undefined) return isUse ? "latest" : undefined;
  const fallback = /\$\{[^}]*:?-v?([^}"']+)\}?/.exec(tag)?.[1];
  const written = (fallback ?? tag).replace(/^v/, "");
  return /[${}<>%]/.test(written) || written === "" ? undefined : written;
}

function variableVersion(line: string, { path, text, above }: Surroundings): string | undefined {
  const own = mayNameVariable.test(line) ? ownVariable.exec(line) : null;
  if (own) return isOther(own[1] ?? "") ? undefined : own[2];
  if (ownVersionFile.test(path)) return undefined;
  const any = anyVariable.exec(line);
  const isOwn = any !== null && isScript.test(path) && !isUsed(text, any[1] ?? "");
  if (any && !isOwn && isServerContext(path, any[1] ?? "", above())) return any[2];
  const tag = chartTag.exec(line)?.[1];
  if (tag === undefined) return undefined;
  const isServerImage = above().some((other) =>
    /(repository|image|name)\s*:.*mattermost(-team|-enterprise|\/platform|\s|["']|$)/i.test(other),
  );
  return isServerImage ? tag : undefined;
}

const isScript = /(^|\/)([\w-]*\.sh|Dockerfile|install|upgrade)$/i;

/** Whether a script fetches the server by a variable: otherwise that may be the script's own version. */
function isUsed(text: string, name: string): boolean {
  return textLines(text).some(
    (line) =>
      /mattermost|\.tar|image|release/i.test(line.text) &&
      (line.text.includes(`$${name}`) || line.text.includes(`\${${name}`)),
  );
}

/** Files of what stands beside the server. */
const ofOther = /postgres|mysql|push-?proxy|operator|plugin|calls|rtcd|focalboard|grafana/i;

/** Versions of what stands beside the server. */
function isOther(name: string): boolean {
  return /operator|plugin|calls|rtcd|push|schema|postgres|mysql|nginx|api|chart|go_|node|webrtc|config_?version|min_|old_|new_|previous/i.test(
    name,
  );
}

/** A variable without the server's name sets its version in a file that is about the server. */
function isServerContext(path: string, name: string, above: readonly string[]): boolean {
  if (isOther(above.at(-1) ?? "")) return false;
  const isChart = /(^|\/)Chart\.ya?ml$/.test(path);
  if (isChart) return name === "appVersion";
  const parent = above.findLast((line) => /^\S/.test(line)) ?? "";
  const isNamed = /mattermost/i.test(path) || /mattermost/i.test(parent);
  return (
    isNamed ||
    /^(manifests\/(init|params)\.pp|attributes\/\w+\.rb|defaults\/main\.ya?ml|vars\/main\.ya?ml|PKGBUILD|snap(craft)?\/?.*\.ya?ml|manifest\.(toml|json)|Dockerfile|VERSION|\.env[\w.]*|[\w-]*\.sh|[\w-]*\.conf|install|upgrade)$/i.test(
      path,
    )
  );
}
