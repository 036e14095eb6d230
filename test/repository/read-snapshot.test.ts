import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readSnapshot, snapshotBounds } from "../../generators/_core/repository/read-snapshot.ts";
import { UserError } from "../../generators/_core/user-error.ts";
import { temporaryFolder } from "../temporary-folder.ts";

describe("a folder", () => {
  it("is read with POSIX paths, without what tools keep in it", () => {
    const folder = folderOf({
      "README.md": "# Chat\n",
      "lib/deep/a.sh": "a\n",
      "node_modules/x/README.md": "x",
      ".git/config": "x",
      ".mattermost-deployment/base/README.md": "x",
      ".mattermost-deployment/lock.json": "{}",
    });
    const { paths, texts, unread } = readSnapshot(folder);
    expect(paths).toEqual([".mattermost-deployment/lock.json", "README.md", "lib/deep/a.sh"]);
    expect(texts.get("lib/deep/a.sh")).toBe("a\n");
    expect(unread.size).toBe(0);
  });

  it("tells the commit without running git", () => {
    const id = "0123456789abcdef0123456789abcdef01234567";
    const loose = folderOf({
      ".git/HEAD": "ref: refs/heads/main\n",
      ".git/refs/heads/main": `${id}\n`,
    });
    const packed = folderOf({
      ".git/HEAD": "ref: refs/heads/main\n",
      ".git/packed-refs": `# pack\n${id} refs/heads/main\n`,
    });
    const escaping = folderOf({ ".git/HEAD": "ref: refs/../../../etc/passwd\n" });
    expect(readSnapshot(loose).commit).toBe(id);
    expect(readSnapshot(packed).commit).toBe(id);
    expect(readSnapshot(escaping).commit).toBeNull();
    expect(readSnapshot(folderOf({ a: "b" })).commit).toBeNull();
  });

  it("that is none is the user's to fix", () => {
    const folder = folderOf({ file: "" });
    expect(() => readSnapshot(join(folder, "missing"))).toThrow(UserError);
    expect(() => readSnapshot(join(folder, "file"))).toThrow(UserError);
  });
});

describe("links", () => {
  it("within the repository are read, links out of it are not", () => {
    const outside = folderOf({ "secret.md": "secret\n" });
    const folder = folderOf({ "docs/README.md": "inside\n", ".git/config": "hidden\n" });
    symlinkSync("docs/README.md", join(folder, "README.md"));
    symlinkSync(join(outside, "secret.md"), join(folder, "absolute.md"));
    symlinkSync("../".repeat(12) + outside.slice(1) + "/secret.md", join(folder, "relative.md"));
    symlinkSync(outside, join(folder, "folder"));
    symlinkSync(".git/config", join(folder, "git.md"));
    symlinkSync("circle.md", join(folder, "circle.md"));
    const { texts, unread } = readSnapshot(folder);
    expect(texts.get("README.md")).toBe("inside\n");
    for (const path of ["absolute.md", "relative.md", "folder", "git.md", "circle.md"]) {
      expect(unread.get(path), path).toBe("a link out of the repository");
    }
    expect(JSON.stringify([...texts])).not.toContain("secret");
  });

  it("to a folder of the repository are not gone into twice", () => {
    const folder = folderOf({ "a/b.md": "b\n" });
    symlinkSync("..", join(folder, "a/up"));
    const { paths, texts } = readSnapshot(folder);
    expect(paths).toEqual(["a/b.md", "a/up"]);
    expect(texts.size).toBe(1);
  });
});

describe("files that are no texts", () => {
  it("are named with the reason", () => {
    const folder = folderOf({
      "foreign.md": Buffer.from([0x23, 0xc7, 0xe4, 0xf0, 0xe0]),
      "nul.md": "a\0b",
      "logo.png": "png",
    });
    writeFileSync(join(folder, "large.md"), "");
    truncateSync(join(folder, "large.md"), 50 * 1024 * 1024);
    execFileSync("mkfifo", [join(folder, "pipe.md")]);
    expect(Object.fromEntries(readSnapshot(folder).unread)).toEqual({
      "foreign.md": "not UTF-8",
      "nul.md": "binary",
      "logo.png": "binary",
      "large.md": "too large",
      "pipe.md": "no file",
    });
  });
});

describe("texts in other encodings", () => {
  it.for([
    ["Windows-1252", Buffer.from("un caf\xe9 \x96 noir\n", "latin1"), "un café – noir\n"],
    ["UTF-8 with invalid bytes", Buffer.from([0xc3, 0xa9, 0xff, 0x0a]), "é\ufffd\n"],
    ["UTF-16", Buffer.from("\ufeffé\n", "utf16le"), "\ufeffé\n"],
    ["UTF-16", Buffer.from("\ufeffé\n", "utf16le").swap16(), "\ufeffé\n"],
    [undefined, Buffer.from("\ufeffé\n"), "\ufeffé\n"],
  ] as const)("are read as %s", ([encoding, bytes, text]) => {
    const { texts, foreign, unread } = readSnapshot(folderOf({ "a.md": bytes }));
    expect(texts.get("a.md")).toBe(text);
    expect(foreign.get("a.md")).toBe(encoding);
    expect(unread.size).toBe(0);
  });

  it("are no texts where other control characters stand in them", () => {
    const { unread } = readSnapshot(folderOf({ "a.md": Buffer.from([0xff, 0x01, 0x02, 0x41]) }));
    expect(unread.get("a.md")).toBe("binary");
  });
});

describe("bounds", () => {
  it("end the reading and say so, with the root read first", () => {
    const files = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`a/${index}.txt`, "x"]),
    );
    const folder = folderOf({ ...files, "README.md": "# Chat\n" });
    const few = readSnapshot(folder, "here", { ...snapshotBounds, files: 20 });
    expect(few.cutAt).toBe("20 files");
    expect(few.paths).toHaveLength(20);
    expect(few.texts.get("README.md")).toBe("# Chat\n");
    expect(readSnapshot(folder, "here", { ...snapshotBounds, totalSize: 8 }).cutAt).toBe(
      "0 MiB of text",
    );
    expect(readSnapshot(folder, "here", { ...snapshotBounds, time: -1 }).cutAt).toBe("-0.001 s");
    expect(readSnapshot(folder, "here").cutAt).toBeUndefined();
  });

  it("hold in folders within folders", () => {
    const folder = folderOf({ [`${"a/".repeat(200)}deep.md`]: "deep\n", "README.md": "# Chat\n" });
    const { cutAt, paths } = readSnapshot(folder);
    expect(cutAt).toBe("a depth of 24 folders");
    expect(paths).toEqual(["README.md"]);
  });
});

function folderOf(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}
