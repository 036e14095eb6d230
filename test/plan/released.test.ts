import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { normalizeLines } from "../../generators/_core/plan/line-endings.ts";
import { packageVersion } from "../../generators/_core/package-folder.ts";
import type { FileImage } from "../../generators/_core/plan/change.ts";
import {
  basePath,
  lockPath,
  parseLock,
  type Lock,
} from "../../generators/_core/plan/state/lock.ts";
import { planChanges } from "../../generators/_core/plan/plan-changes.ts";
import { planProject } from "../../generators/_core/plan/plan.ts";
import type { RenderedFile } from "../../generators/_core/plan/render/render.ts";
import { parseStore, storePath } from "../../generators/_core/plan/state/stored-answers.ts";
import { cautiously, carriedOut, viewOf, type MemoryFolder } from "../memory-folder.ts";
import { emit } from "../projects.ts";

/**
 * What each released revision made of some answers: `files/`, its lock and its answers. Adding a
 * revision is adding a folder; their order is that of their names.
 */
const released = join(import.meta.dirname, "../released");
const revisions = readdirSync(released).toSorted();
const projects = revisions.flatMap((revision) =>
  readdirSync(join(released, revision)).map((name) => ({ revision, name })),
);

/** A way of working on a project, and what comes of it. */
interface Work {
  readonly title: string;
  /** The text of a file as its user leaves it, `undefined` for a deleted one. */
  readonly edit: (text: string, path: string) => string | undefined;
  readonly move?: (path: string) => string;
}

const mine = "# mine, and nobody else's";
const works: readonly Work[] = [
  { title: "untouched", edit: (text) => text },
  { title: "edited at the end", edit: (text) => `${text}${mine}\n` },
  { title: "edited in the middle", edit: inTheMiddle },
  { title: "re-wrapped", edit: (text, path) => (path === "README.md" ? rewrapped(text) : text) },
  {
    title: "with its sections moved",
    edit: (text, path) => (path === "README.md" ? turned(text) : text),
  },
  {
    title: "in CRLF, with a byte order mark",
    edit: (text) => `\uFEFF${text.replaceAll("\n", "\r\n")}`,
  },
  { title: "deleted", edit: () => undefined },
  { title: "renamed", edit: (text) => text, move: (path) => `own/${path}` },
  {
    title: "renamed and edited",
    edit: (text) => `${text}${mine}\n`,
    move: (path) => `own/${path}`,
  },
];

describe.for(projects)("$revision, $name,", ({ revision, name }) => {
  describe.for(laterThan(revision, name))("brought to %s", (target) => {
    it.for(works)("$title, ends clean, in a conflict or reported", async ({ edit, move }) => {
      const { lock, files } = readRevision(revision, name);
      const rendered = await renderedBy(target, revision, name);
      const folder = worked(files, lock, edit, move);
      const { plan, after } = update(rendered, lock, folder);
      for (const file of plan.files) {
        const { path, at = path, action, reason, text, notes = [], from } = file;
        const now = rendered.find((one) => one.path === path)?.text;
        const ours = folder.get(from?.path ?? at)?.text;
        const result = after.get(at)?.text;
        if (ours === undefined) {
          expect(["create", "keep"], path).toContain(action);
          if (action === "keep") expect(reason, path).toMatch(/deleted by you/);
          continue;
        }
        // Nothing that the user wrote is gone, and what stays open is untouched or a clear part of it.
        if (ours.includes(mine) && action !== "remove") expect(result, path).toContain(mine);
        if (action === "remove") expect(normalizeLines(ours), path).toBe(files.get(path)?.text);
        if (action === "conflict" && text === undefined) expect(result, path).toBe(ours);
        if (
          now === undefined ||
          action === "conflict" ||
          notes.some((note) => note.includes("removed"))
        )
          continue;
        if (lock.files[path]?.ownership === "once") {
          expect(result, path).toBe(ours);
          continue;
        }
        // Everything that is new has arrived, in the manner of the file.
        expect(newWords(files.get(path)?.text ?? "", now, result ?? ""), path).toEqual([]);
        if (ours.includes("\r\n")) expect(result?.replaceAll("\r\n", ""), path).not.toContain("\n");
        if (ours.startsWith("\uFEFF")) expect(result?.startsWith("\uFEFF"), path).toBe(true);
      }
      const again = update(
        rendered,
        parseLock(after.get(lockPath)?.text ?? "", packageVersion()),
        after,
      );
      expect(again.after).toEqual(after);
    });

    it("untouched, is what that one writes", async () => {
      const { lock, files } = readRevision(revision, name);
      const rendered = await renderedBy(target, revision, name);
      const { after } = update(
        rendered,
        lock,
        worked(files, lock, (text) => text),
      );
      for (const { path, text } of rendered) {
        const isOnce = lock.files[path]?.ownership === "once";
        const kept = isOnce ? files.get(path)?.text : text;
        expect(after.get(path)?.text, path).toBe(kept);
      }
    });
  });
});

