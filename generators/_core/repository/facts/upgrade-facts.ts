import type { Facts, Place, UpgradeWay } from "../../program/facts.ts";
import type { Files } from "../../program/requirement.ts";
import { isStatement, lineAt, type Block, type Document } from "../documents/document.ts";
import type { ReadDocument } from "../find-documents.ts";
import { isAside } from "./text-lines.ts";
import { upgradeProcedure } from "./upgrade-steps.ts";

const upgradeHeading = /\b(upgrad(e|es|ing)|updat(e|es|ing))\b/i;
/** Headings that are about upgrading something else, or about a wish. */
const otherHeading =
  /security|unattended|postgres|mysql|database|system packages|\bos\b|\bdebian\b|\bubuntu\b|changelog|road ?map|to ?do|planned|future|maintainer|contribut|\bdocs?\b|readme|module itself/i;
const wish = /\b(road ?map|to ?do|planned|wish ?list|future|ideas)\b/i;
const denial =
  /\b(does not|doesn't|(?:do not|don't)(?= (?:currently |yet )?support)|cannot|can't|not yet|no|without|isn't|not) (currently |yet |automatically )?(support(s|ed)? )?(the )?(automatic(ally)? )?(upgrad(e|es|ing)(?=\s*([.,;:!)]|$|(of |to |the )?(mattermost|server|automatically|existing|in\b|from|between|yet)))|updates? (of|to) mattermost)(?!\w)|\b((?:automatic|unattended) )?upgrad(e|es|ing) (is|are) (not|un)(yet | )?supported/i;
/** Commands of other tools that bring another version. */
const toolCommand =
  /\b(docker[- ]compose (pull|up|build)|docker (pull|stack deploy)|podman(-compose)? pull|helm upgrade|kubectl (apply|set image|patch|rollout)|oc (apply|import-image|rollout)|ansible-playbook|puppet (agent|apply)|chef-client|juju (refresh|upgrade)|snap refresh|yunohost app upgrade|terraform apply|nixos-rebuild|salt(-call)? |heroku |git push heroku|nomad (job )?run|apt(-get)? (install|upgrade).*mattermost|(dnf|yum) (update|upgrade).*mattermost|pacman)/i;
