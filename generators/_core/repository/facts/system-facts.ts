import type { Facts, NamedSystem } from "../../program/facts.ts";
import type { Files } from "../../program/requirement.ts";
import { isStatement, lineAt, type Block } from "../documents/document.ts";
import type { ReadDocument } from "../find-documents.ts";
import { isOutdated, systemByName, systemNames } from "./system-names.ts";

/** Headings of sections that are about where a solution runs, the plainest ones last. */
const systemHeadings: readonly RegExp[] = [
  /\b(requirement|prerequisite|limitation|depend)/i,
  /\b(support(ed)?|compatib|platforms?|operating systems?|tested|unofficial|systems?|distributions?)\b/i,
];
/** The name of a system that others are compared with. */
const comparison =
  /\b(equivalent to|version of|clones? of|based on|compatible with|derived from)\s+(the\s+)?$/i;
const relatives =
  /^\s*(\)|,)?\s*(and|or)?\s*(its|other|their)?\s*(relatives|derivatives|family|clones|-?based|-?like|-?compatible)/i;
const denied =
  /\b(not (yet )?(support|work|run|tested)|unsupported|does ?n[o']t (support|work)|no support|support would need|planned|to ?do|wish|coming soon|instead of|EOL|end of life|no longer|only (publishes|supports|builds) amd64|amd64[- ]only)/i;
/** What is only compared, or quoted from somebody else. */
const asides =
  /\b(rather than|unlike|as opposed to|in contrast to|the one (provided )?(on|by)|like (on|in)|officially supported by mattermost)\b/i;
const marked =
  /\b(un-?official(ly)?|not officially|un-?supported by mattermost|at your own risk|community[- ]supported)\b/i;

/** Finds the systems that the documents and the metadata of a repository name. */
export function systemFacts(
  files: Files,
  documents: readonly ReadDocument[],
  platform: Facts["platform"],
): readonly NamedSystem[] {
  const told = documents.flatMap(documentSystems);
  const highest = Math.max(0, ...told.map(({ rank }) => rank));
  // Where containers run anywhere, a system that is mentioned in passing is none that is supported.
  const isPassing = highest === 0 && /^(docker|kubernetes|nomad)$/.test(platform?.id ?? "");
  const documented = isPassing ? [] : told.filter(({ rank }) => rank === highest);
  return withoutVague([...documented.map(({ named }) => named), ...metadataSystems(files)]);
}

/** A name without a release says nothing new where releases of that system are named as well. */
function withoutVague(named: readonly NamedSystem[]): readonly NamedSystem[] {
  const exact = named.filter(({ system }) => system.id !== system.releaseId);
  return named.filter(
    (one) =>
      one.system.id !== one.system.releaseId ||
      !exact.some(
        ({ system, isDocumented }) =>
          system.releaseId === one.system.releaseId && (isDocumented || !one.isDocumented),
      ),
  );
}

interface Told {
  readonly named: NamedSystem;
  /** How plainly the section says that it is about systems, from 0. */
  readonly rank: number;
}

function documentSystems({ path, document }: ReadDocument): readonly Told[] {
  const { blocks, source } = document;
  const headings = new SectionPath();
  const found: Told[] = [];
  for (const block of blocks) {
    if (block.kind === "heading") headings.enter(block);
    if (!isStatement(block)) continue;
    for (const { system, start, end } of systemNames(block.text)) {
      const isCompared = comparison.test(block.text.slice(Math.max(0, start - 40), start));
      if (isCompared || relatives.test(block.text.slice(end, end + 40))) continue;
      const sentence = sentenceAround(block.text, start);
      if (denied.test(sentence) && !marked.test(sentence)) continue;
      if (asides.test(sentence)) continue;
      const offset = block.offsets[start] ?? block.start;
      const place = { path, line: lineAt(source, offset), text: sentence };
      const isMarkedUnofficial =
        marked.test(sentence) ||
        headings.titles.some((title) => marked.test(title)) ||
        isUnofficialCell(blocks, block);
      found.push({
        named: {
          system,
          place,
          isDocumented: true,
          isOutdated: isOutdated(system),
          isMarkedUnofficial,
        },
        rank:
          systemHeadings.findLastIndex((heading) =>
            headings.titles.some((title) => heading.test(title)),
          ) + 1,
      });
    }
  }
  return found;
}

/** The headings above a block; it lives for one walk through a document. */
class SectionPath {
  readonly #headings: Block[] = [];

  enter(heading: Block): void {
    while ((this.#headings.at(-1)?.depth ?? 0) >= heading.depth) this.#headings.pop();
    this.#headings.push(heading);
  }

  /** Without the title of the whole document. */
  get titles(): readonly string[] {
    return this.#headings
      .filter(({ depth }, index) => depth > 1 || index > 0)
      .map(({ text }) => text);
  }
}

/** The next cell of a table says how the system stands. */
function isUnofficialCell(blocks: readonly Block[], block: Block): boolean {
  const next = blocks[blocks.indexOf(block) + 1];
  return (
    block.kind === "cell" && next?.kind === "cell" && /^(unofficial|not official)/i.test(next.text)
  );
}

/** The sentence around a place, at most 240 letters of it. */
function sentenceAround(text: string, at: number): string {
  const before = text.slice(Math.max(0, at - 160), at);
  const lead = Math.max(
    ...[". ", "! ", "? ", ".) "].map((end) => before.lastIndexOf(end) + end.length - 1),
  );
  const hasEnd = /[.!?]\)? /.test(before);
  const rest = text.slice(at, at + 200);
  const end = /[.!?]\)?(?=\s+[(\p{Lu}])/u.exec(rest)?.index ?? rest.length;
  return text.slice(at - before.length + (hasEnd ? lead : 0), at + end).trim();
}

function metadataSystems(files: Files): readonly NamedSystem[] {
  const puppet = files.get("metadata.json");
  const galaxy = ["meta/main.yml", "meta/main.yaml"].flatMap((path) => {
    const text = files.get(path);
    return text === undefined ? [] : galaxySystems(path, text);
  });
  return [...(puppet === undefined ? [] : puppetSystems("metadata.json", puppet)), ...galaxy];
}

/** `"operatingsystem": "CentOS"` and the releases behind it, line by line: the file may be broken. */
function puppetSystems(path: string, text: string): readonly NamedSystem[] {
  const start = text.indexOf('"operatingsystem_support"');
  if (start === -1) return [];
  const found: NamedSystem[] = [];
  const part = text.slice(start, start + 20_000);
  for (const match of part.matchAll(
    /"operatingsystem"\s*:\s*"([^"]{1,40})"(?:[^}[]{0,80}\[([^\]]{0,400})\])?/g,
  )) {
    const releases = [...(match[2] ?? "").matchAll(/"([^"]{1,12})"/g)].map(
      ([, release = ""]) => release,
    );
    for (const release of releases.length > 0 ? releases : [""]) {
      const system = systemByName(match[1] === "RedHat" ? "rhel" : (match[1] ?? ""), release);
      const line = lineAt(text, start + match.index);
      if (system) found.push(inMetadata(system, path, line, `${match[1]} ${release}`.trim()));
    }
  }
  return found;
}

