import { FILE_HEADERS_ONLY, createTwoFilesPatch, structuredPatch } from "diff";
import type { FileEdit } from "./audit.ts";

/** A replacement of whole lines. */
export interface LineReplacement {
  /** The first line that goes, from 1 on, or before which lines come. */
  readonly line: number;
  /** How many lines go. */
  readonly removed: number;
  /** What comes instead, with its line breaks. */
  readonly inserted: string;
}

/** A change as a unified patch that `git apply` and `patch -p1` take. */
export function unifiedPatch({ path, before, after }: FileEdit): string {
  return createTwoFilesPatch(
    before === undefined ? "/dev/null" : `a/${path}`,
    `b/${path}`,
    before ?? "",
    after,
    undefined,
    undefined,
    { context: 3, headerOptions: FILE_HEADERS_ONLY },
  );
}

/** A change as the lines that it replaces. */
export function lineReplacements({
  path,
  before = "",
  after,
}: FileEdit): readonly LineReplacement[] {
  const { hunks } = structuredPatch(path, path, before, after, "", "", { context: 0 });
  return hunks.map(({ oldStart, oldLines, lines }) => ({
    line: oldStart,
    removed: oldLines,
    inserted: lines
      .flatMap((line, index) => {
        if (!line.startsWith("+")) return [];
        return [line.slice(1) + (lines[index + 1]?.startsWith("\\") ? "" : "\n")];
      })
      .join(""),
  }));
}
