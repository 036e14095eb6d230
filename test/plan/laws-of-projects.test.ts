import fc from "fast-check";
import { expect, it } from "vitest";
import type { Change, FileImage } from "../../generators/_core/plan/change.ts";
import type { Lock } from "../../generators/_core/plan/state/lock.ts";
import { normalizeLines } from "../../generators/_core/plan/line-endings.ts";
import { planChanges } from "../../generators/_core/plan/plan-changes.ts";
import { planProject } from "../../generators/_core/plan/plan.ts";
import { isProjectPath } from "../../generators/_core/plan/project-path.ts";
import type { RenderedFile } from "../../generators/_core/plan/render/render.ts";
import {
  changesOf,
  formatSavedPlan,
  parseSavedPlan,
} from "../../generators/_core/plan/saved-plan.ts";
import type { Decision } from "../../generators/_core/plan/merge/settle-pieces.ts";
import { carriedOut, reversed, viewOf, type MemoryFolder } from "../memory-folder.ts";

const runs = { numRuns: 1000 };
const begin = "<!-- mattermost-deployment:begin x -->";
const end = "<!-- mattermost-deployment:end x -->";

const line = fc.constantFrom(..."abcdefgh".split(""), "", "__proto__", "constructor");
const text = fc
  .array(line, { maxLength: 9 })
  .map((lines) => lines.map((one) => `${one}\n`).join(""));
const templatePaths = ["a.txt", "lib/b.sh", "CHANGELOG.md", "constructor", "README.md"] as const;
const files = fc.uniqueArray(
  fc.record({ path: fc.constantFrom(...templatePaths), text, isExecutable: fc.boolean() }),
  { selector: ({ path }) => path, maxLength: templatePaths.length },
);
const readmeText = text.map((words) => `# Title\n\n${begin}\n${words}${end}\n`);
const rendered: fc.Arbitrary<readonly RenderedFile[]> = fc
  .tuple(files, readmeText)
  .map(([all, readme]) =>
    all.map((one) => (one.path === "README.md" ? { ...one, text: readme } : one)),
  );

/** What a user does to a file. */
const work = fc.oneof(
  fc.constant((image: FileImage): FileImage | undefined => image),
  fc.constant(() => undefined),
  fc.constant((image: FileImage) => ({ ...image, text: image.text.replaceAll("\n", "\r\n") })),
  fc.constant((image: FileImage) => ({ ...image, text: `\uFEFF${image.text}` })),
  fc.constant((image: FileImage) => ({ ...image, text: image.text.trimEnd() })),
  fc.constantFrom(0o600, 0o755, 0o444).map((mode) => (image: FileImage) => ({ ...image, mode })),
  fc.tuple(fc.nat(9), fc.nat(3), text).map(([start, count, words]) => (image: FileImage) => {
    const lines = image.text.split(/(?<=\n)/);
    return { ...image, text: lines.toSpliced(start, count, words).join("") };
  }),
);
const works = fc.record(Object.fromEntries(templatePaths.map((path) => [path, work])));
/** Words that no template has: a file that is like a missing one is taken for it, as users move files. */
const ownText = text.map((words) => words.replaceAll(/^(?=.)/gm, "own "));
const own = fc.dictionary(fc.constantFrom("own.txt", "lib/own.sh", "docs/a.md"), ownText);
const decision = fc.constantFrom<Decision>("later", "mine", "theirs", "markers");

const projects = fc.record({ first: rendered, second: rendered, works, own, decision });

it("with no change of a template no byte changes", () => {
  hold(({ first, folder, lock, decision: rule }) => {
    const { after } = update(first, lock, folder, rule);
    expect(visible(after)).toEqual(visible(folder));
  });
});

it("updating twice is updating once", () => {
  hold(({ second, folder, lock, decision: rule }) => {
    const once = update(second, lock, folder, rule);
    const twice = update(second, once.lock, once.after, rule);
    expect(twice.after).toEqual(once.after);
    expect(twice.plan.files.filter((file) => file.action === "conflict").length).toBe(
      once.plan.files.filter((file) => file.action === "conflict").length,
    );
  });
});

