import { formatOf } from "../repository/documents/document.ts";
import { hashText } from "./hash.ts";
import { likeLines } from "./line-endings.ts";
import { mergeBlocks } from "./merge/merge-blocks.ts";
import { mergeTexts } from "./merge/merge-texts.ts";
import { hasMarkers } from "./merge/settle-pieces.ts";
import type { FileCase, PlannedFile } from "./planned-file.ts";
import type { DiskText } from "./read-project.ts";
import { settled, settleMerge, settleText } from "./settle-file.ts";

/** Compares what is rendered with what stands on disk and with what an earlier run left. */
export function planFile(file: FileCase): PlannedFile {
  const { disk, rendered, ownership } = file;
  if (disk.kind === "absent") return planAbsent(file);
  if (ownership === "once") return planOnce(file);
  if (disk.kind === "obstacle") {
    return { path: rendered.path, action: "conflict", reason: disk.what };
  }
  return planText(file, disk);
}

function planOnce(file: FileCase): PlannedFile {
  const { path, text } = file.rendered;
  return file.locked
    ? { path, action: "keep", reason: "unchanged", locked: file.locked }
    : {
        path,
        action: "keep",
        reason: "there already, and yours",
        locked: settled(file),
        base: text,
      };
}

function planAbsent(file: FileCase): PlannedFile {
  const { rendered, locked, isWanted } = file;
  const { path, text, isExecutable } = rendered;
  if (locked && !isWanted) {
    const { at: _, ...rest } = locked;
    const reason = "deleted by you; stays deleted";
    return { path, action: "keep", reason, locked: { ...rest, state: "deleted" } };
  }
  const reason = locked ? "brought back" : "new";
  return {
    path,
    action: "create",
    reason,
    text,
    isExecutable,
    locked: settled({ ...file, locked: undefined }),
    base: text,
  };
}

function planText(file: FileCase, disk: DiskText): PlannedFile {
  const { rendered, locked } = file;
  const { path, text } = rendered;
  if (disk.normalized === text) return settleText(file, disk, disk.text, "unchanged");
  if (locked?.state === "markers" && hasMarkers(disk.text)) {
    return {
      path,
      action: "conflict",
      reason: "both versions stand in it, between markers",
      seen: disk,
      locked,
    };
  }
  if (!locked) {
    return file.ownership === "blocks"
      ? grow(file, disk)
      : twoWay(file, disk, "was there before, with another content");
  }
  if (hashText(disk.normalized) === locked.sha256) {
    return settleText(file, disk, renewed(disk, text), "brought up to date");
  }
  if (locked.sha256 === hashText(text))
    return settleText(file, disk, disk.text, "edited by you; nothing new for it");
  const base = file.base();
  return base === undefined || hashText(base) !== locked.sha256
    ? twoWay(file, disk, "edited by you, and what it was before is lost")
    : threeWay(file, disk, base);
}

/** A new text in place of one that says what was rendered: where its line endings are mixed, they stay. */
function renewed({ text, normalized }: DiskText, fresh: string): string {
  const isUniform = likeLines(normalized, text) === text;
  return isUniform
    ? likeLines(fresh, text)
    : mergeTexts(text, normalized, fresh, () => "theirs").text;
}

/** A document that was there before gets the blocks; its title, where it has one, stays. */
function grow(file: FileCase, disk: DiskText): PlannedFile {
  const { path, text } = file.rendered;
  const isTitled = /^(#|\S.*\n=+\s*$)/m.test(disk.normalized);
  const blocks = isTitled ? text.replace(titleBlock, "") : text;
  const merged = mergeBlocks(disk.text, "", blocks, formatOf(path) ?? "markdown", file.decide);
  if ("problems" in merged) return unreadable(file, disk, merged.problems);
  return settleMerge(file, disk, merged, "was there before; what was missing is added to it");
}

const titleBlock = /^.*:begin title .*\n[\s\S]*?:end title .*\n/m;

/** Without a common ancestor there is one stretch that differs: the whole file. */
function twoWay(file: FileCase, disk: DiskText, reason: string): PlannedFile {
  const { rendered, decide } = file;
  const merged = mergeTexts(disk.text, "", rendered.text, decide);
  return settleMerge(file, disk, merged, reason);
}

function threeWay(file: FileCase, disk: DiskText, base: string): PlannedFile {
  const { rendered, ownership, decide } = file;
  if (ownership === "merged") {
    const merged = mergeTexts(disk.text, base, rendered.text, decide);
    return settleMerge(file, disk, merged, "edited by you, and changed in the new version");
  }
  const merged = mergeBlocks(
    disk.text,
    base,
    rendered.text,
    formatOf(rendered.path) ?? "markdown",
    decide,
  );
  if (!("problems" in merged)) {
    const planned = settleMerge(
      file,
      disk,
      merged,
      "edited by you, and changed in the new version",
    );
    return { ...planned, notes: merged.notes };
  }
  return unreadable(file, disk, merged.problems);
}

function unreadable(
  { rendered: { path } }: FileCase,
  disk: DiskText,
  problems: readonly string[],
): PlannedFile {
  return {
    path,
    action: "conflict",
    reason: "its markers cannot be read",
    notes: problems,
    seen: disk,
  };
}