function update(rendered: readonly RenderedFile[], lock: Lock, folder: MemoryFolder) {
  const paths = new Set([...rendered.map(({ path }) => path), ...Object.keys(lock.files)]);
  const view = viewOf(folder, (path) => paths.has(path));
  const plan = planProject(rendered, lock, view, cautiously);
  const state = { lock: { ...lock, files: plan.locked }, store: "{}\n" };
  return { plan, after: carriedOut(folder, planChanges(plan, state, lock, view)) };
}

/** What stands here, with the answers of a revision and with others. */
const today: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "what stands here": {},
  "what stands here, of another edition": { edition: "enterprise", license: "Apache-2.0" },
  "what stands here, of the lowest tier": { tier: "community", upgrade: false, license: "0BSD" },
};

/** The revisions that a project of one can be brought to: the later ones, and what stands here. */
function laterThan(revision: string, name: string): readonly string[] {
  const later = projects.filter((one) => one.name === name && one.revision > revision);
  return [...later.map((one) => one.revision), ...Object.keys(today)];
}

async function renderedBy(
  target: string,
  revision: string,
  name: string,
): Promise<readonly RenderedFile[]> {
  const other = today[target];
  if (other) return (await emit({ ...readRevision(revision, name).answers, ...other })).rendered;
  const { lock, files } = readRevision(target, name);
  return [...files].map(([path, { text }]) => ({
    path,
    text,
    isExecutable: lock.files[path]?.isExecutable === true,
  }));
}

function readRevision(revision: string, name: string) {
  const folder = join(released, revision, name);
  const lock = parseLock(readFileSync(join(folder, "lock.json"), "utf8"), packageVersion());
  const files = new Map<string, FileImage>(
    Object.entries(lock.files).map(([path, { isExecutable }]) => {
      const text = readFileSync(join(folder, "files", path), "utf8");
      return [path, { text, mode: isExecutable ? 0o755 : 0o644 }];
    }),
  );
  const answers = parseStore(readFileSync(join(folder, "answers.json"), "utf8"));
  return { lock, files, answers };
}

/** The project of a revision, with its state, as its user left it. */
function worked(
  files: MemoryFolder,
  lock: Lock,
  edit: Work["edit"],
  move: (path: string) => string = (path) => path,
): MemoryFolder {
  const own = [...files].flatMap(([path, { text, mode }]) => {
    const edited = edit(text, path);
    return edited === undefined ? [] : [[move(path), { text: edited, mode }] as const];
  });
  const bases = [...files].map(
    ([path, { text }]) => [basePath(path), { text, mode: 0o644 }] as const,
  );
  const image = { text: "{}\n", mode: 0o644 };
  const state = [
    [storePath, image],
    [lockPath, { text: JSON.stringify(lock), mode: 0o644 }],
  ] as const;
  return new Map([...own, ...bases, ...state]);
}

/** The lines of a new version that a result does not hold, whatever its wrapping and bullets. */
function newWords(before: string, now: string, result: string): readonly string[] {
  const old = new Set(before.split("\n"));
  const words = flat(result);
  return now.split("\n").filter((line) => !old.has(line) && !words.includes(flat(line)));
}

function flat(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function inTheMiddle(text: string): string {
  const lines = text.split("\n");
  const at = Math.floor(lines.length / 2);
  return [...lines.slice(0, at), mine, ...lines.slice(at)].join("\n");
}

/** Breaks the lines of paragraphs after about half of their words. */
function rewrapped(text: string): string {
  return text.replace(/^([A-Z][^\n|]{40}\S*) (?=[A-Za-z])/gm, "$1\n");
}

/** The sections from the last to the first, beneath the title. */
function turned(text: string): string {
  const [title = "", ...sections] = text.split(/(?=^## )/m);
  return (
    [title, ...sections.map((one) => `${one.trimEnd()}\n\n`).toReversed()].join("").trimEnd() + "\n"
  );
}
