import {
  chmodSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { folderTexts } from "./folder-tree.ts";

/** A line of a text by its number, from 0. */
interface ChangedLines {
  readonly path: string;
  readonly lines: readonly number[];
}

/** What an earlier release emitted otherwise than this source does, for the platform `docker`. */
export const earlier = {
  /** Lines that said {@link earlierLine}: in scripts whose lines all differ. */
  lines: [
    { path: "lib/settings.sh", lines: [1] },
    { path: "lib/space.sh", lines: [1, 9] },
  ] as const satisfies readonly ChangedLines[],
  line: "# earlier",
  /** The address in a statement of the README. */
  link: {
    was: "https://docs.mattermost.com/configure/smtp-email.html",
    is: "https://docs.mattermost.com/administration-guide/configure/smtp-email.html",
  },
  /** Where a file stood whose template was renamed since. */
  renamed: { from: "lib/former.sh", to: "lib/volumes.sh" },
} as const;

/** A project that the earlier release made, in a checkout with one kind of line endings. */
export interface Checkout {
  readonly folder: string;
  readonly ending: "\n" | "\r\n";
  /** What the later release writes there, in LF. */
  readonly now: (path: string) => string;
  /** What stands there, byte for byte. */
  readonly raw: (path: string) => string;
  /** What stands there, in LF. */
  readonly read: (path: string) => string;
  /** Changes a text, seen in LF, and writes it in the line endings of the checkout. */
  readonly edit: (path: string, change: (text: string) => string) => void;
  /** Runs the later release over it: `--defaults`, and the words given. */
  readonly update: (...words: readonly string[]) => Promise<Updated>;
}

/** How a run ended, and everything that it printed. */
export interface Updated {
  readonly code: number | null;
  readonly out: string;
}

/** A situation in which other tools lose work, and how it has to end. */
export interface Scenario {
  readonly title: string;
  /** The words that the project was made with, beside the platform and the creator. */
  readonly made?: readonly string[];
  readonly play: (checkout: Checkout) => Promise<void>;
}

const script = "lib/settings.sh";

/** The fifteen scenarios of updating. */
export const scenarios: readonly Scenario[] = [
  {
    title: "S1 merges edits that are far from each other",
    play: async ({ now, update, edit, read }) => {
      edit(script, (text) => `${text}\n# mine, at the end`);
      const { code, out } = await update();
      expect(out).toContain(`update   ${script}  (merged with what you changed)`);
      expect(code).toBe(0);
      expect(read(script)).toBe(`${now(script)}\n# mine, at the end`);
    },
  },
  {
    title: "S2 keeps a line that both sides changed, and says so until it is settled",
    play: async ({ update, edit, raw }) => {
      edit(script, (text) => changeLine(text, 1, "# mine"));
      const before = raw(script);
      const { code, out } = await update();
      expect(out).toContain(`conflict ${script}  (edited by you, and changed in the new version)`);
      expect(out).toMatch(/\[-.*mine.*-\]|- .*mine/);
      expect(code).toBe(1);
      expect(raw(script)).toBe(before);
      expect((await update()).code).toBe(1);
      expect((await update("--settled", script)).code).toBe(0);
      expect(raw(script)).toBe(before);
      expect((await update()).code).toBe(0);
    },
  },
  {
    title: "S3 takes changes of neighbouring lines for a conflict",
    play: async ({ update, edit, raw }) => {
      edit(script, (text) => changeLine(text, 2, "# mine"));
      const before = raw(script);
      expect((await update()).code).toBe(1);
      expect(raw(script)).toBe(before);
    },
  },
  {
    title: "S3b merges changes two lines apart",
    play: async ({ now, update, edit, read }) => {
      edit(script, (text) => changeLine(text, 3, "# mine"));
      expect((await update()).code).toBe(0);
      expect(read(script)).toBe(changeLine(now(script), 3, "# mine"));
    },
  },
  {
    title: "S4 leaves deleted what was deleted, and says so; it comes back on demand",
    play: async ({ folder, now, update, read }) => {
      rmSync(join(folder, script));
      const { code, out } = await update();
      expect(out).toContain(`keep     ${script}  (deleted by you; stays deleted)`);
      expect(code).toBe(0);
      expect(existsSync(join(folder, script))).toBe(false);
      const back = await update("--restore", "lib/*.sh");
      expect(back.out).toContain(`create   ${script}  (brought back)`);
      expect(read(script)).toBe(now(script));
      expect((await update("--restore", "nothing/**")).out).toContain("found no deleted file");
    },
  },
  {
    title: "S5 follows a file that was renamed and edited",
    play: async ({ folder, now, update, edit, read }) => {
      edit(script, (text) => `${text}\n# mine, at the end`);
      mkdirSync(join(folder, "shell"));
      renameSync(join(folder, script), join(folder, "shell/own.sh"));
      const { code, out } = await update();
      expect(out).toContain("update   shell/own.sh  (merged with what you changed)");
      expect(code).toBe(0);
      expect(read("shell/own.sh")).toBe(`${now(script)}\n# mine, at the end`);
      expect(existsSync(join(folder, script))).toBe(false);
      const again = folderTexts(folder);
      expect((await update()).code).toBe(0);
      expect(folderTexts(folder)).toEqual(again);
    },
  },
  {
    title: "S6 takes edits along when a template was renamed",
    play: async ({ folder, now, update, edit, read }) => {
      const { from, to } = earlier.renamed;
      edit(from, (text) => `${text}\n# mine, at the end`);
      const { code, out } = await update();
      expect(out).toContain(`rename   ${to}  (renamed from ${from})`);
      expect(code).toBe(0);
      expect(read(to)).toBe(`${now(to)}\n# mine, at the end`);
      expect(existsSync(join(folder, from))).toBe(false);
      expect((await update()).code).toBe(0);
    },
  },
  {
    title: "S7 keeps an edited file that is no longer emitted, and reports it",
    play: async ({ folder, update, edit, read }) => {
      edit("bin/upgrade", (text) => `${text}\n# mine`);
      const { code, out } = await update("--tier", "community", "--no-upgrade");
      expect(out).toContain(
        "keep     bin/upgrade  (no longer part of these answers, but edited by you)",
      );
      expect(code).toBe(0);
      expect(read("bin/upgrade")).toContain("# mine");
      expect(existsSync(join(folder, "lib/upgrade.sh"))).toBe(false);
    },
  },
  {
    title: "S8 removes an untouched file that is no longer emitted",
    play: async ({ folder, update }) => {
      expect(existsSync(join(folder, "bin/upgrade"))).toBe(true);
      const { code, out } = await update("--tier", "community", "--no-upgrade");
      expect(out).toContain("remove   bin/upgrade");
      expect(code).toBe(0);
      expect(existsSync(join(folder, "bin/upgrade"))).toBe(false);
    },
  },
  {
    title: "S9 merges in the endings of the checkout",
    play: async ({ ending, now, update, edit, raw, read }) => {
      edit(script, (text) => changeLine(text, 8, "# mine"));
      expect((await update()).code).toBe(0);
      expect([...new Set(raw(script).match(/\r?\n/g))]).toEqual([ending]);
      expect(read(script)).toBe(changeLine(now(script), 8, "# mine"));
    },
  },
  {
    title: "S10 keeps a file of the user's where a new one would stand, and shows the proposal",
    made: ["--tier", "community", "--no-upgrade"],
    play: async ({ folder, ending, update, raw }) => {
      mkdirSync(join(folder, "bin"), { recursive: true });
      writeFileSync(join(folder, "bin/upgrade"), `mine${ending}`);
      const { code, out } = await update("--tier", "certified", "--upgrade");
      expect(out).toContain("conflict bin/upgrade  (was there before, with another content)");
      expect(out).toContain("- mine");
      expect(out).toContain("+ #!/usr/bin/env bash");
      expect(code).toBe(1);
      expect(raw("bin/upgrade")).toBe(`mine${ending}`);
    },
  },
  {
    title: "S11 keeps permissions and edits",
    play: async ({ folder, update, edit, read }) => {
      edit(script, (text) => `${text}\n# mine, at the end`);
      chmodSync(join(folder, script), 0o755);
      chmodSync(join(folder, "bin/backup"), 0o644);
      expect((await update()).code).toBe(0);
      expect(read(script)).toContain("# mine, at the end");
      expect(statSync(join(folder, script)).mode & 0o777).toBe(0o755);
      expect(statSync(join(folder, "bin/backup")).mode & 0o777).toBe(0o644);
    },
  },
  {
    title: "S12 takes the same change on both sides for settled",
    play: async ({ now, update, edit, read }) => {
      const [, { path, lines }] = earlier.lines;
      expect(lines.map((at) => read(path).split("\n")[at])).toEqual([earlier.line, earlier.line]);
      edit(path, (text) => changeLine(text, lines[0], now(path).split("\n")[lines[0]] ?? ""));
      expect((await update()).code).toBe(0);
      expect(read(path)).toBe(now(path));
    },
  },
  {
    title: "S13 updates a statement that was wrapped anew, in that wrapping",
    play: async ({ update, edit, read }) => {
      const { was, is } = earlier.link;
      edit("README.md", (text) =>
        text
          .replace("automated deployment, the following", "automated deployment,\nthe following")
          .replace("required to make your system", "required to make\nyour system")
          .replace("- [Configure SMTP", "* [Configure SMTP"),
      );
      expect(read("README.md")).toContain(was);
      const { code, out } = await update();
      expect(out).toContain("update   README.md");
      expect(code).toBe(0);
      expect(read("README.md")).toContain("automated deployment,\nthe following");
      expect(read("README.md")).toContain(`* [Configure SMTP email for Mattermost](${is})`);
      expect(read("README.md")).not.toContain(was);
    },
  },
  {
    title: "S14 updates a statement that was moved, where it is",
    play: async ({ update, edit, read }) => {
      const { was, is } = earlier.link;
      edit("README.md", (text) => {
        const section = /## Make it production-ready[\s\S]*?(?=\n## )/.exec(text)?.[0] ?? "";
        return `${text.replace(section, "")}\n${section}\nMy last words.\n`;
      });
      const before = read("README.md");
      expect(before).toContain(was);
      expect((await update()).code).toBe(0);
      expect(read("README.md")).toBe(before.replace(was, is));
    },
  },
];

/** A text with another line in the place of one, counted from 0. */
export function changeLine(text: string, index: number, line: string): string {
  return text.split("\n").with(index, line).join("\n");
}