/** `- name: EL` and the `versions` below it. */
function galaxySystems(path: string, text: string): readonly NamedSystem[] {
  const found: NamedSystem[] = [];
  let name = "";
  let isInside = false;
  for (const [index, line] of text.split("\n").entries()) {
    if (/^\s*platforms:/.test(line)) isInside = true;
    else if (/^\s{0,4}[a-z_]+:/.test(line) && !/^\s*(- )?(name|versions):/.test(line))
      isInside = false;
    if (!isInside) continue;
    const [, given] = /^\s*-?\s*name:\s*["']?([\w .-]{1,40}?)["']?\s*$/.exec(line) ?? [];
    name = given ?? name;
    const listed =
      /^\s*versions:\s*\[([^\]]{0,200})\]/.exec(line)?.[1] ??
      /^\s*-\s*["']?([\w.]{1,12})["']?\s*$/.exec(line)?.[1];
    for (const release of (listed ?? "").split(/[,\s"']+/).filter(Boolean)) {
      const system = systemByName(name, release === "all" ? "" : release);
      if (system) found.push(inMetadata(system, path, index + 1, `${name} ${release}`));
    }
  }
  return found;
}

function inMetadata(
  system: NamedSystem["system"],
  path: string,
  line: number,
  text: string,
): NamedSystem {
  return {
    system,
    place: { path, line, text },
    isDocumented: false,
    isOutdated: isOutdated(system),
    isMarkedUnofficial: false,
  };
}

const options: readonly (readonly [RegExp, string])[] = [
  [/\b(arm64|aarch64|armv7|armhf|raspberry pi|apple silicon|m1 mac)\b/i, "arm64"],
  [/\bheroku\b/i, "Heroku"],
];

/** Finds choices beside systems that Mattermost does not officially support. */
export function unofficialOptionFacts(
  documents: readonly ReadDocument[],
  platform: Facts["platform"],
): Facts["unofficialOptions"] {
  return options.flatMap(([pattern, title]) => {
    if (title === "Heroku" && platform?.id !== "heroku") return [];
    const places = documents.flatMap(({ path, document }) => {
      const headings = new SectionPath();
      return document.blocks.flatMap((block) => {
        if (block.kind === "heading") headings.enter(block);
        const match = isStatement(block) ? pattern.exec(block.text) : null;
        if (!match) return [];
        const text = sentenceAround(block.text, match.index);
        const isMarked =
          marked.test(text) || headings.titles.some((heading) => marked.test(heading));
        if (denied.test(text) && !isMarked) return [];
        return [{ place: { path, line: lineAt(document.source, block.start), text }, isMarked }];
      });
    });
    const best = places.find(({ isMarked }) => isMarked) ?? places[0];
    if (best) return [{ title, ...best }];
    return title === "Heroku" && platform
      ? [{ title, place: platform.place, isMarked: false }]
      : [];
  });
}
