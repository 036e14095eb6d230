import { chmodSync, existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  applyChanges,
  completeInterrupted,
} from "../../../generators/_core/plan/apply/apply-plan.ts";
import type { Change, FileImage } from "../../../generators/_core/plan/change.ts";
import { withFault } from "../../faulty-disk.ts";
import { folderTexts, folderTree } from "../../folder-tree.ts";
import { withoutStoring } from "../../intercepted-disk.ts";
import { bury } from "../../interrupted-run.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

/** Each kind of change once, in folders that come and go. */
const changes: readonly Change[] = [
  { path: "new/deep/made.txt", before: undefined, after: image("made\n") },
  { path: "bin/edited", before: image("old\n", 0o755), after: image("new\n", 0o755) },
  { path: "crlf.txt", before: image("\uFEFFa\r\nb"), after: image("\uFEFFa\r\nc") },
  { path: "bin/mode", before: image("same\n"), after: image("same\n", 0o755) },
  { path: "gone/away/removed.txt", before: image("removed\n", 0o600), after: undefined },
  { path: ".yo-rc.json", before: undefined, after: image("{}\n") },
];

describe("changes", () => {
  it("are carried out, and those folders go that nothing is left in", async () => {
    const folder = before();
    await applyChanges(folder, changes, "can be undone");
    expect(userTexts(folder)).toEqual(textsAfter);
    expect(statSync(join(folder, "bin/mode")).mode & 0o777).toBe(0o755);
    expect(existsSync(join(folder, "gone"))).toBe(false);
  });

  it("that are none write nothing", async () => {
    const folder = before();
    const tree = folderTree(folder);
    await applyChanges(
      folder,
      [{ path: "mine.txt", before: image("mine\n"), after: image("mine\n") }],
      "is final",
    );
    expect(folderTree(folder)).toEqual(tree);
  });

  it("are refused when a file is not what it was, or a link stands there", async () => {
    const folder = before();
    writeFileSync(join(folder, "crlf.txt"), "edited\n");
    const tree = folderTree(folder);
    await expect(applyChanges(folder, changes, "is final")).rejects.toThrow(
      /crlf\.txt was changed while/,
    );
    symlinkSync("mine.txt", join(folder, "link"));
    const link = { path: "link", before: undefined, after: image("x\n") };
    await expect(applyChanges(folder, [link], "is final")).rejects.toThrow(
      /link was changed while/,
    );
    expect(folderTree(folder)).toMatchObject(tree);
  });
});

describe("a run that is killed, at each of its writes,", () => {
  it("is completed by the next, or had not begun", async () => {
    let count = 0;
    for await (const folder of killedAtEachWrite()) {
      await withoutStoring(() => completeInterrupted(folder));
      expect([textsBefore, textsAfter]).toContainEqual(userTexts(folder));
      count += 1;
    }
    expect(count).toBeGreaterThan(30);
  });

  it("loses nothing that is edited before it is completed", async () => {
    for await (const folder of killedAtEachWrite()) {
      writeFileSync(join(folder, "crlf.txt"), "edited since\n");
      await withoutStoring(() => completeInterrupted(folder));
      expect(folderTexts(folder)).toHaveProperty(["crlf.txt"], "edited since\n");
    }
  });

  it("is completed though its completion is killed at each of its writes too", async () => {
    for await (const folder of killedAtEachWrite()) {
      for (let at = 0, isReached = true; isReached; at += 1) {
        ({ isReached } = await withFault(at, "dies", async () => {
          await completeInterrupted(folder);
        }));
        bury(folder);
      }
      await withoutStoring(() => completeInterrupted(folder));
      expect([textsBefore, textsAfter]).toContainEqual(userTexts(folder));
    }
  });
});

describe("a run whose disk fails, at each of its writes,", () => {
  it("puts everything back, or is completed by the next", async () => {
    for (let at = 0, isReached = true; isReached; at += 1) {
      const folder = before();
      const result = await withFault(at, "fails", () => apply(folder));
      ({ isReached } = result);
      const words = /nothing was written|everything was put back|half way|stays behind/;
      if (isReached) expect(String(result.error)).toMatch(words);
      bury(folder);
      await withoutStoring(() => completeInterrupted(folder));
      expect([textsBefore, textsAfter]).toContainEqual(userTexts(folder));
    }
  });
});

/** The texts of the project, without what runs keep for themselves. */
function userTexts(folder: string): Readonly<Record<string, string>> {
  const entries = Object.entries(folderTexts(folder));
  return Object.fromEntries(
    entries.filter(([path]) => !path.startsWith(".mattermost-deployment/")),
  );
}

async function apply(folder: string): Promise<void> {
  await applyChanges(folder, changes, "can be undone");
}

/** Folders in which a run was killed at its first write, at its second, and so on to the last. */
async function* killedAtEachWrite(): AsyncGenerator<string> {
  for (let at = 0; ; at += 1) {
    const folder = before();
    const { isReached, error } = await withFault(at, "dies", () => apply(folder));
    if (!isReached) return;
    expect(error).toBeInstanceOf(Error);
    bury(folder);
    yield folder;
  }
}

function image(text: string, mode = 0o644): FileImage {
  return { text, mode };
}

/** A folder as it is before the changes, with a file that is none of theirs. */
function before(): string {
  const folder = temporaryFolder();
  for (const { path, before: old } of [...changes, { path: "mine.txt", before: image("mine\n") }]) {
    if (!old) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), old.text);
    chmodSync(join(folder, path), old.mode);
  }
  return folder;
}

const textsBefore = texts("before");
const textsAfter = texts("after");

function texts(side: "before" | "after"): Readonly<Record<string, string>> {
  const entries = changes.flatMap((change) => {
    const there = change[side];
    return there ? [[change.path, there.text] as const] : [];
  });
  return Object.fromEntries([...entries, ["mine.txt", "mine\n"]]);
}
