import { formatOf, type Document } from "./documents/document.ts";
import { longestDocument, parseDocument } from "./parse-document.ts";
import type { Snapshot } from "./snapshot.ts";
import { tokenDocument, type TokenDocument } from "./statements/text-tokens.ts";

/** A document that people who use the deployment read. */
export interface ReadDocument extends TokenDocument {
  readonly path: string;
}

/** The documents of a repository. */
export interface Documents {
  readonly read: readonly ReadDocument[];
  /** READMEs that could not be read, and why. */
  readonly unread: readonly { readonly path: string; readonly problem: string }[];
}

/** The most documents that are taken apart. */
const most = 40;
const readmeName = /^read[-_ ]?me(\.[\w-]{1,20}){0,2}$/i;
const notForUsers =
  /(^|\/)(licen[cs]e|copying|notice|change-?log|changes|history|contributing|code[-_]of[-_]conduct|third-party)[^/]*$/i;

/**
 * Finds and reads the documents: every README in the root, `docs/` or `.github/`, or else the ones
 * that stand highest, and the files of the repository that they link to.
 */
export async function findDocuments(snapshot: Snapshot): Promise<Documents> {
  const first = readmePaths(snapshot.paths);
  const unread = first.flatMap((path) => {
    const why = snapshot.unread.get(path);
    const isLong = (snapshot.texts.get(path)?.length ?? 0) > longestDocument;
    return why !== undefined || isLong ? [{ path, problem: why ?? "too large" }] : [];
  });
  const readmes = await readAll(snapshot, first.slice(0, most));
  const linked = readmes.flatMap((readme) => linkedPaths(readme, snapshot));
  const further = [...new Set(linked)].filter((path) => !first.includes(path));
  const read = [...readmes, ...(await readAll(snapshot, further.slice(0, most - readmes.length)))];
  return { read, unread };
}

/** The READMEs that speak for the repository, the first of them first. */
function readmePaths(paths: readonly string[]): readonly string[] {
  const all = paths.filter((path) => {
    const name = path.slice(path.lastIndexOf("/") + 1);
    return readmeName.test(name) && formatOf(path) !== undefined;
  });
  const usual = all.filter((path) => /^(?:(?:docs?|documentation|\.github)\/)?[^/]+$/i.test(path));
  const depths = all.map(depthOf);
  const highest = all.filter((path) => depthOf(path) === Math.min(...depths));
  return (usual.length > 0 ? usual : highest).toSorted((a, b) => depthOf(a) - depthOf(b));
}

function depthOf(path: string): number {
  return path.split("/").length;
}

async function readAll(
  { texts }: Snapshot,
  paths: readonly string[],
): Promise<readonly ReadDocument[]> {
  const read: ReadDocument[] = [];
  for (const path of paths) {
    const source = texts.get(path);
    const format = formatOf(path);
    if (source === undefined || format === undefined) continue;
    const document = await parseDocument(source, format);
    if (document) read.push({ path, ...tokenDocument(document) });
  }
  return read;
}

/** The files of the repository that a document links to, and that are for users to read. */
function linkedPaths(
  { path, document }: { readonly path: string; readonly document: Document },
  { texts, paths }: Snapshot,
): readonly string[] {
  const folder = path.split("/").slice(0, -1);
  return document.blocks.flatMap(({ links, kind }) =>
    links.flatMap(({ target }) => {
      if (kind === "quote" || /^([a-z][\w+.-]*:|\/\/|#)/i.test(target)) return [];
      const resolved = resolvePath(folder, target);
      const found = resolved === undefined ? undefined : (readmeIn(resolved, paths) ?? resolved);
      const isDocument = found !== undefined && texts.has(found) && formatOf(found) !== undefined;
      return isDocument && !notForUsers.test(found) ? [found] : [];
    }),
  );
}

/** A forge shows the README of a folder that is linked to. */
function readmeIn(folder: string, paths: readonly string[]): string | undefined {
  if (folder === "" || /\.\w{1,8}$/.test(folder)) return undefined;
  return paths.find(
    (path) => path.startsWith(`${folder}/`) && readmeName.test(path.slice(folder.length + 1)),
  );
}

/** Resolves a relative link; `undefined` where it leaves the repository. */
function resolvePath(folder: readonly string[], target: string): string | undefined {
  const path = target.replace(/[?#].*$/s, "");
  const parts: string[] = path.startsWith("/") ? [] : [...folder];
  for (const part of path.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}
