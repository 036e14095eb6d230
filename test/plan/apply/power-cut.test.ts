import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { packageVersion } from "../../../generators/_core/package-folder.ts";
import {
  applyChanges,
  completeInterrupted,
} from "../../../generators/_core/plan/apply/apply-plan.ts";
import type { Change, FileImage } from "../../../generators/_core/plan/change.ts";
import { planUndo } from "../../../generators/_core/plan/apply/plan-undo.ts";
import { folderTexts } from "../../folder-tree.ts";
import { withoutStoring } from "../../intercepted-disk.ts";
import { bury } from "../../interrupted-run.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { onVolatileDisk, withPowerCut } from "../../volatile-disk.ts";

const state = ".mattermost-deployment";

/** A run that replaces a file of the user's and takes one away, with its state. */
const changes: readonly Change[] = [
  { path: "bin/edited", before: image("old\n", 0o755), after: image("new\n", 0o755) },
  { path: "gone/removed.txt", before: image("removed\n", 0o600), after: undefined },
  { path: `${state}/base/bin/edited`, before: image("base\n"), after: image("new base\n") },
  { path: ".yo-rc.json", before: image("{}\n"), after: image('{"a":1}\n') },
  { path: "new/made.txt", before: undefined, after: image("made\n") },
];

describe("before a file of the user's is replaced or goes", () => {
  it("everything that puts it back is stored: the copies, the record and their names", async () => {
    const folder = before();
    const journal = join(folder, state, "journal");
    const replaced: string[] = [];
    await onVolatileDisk(apply(folder), (path, { files, folders }) => {
      if (path.startsWith(join(folder, state))) return;
      // Where it is known by name: names change there by what this run itself moves and removes.
      const names = replaced.length === 0 ? [folder, join(folder, state)] : [];
      const needed = [...names, journal, join(journal, "before")];
      replaced.push(path.slice(folder.length + 1));
      expect(
        needed.filter((one) => folders.has(one)),
        path,
      ).toEqual([]);
      expect(
        [...files].filter((one) => one.startsWith(journal)),
        path,
      ).toEqual([]);
      const kept = readdirSync(join(journal, "before")).map((name) =>
        readFileSync(join(journal, "before", name), "utf8"),
      );
      expect(kept, path).toContain(readFileSync(path, "utf8"));
      expect(existsSync(join(journal, "forward.json")), path).toBe(true);
    });
    expect(replaced).toEqual(["bin/edited", "gone/removed.txt", ".yo-rc.json"]);
  });

  it("nothing is stored where nothing of the user's is at stake", async () => {
    const folder = temporaryFolder();
    const fresh = changes.map(({ path, after }) => ({ path, before: undefined, after }));
    expect(await onVolatileDisk(apply(folder, fresh), () => undefined)).toBe(0);
    const own = [
      { path: "another.txt", before: undefined, after: image("another\n") },
      { path: `${state}/base/bin/edited`, before: image("new base\n"), after: image("base\n") },
    ];
    expect(await onVolatileDisk(apply(folder, own), () => undefined)).toBe(0);
  });
});

describe("a run in which the power fails, at each of its writes,", () => {
  it("is completed by the next, or had not begun", async () => {
    let count = 0;
    for await (const folder of cutAtEachWrite()) {
      await withoutStoring(() => completeInterrupted(folder));
      expect([textsBefore, textsAfter]).toContainEqual(texts(folder));
      count += 1;
    }
    expect(count).toBeGreaterThan(25);
  });

  it("can be taken back once it is completed", async () => {
    let count = 0;
    for await (const folder of cutAtEachWrite()) {
      await withoutStoring(() => completeInterrupted(folder));
      if (texts(folder)["bin/edited"] === "old\n") continue;
      const { changes: back } = planUndo(folder, packageVersion());
      await withoutStoring(() => applyChanges(folder, back, "is final"));
      expect(texts(folder)).toEqual(textsBefore);
      count += 1;
    }
    expect(count).toBeGreaterThan(5);
  });

  it("is completed though the power fails at each write of that too", async () => {
    for await (const folder of cutAtEachWrite()) {
      for (let at = 0, isCut = true; isCut; at += 1) {
        isCut = await withPowerCut(at, async () => {
          await completeInterrupted(folder);
        });
        bury(folder);
      }
      await completeInterrupted(folder);
      expect([textsBefore, textsAfter]).toContainEqual(texts(folder));
    }
  });
});

function apply(folder: string, list = changes): () => Promise<void> {
  return () => applyChanges(folder, list, "can be undone");
}

/** Folders in which the power failed at the first write of a run, at its second, and so on. */
async function* cutAtEachWrite(): AsyncGenerator<string> {
  for (let at = 0; ; at += 1) {
    const folder = before();
    if (!(await withPowerCut(at, apply(folder)))) return;
    bury(folder);
    yield folder;
  }
}

function image(text: string, mode = 0o644): FileImage {
  return { text, mode };
}

function before(): string {
  const folder = temporaryFolder();
  for (const { path, before: old } of changes) {
    if (!old) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), old.text);
    chmodSync(join(folder, path), old.mode);
  }
  return folder;
}

/** The texts of the project and its base, without what runs keep for themselves. */
function texts(folder: string): Readonly<Record<string, string>> {
  const entries = Object.entries(folderTexts(folder));
  return Object.fromEntries(
    entries.filter(([path]) => !new RegExp(`^${state}/(journal|running|undo)`).test(path)),
  );
}

const textsBefore = textsOf("before");
const textsAfter = textsOf("after");

function textsOf(side: "before" | "after"): Readonly<Record<string, string>> {
  const entries = changes.map((change) => [change.path, change[side]?.text] as const);
  return Object.fromEntries(
    entries.flatMap(([path, text]) => (text === undefined ? [] : [[path, text]])),
  );
}