it("what only the user owns never changes", () => {
  hold(({ first, second, folder, lock, decision: rule }) => {
    const { after } = update(second, lock, folder, rule);
    const emitted = new Set([...first, ...second].map(({ path }) => path));
    for (const [path, image] of folder) {
      const stays = path === "CHANGELOG.md" && second.some((file) => file.path === path);
      if (isProjectPath(path) && (!emitted.has(path) || stays))
        expect(after.get(path)).toEqual(image);
    }
    const outside = (files: MemoryFolder) =>
      files.get("README.md")?.text.split(new RegExp(`${begin}[^]*${end}`));
    if (
      rule !== "markers" &&
      folder.get("README.md")?.text.includes(end) &&
      after.has("README.md")
    ) {
      const isUntouched =
        normalizeLines(folder.get("README.md")?.text ?? "") ===
        first.find(({ path }) => path === "README.md")?.text;
      if (!isUntouched) expect(outside(after)).toEqual(outside(folder));
    }
  });
});

it("an update that is taken back leaves every byte and permission as it was", () => {
  hold(({ second, folder, lock, decision: rule }) => {
    const { after, changes } = update(second, lock, folder, rule);
    expect(carriedOut(after, reversed(changes))).toEqual(folder);
  });
});

it("the plan that is saved is the plan that is applied", () => {
  hold(({ second, folder, lock, decision: rule }) => {
    const { after, changes } = update(second, lock, folder, rule);
    const saved = parseSavedPlan(formatSavedPlan(changes, [], "0.1.0"), "plan", "0.1.0");
    const view = viewOf(folder, () => false);
    expect(carriedOut(folder, changesOf(saved, view.disk))).toEqual(after);
  });
});

it("every file ends with what is new, in a conflict, or with a word about it", () => {
  hold(({ first, second, folder, lock }) => {
    const { plan, after } = update(second, lock, folder, "later");
    for (const file of plan.files) {
      const { path, at = path, action, reason, notes = [] } = file;
      const [old, now] = [first, second].map((all) => all.find((one) => one.path === path)?.text);
      const ours = folder.get(at)?.text;
      if (ours !== undefined && action === "remove") expect(normalizeLines(ours)).toBe(old);
      if (now === undefined || action === "conflict" || path === "CHANGELOG.md") continue;
      if (ours === undefined && action === "keep") expect(reason).toContain("deleted by you");
      if (ours === undefined || notes.length > 0) continue;
      const known = new Set(old?.split("\n"));
      const result = after.get(at)?.text ?? "";
      for (const line of now.split("\n")) if (!known.has(line)) expect(result).toContain(line);
    }
  });
});

/** Holds a law for projects of a first version that somebody worked on. */
function hold(
  law: (project: {
    readonly first: readonly RenderedFile[];
    readonly second: readonly RenderedFile[];
    readonly folder: MemoryFolder;
    readonly lock: Lock;
    readonly decision: Decision;
  }) => void,
): void {
  fc.assert(
    fc.property(projects, ({ first, second, works: edits, own: extra, decision: rule }) => {
      const others = Object.entries(extra).map(
        ([path, words]) => [path, { text: words, mode: 0o600 }] as const,
      );
      const made = update(first, undefined, new Map(others), "later");
      const folder = new Map(
        [...made.after].flatMap(([path, image]) => {
          const edited = Object.hasOwn(edits, path) ? edits[path]?.(image) : image;
          return edited ? [[path, edited] as const] : [];
        }),
      );
      law({ first, second, folder, lock: made.lock, decision: rule });
    }),
    runs,
  );
}

function update(
  files: readonly RenderedFile[],
  lock: Lock | undefined,
  folder: MemoryFolder,
  rule: Decision,
) {
  const known = new Set([...files.map(({ path }) => path), ...Object.keys(lock?.files ?? {})]);
  const view = viewOf(folder, (path) => known.has(path));
  const choices = { decide: () => () => rule, isWanted: () => false, ownership: {} };
  const plan = planProject(files, lock, view, choices);
  const head = { generator: "0.1.0", program: "2025-07-31", isAdopted: false };
  const next = { ...head, files: plan.locked };
  const changes: readonly Change[] = planChanges(plan, { lock: next, store: "{}\n" }, lock, view);
  return { plan, lock: next, changes, after: carriedOut(folder, changes) };
}

/** The files of the project, without what runs keep for themselves. */
function visible(folder: MemoryFolder): MemoryFolder {
  return new Map([...folder].filter(([path]) => isProjectPath(path)));
}
