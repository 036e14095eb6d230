import { describe, expect, it } from "vitest";
import { hashText } from "../../generators/_core/plan/hash.ts";
import type { Lock } from "../../generators/_core/plan/state/lock.ts";
import { normalizeLines } from "../../generators/_core/plan/line-endings.ts";
import { planProject, type ProjectFolder } from "../../generators/_core/plan/plan.ts";
import type { DiskFile } from "../../generators/_core/plan/read-project.ts";
import { cautiously } from "../memory-folder.ts";

const absent: DiskFile = { kind: "absent" };

describe("the plan for one file", () => {
  it.for([
    ["is new", undefined, absent, "create"],
    ["is there already, the same", undefined, text("new\n"), "keep"],
    ["is there already, the same in CRLF", undefined, text("new\r\n"), "keep"],
    ["is there already, different", undefined, text("theirs\n"), "conflict"],
    ["is untouched and unchanged", "new\n", text("new\n"), "keep"],
    ["is untouched and changed", "old\n", text("old\n"), "update"],
    ["is untouched in CRLF and changed", "old\n", text("old\r\n"), "update"],
    ["is edited and unchanged", "new\n", text("mine\n"), "keep"],
    ["is edited and changed", "old\n", text("mine\n"), "conflict"],
    ["is edited to what the new version says", "old\n", text("new\n"), "keep"],
    ["is deleted and unchanged", "new\n", absent, "keep"],
    ["is deleted and changed", "old\n", absent, "keep"],
    ["is a link", "new\n", { kind: "obstacle", what: "it is a symbolic link" }, "conflict"],
  ] as const)("that %s", ([, base, disk, action]) => {
    const plan = planProject(
      [rendered("new\n")],
      base === undefined ? undefined : lock(base),
      folder(() => disk),
      cautiously,
    );
    expect(plan.files).toMatchObject([{ path: "a.txt", action }]);
  });
});

describe("a file that is no longer part of the project", () => {
  it.for([
    ["untouched", text("old\n"), ["remove"], []],
    ["edited", text("mine\n"), ["keep"], ["a.txt"]],
    ["gone", absent, [], []],
  ] as const)("%s", ([, disk, actions, locked]) => {
    const base = text("old\n");
    const plan = planProject(
      [],
      lock("old\n"),
      folder((path) => (path === "a.txt" ? disk : base)),
      cautiously,
    );
    expect(plan.files.map(({ action }) => action)).toEqual(actions);
    expect(Object.keys(plan.locked)).toEqual(locked);
  });
});

describe("the lock", () => {
  it("advances for a file that was brought up to date", () => {
    const plan = planProject(
      [rendered("new\n")],
      lock("old\n"),
      folder(() => text("old\n")),
      cautiously,
    );
    expect(plan.locked["a.txt"]?.sha256).toBe(hashText("new\n"));
  });

  it.for([
    ["edited and changed", text("mine\n")],
    ["deleted and changed", absent],
  ] as const)("stays for a file that is %s", ([, disk]) => {
    const plan = planProject(
      [rendered("new\n")],
      lock("old\n"),
      folder(() => disk),
      cautiously,
    );
    expect(plan.locked["a.txt"]?.sha256).toBe(hashText("old\n"));
  });

  it("does not take up a file that the user made", () => {
    const plan = planProject(
      [rendered("new\n")],
      undefined,
      folder(() => text("theirs\n")),
      cautiously,
    );
    expect(plan.locked).toEqual({});
  });
});

/** A folder in which every path, bases included, holds what a function says. */
function folder(disk: (path: string) => DiskFile): ProjectFolder {
  return { disk, candidates: () => [] };
}

function rendered(content: string) {
  return { path: "a.txt", text: content, isExecutable: false };
}

function text(content: string): DiskFile {
  return { kind: "text", text: content, normalized: normalizeLines(content), mode: 0o644 };
}

function lock(base: string): Lock {
  const sha256 = hashText(base);
  const file = { ownership: "merged", sha256, isExecutable: false, state: "settled" } as const;
  const files = { "a.txt": file };
  return { generator: "0.1.0", program: "2025-07-31", isAdopted: false, files };
}
