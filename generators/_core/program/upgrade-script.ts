import type { Files } from "./requirement.ts";

/**
 * Finds the script of the repository that the README shows in a code block beneath a heading on
 * upgrading.
 */
export function upgradeScript(
  files: Files,
): { readonly path: string; readonly text: string } | undefined {
  const readme = files.get("README.md") ?? "";
  const section = /^## .*\bupgrad.*$([\s\S]*?)(?=^## |(?![\s\S]))/im.exec(readme)?.[1] ?? "";
  for (const [, block = ""] of section.matchAll(/^```\w*\n([\s\S]*?)^```/gm)) {
    for (const word of block.split(/\s+/)) {
      const path = word.replace(/^\.\//, "");
      const text = files.get(path);
      if (text !== undefined) return { path, text };
    }
  }
  return undefined;
}