/** Where a tool brings about what is declared, upgrading is another value. */
const declaration = /\b(mattermost_)?version['"]?\s*(=>|:|=)\s*['"]?\d/i;
const scriptName =
  /(^|\/)(?:[\w-]*mattermost[-_])?(upgrade|update)([-_]mattermost)?(\.(sh|py|pl|rb|ya?ml))?$/i;

/** Documents of what stands beside the server, and is upgraded by itself. */
const ofOther = /(operator|push-?proxy|plugin|rtcd|calls)[^/]*\//i;

/** The most sections that are looked through. */
const mostSections = 20;

/** Finds how users get to another version, and what that does. */
export function upgradeFacts(
  files: Files,
  documents: readonly ReadDocument[],
  platform: Facts["platform"],
): Facts["upgrade"] {
  const shown = documents
    .filter(({ path }) => !ofOther.test(path))
    .flatMap((document) => waysIn(document, files));
  const ways = shown.filter(({ script }) => !script || isDoing(script.text));
  const idle = shown.find(({ script }) => script && !isDoing(script.text))?.place;
  const best = ways.find(({ script }) => script) ?? ways[0];
  const named = [...files.keys()].find((path) => scriptName.test(path) && !isAside(path));
  const convention =
    platform?.id === "yunohost" && files.has("scripts/upgrade") ? "scripts/upgrade" : undefined;
  const script = best?.script ?? scriptAt(files, convention);
  const conventional: readonly UpgradeWay[] =
    convention === undefined
      ? []
      : [{ place: { path: convention, line: 1, text: "scripts/upgrade" }, script }];
  return {
    ways: [...(best ? [best, ...ways.filter((way) => way !== best)] : []), ...conventional],
    idle,
    denial: documents.flatMap(denialsIn)[0],
    hidden: named === undefined ? undefined : { path: named, line: 1, text: named },
    ...(script ? upgradeProcedure(script, files) : { steps: {}, late: {}, lost: undefined }),
  };
}

/** Whether a script has a line that does more than to print, to set its options, or to end. */
function isDoing(text: string): boolean {
  return text
    .split("\n")
    .some(
      (line) =>
        /\S/.test(line) &&
        !/^\s*(#|set\s+[-+]|exit\b|return\b|true\s*$|:\s*$|echo\b|printf\b|---\s*$)/.test(line),
    );
}

function scriptAt(files: Files, path: string | undefined): UpgradeWay["script"] {
  const text = path === undefined ? undefined : files.get(path);
  return path === undefined || text === undefined ? undefined : { path, text };
}

/** Commands in code blocks and sentences under a heading on upgrading. */
function waysIn({ path, document }: ReadDocument, files: Files): readonly UpgradeWay[] {
  return upgradeSections(document).flatMap((blocks) =>
    blocks.flatMap((block): readonly UpgradeWay[] => {
      if (block.kind !== "code" && !isStatement(block)) return [];
      if (block.kind === "heading") return [];
      const lines = block.kind === "code" ? block.text.split("\n") : [block.text];
      let offset = block.start;
      for (const line of lines) {
        const at = document.source.indexOf(line, offset);
        const place = {
          path,
          line: lineAt(document.source, at === -1 ? block.start : at),
          text: line.trim(),
        };
        offset = at === -1 ? offset : at + line.length;
        if (denial.test(line) || isForbidden(line, block)) continue;
        const script = scriptIn(line, files);
        if (script && isUpgrade(script.path, line, block)) return [{ place, script }];
        const isPlayOfOwn = /ansible-playbook/.test(line);
        if (block.kind === "code" && declaration.test(line)) return [{ place, script: undefined }];
        if (toolCommand.test(line) && (block.kind === "code" || isPlayOfOwn || isToolNamed(line)))
          return [{ place, script: undefined }];
      }
      return [];
    }),
  );
}

/**
 * Whether a script that is named under the heading is the one that upgrades: by its name, by a word
 * behind it, or as a command of the block that does nothing else by its name.
 */
function isUpgrade(path: string, line: string, { kind }: Block): boolean {
  if (/^\W*(sudo )?(chmod|chown|wget|curl|cat|less|vim?|nano|git)\b/.test(line)) return false;
  const words = commandWords(line);
  const at = words.indexOf(path);
  if (/postgres|database/i.test(path)) return false;
  if (/upgrad|updat/i.test(words.slice(at, at + 3).join(" "))) return true;
  const isElse =
    /backup|restore|roll[-_]?back|dump|stop|start|status|logs?\b|init\b|test|check|secret/i.test(
      path,
    );
  return kind === "code" && !isElse;
}

/** `Never run bin/upgrade` shows no way. */
function isForbidden(line: string, { kind }: Block): boolean {
  return (
    kind !== "code" &&
    /\b(never|do not|don't|must not|should not) (run|use|call|start|execute)\b/i.test(line)
  );
}

/** In a sentence only the whole command counts. */
function isToolNamed(line: string): boolean {
  return /\b(docker[- ]compose (pull|up)|helm upgrade|juju (refresh|upgrade)|snap refresh|yunohost app upgrade)\b/i.test(
    line,
  );
}

/** The blocks under each heading on upgrading, up to the next one of its level. */
function upgradeSections({ blocks }: Document): readonly (readonly Block[])[] {
  const found: (readonly Block[])[] = [];
  const above: Block[] = [];
  for (const [index, heading] of blocks.entries()) {
    if (heading.kind !== "heading" || found.length >= mostSections) continue;
    while ((above.at(-1)?.depth ?? 0) >= heading.depth) above.pop();
    const isMeant = upgradeHeading.test(heading.text) && !otherHeading.test(heading.text);
    if (isMeant && !wish.test(above.at(-1)?.text ?? "")) found.push(sectionAt(blocks, index));
    above.push(heading);
  }
  return found;
}

function sectionAt(blocks: readonly Block[], index: number): readonly Block[] {
  const depth = blocks[index]?.depth ?? 0;
  let end = index + 1;
  for (let block = blocks[end]; block; block = blocks[(end += 1)]) {
    if (block.kind === "heading" && block.depth <= depth) break;
  }
  return withoutWishes(blocks.slice(index + 1, end));
}

/** A title that speaks of updates has all of the document beneath it, and what is to do as well. */
function withoutWishes(blocks: readonly Block[]): readonly Block[] {
  let wished = Infinity;
  return blocks.filter(({ kind, depth, text }) => {
    if (kind === "heading" && depth <= wished) wished = wish.test(text) ? depth : Infinity;
    return wished === Infinity;
  });
}

/** A file of the repository that a line names: a script, a play, a target of a Makefile. */
function scriptIn(line: string, files: Files): UpgradeWay["script"] {
  const [, target] = /\bmake\s+(?:-C\s+\S+\s+)?([\w-]*(?:upgrade|update)[\w-]*)/.exec(line) ?? [];
  const makefile = files.get("Makefile") ?? "";
  if (target !== undefined && makefile.includes(`\n${target}:`))
    return { path: "Makefile", text: recipe(makefile, target) };
  for (const path of commandWords(line)) {
    const text = files.get(path);
    if (text !== undefined && isRun(path, text)) return { path, text };
  }
  return undefined;
}

/** The words of a line as paths: without quotes, a leading `./`, and what ends a sentence. */
function commandWords(line: string): readonly string[] {
  return line
    .split(/[\s"'`()]+/)
    .slice(0, 80)
    .map((word) => word.replace(/^(\.\/|\/)+/, "").replace(/[.,;:]$/, ""));
}

function isRun(path: string, text: string): boolean {
  if (
    /\.(md|rst|adoc|txt|conf|json|env)$|(^|\/)(\.env[\w.]*|Dockerfile|docker-compose[\w.-]*|compose\.ya?ml)$/i.test(
      path,
    )
  )
    return false;
  return text.startsWith("#!") || /\.(sh|py|pl|rb|ya?ml)$/.test(path) || path.startsWith("bin/");
}

function recipe(makefile: string, target: string): string {
  const start = makefile.indexOf(`\n${target}:`) + 1;
  const end = /\n(?=[\w-]+:)/.exec(makefile.slice(start + 1))?.index;
  return makefile.slice(start, end === undefined ? undefined : start + 1 + end);
}

function denialsIn({ path, document }: ReadDocument): readonly Place[] {
  return document.blocks.filter(isStatement).flatMap(({ text, start }) => {
    const match = denial.exec(text);
    return match ? [{ path, line: lineAt(document.source, start), text: match[0] }] : [];
  });
}
