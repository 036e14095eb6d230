import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { emit } from "../projects.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { succeed } from "./tools.ts";

/** What all commands have; the README says so once. */
const common = ["--dry-run", "--help"];

describe.for([
  { platform: "linux", tier: "certified" },
  { platform: "linux", tier: "community", upgrade: false },
] as const)("the README of a Linux project, $tier", (answers) => {
  it("documents the commands that there are, and no other", async () => {
    const { readme, commands } = await written(answers);
    expect(Object.keys(documented(readme)).toSorted()).toEqual(Object.keys(commands).toSorted());
    const named = [...readme.matchAll(/\bbin\/([a-z]+)/g)].map(([, name = ""]) => name);
    expect(new Set(named)).toEqual(new Set(Object.keys(commands)));
  });

  it("documents the options that each command has, and no other", async () => {
    const { readme, commands } = await written(answers);
    for (const [command, { options }] of Object.entries(commands)) {
      expect(options, command).toEqual(expect.arrayContaining(common));
      const own = options.filter((option) => !common.includes(option));
      expect(documented(readme)[command], command).toEqual(own.toSorted());
    }
    const all = new Set(Object.values(commands).flatMap(({ options }) => options));
    for (const [call, command = "", option = ""] of readme.matchAll(
      /bin\/([a-z]+)[^`\n]*? (--[a-z-]+)/g,
    ))
      expect(commands[command]?.options, call).toContain(option);
    for (const [, option = ""] of readme.matchAll(/(?<![\w-])(--[a-z][a-z-]*)/g))
      expect(all).toContain(option);
  });

  it("shows in each usage line the options that the text below it explains", async () => {
    const { commands } = await written(answers);
    for (const [command, { usage, options }] of Object.entries(commands)) {
      const shown = new Set([...usage.matchAll(/--[a-z-]+/g)].map(([option]) => option));
      expect([...shown, "--help"].toSorted(), command).toEqual(options.toSorted());
    }
  });

  it("documents the settings that settings.conf takes, and no other", async () => {
    const { readme, files } = await written(answers);
    const [declared = ""] = (files.get("lib/settings.sh") ?? "").split("\n)");
    const known = [...declared.matchAll(/\[([A-Z0-9_]+)\]=/g)].map(([, key = ""]) => key);
    const table = readme.split("| Setting |")[1]?.split("\n\n")[0] ?? "";
    const rows = table.split("\n").map((row) => row.split("|")[1] ?? "");
    const keys = rows.flatMap((cell) => [...cell.matchAll(/`([A-Z0-9_]+)`/g)]);
    expect(keys.map(([, key = ""]) => key).toSorted()).toEqual(known.toSorted());
    const example = files.get("settings.conf.example") ?? "";
    const shown = [...example.matchAll(/^#?([A-Z0-9_]+)=/gm)].map(([, key = ""]) => key);
    expect(shown.toSorted()).toEqual(known.toSorted());
  });

  it("names the defaults that settings have", async () => {
    const { readme, files } = await written(answers);
    const settings = files.get("lib/settings.sh") ?? "";
    for (const [, key = "", value = ""] of settings.matchAll(/\[([A-Z0-9_]+)\]=([^\s']+)/g)) {
      const row = readme.split("\n").find((line) => line.startsWith("|") && line.includes(key));
      const expected = key === "SIGNING_KEY_FINGERPRINT" ? "Mattermost's key" : `\`${value}\``;
      expect(row, key).toContain(expected);
    }
  });
});

/** Options by command, as the table of commands has them. */
function documented(readme: string): Record<string, readonly string[]> {
  const rows = [...readme.matchAll(/^\| `bin\/([a-z]+)` \|[^|]*\|([^|]*)\|$/gm)];
  return Object.fromEntries(
    rows.map(([, command = "", cell = ""]) => [
      command,
      [...cell.matchAll(/--[a-z-]+/g)].map(([option]) => option).toSorted(),
    ]),
  );
}

/** The emitted project, with what each of its commands says to --help. */
async function written(answers: Readonly<Record<string, unknown>>) {
  const folder = temporaryFolder();
  const { rendered, files, readme } = await emit(answers);
  for (const { path, text, isExecutable } of rendered) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text, { mode: isExecutable ? 0o755 : 0o644 });
  }
  const commands = Object.fromEntries(
    readdirSync(join(folder, "bin")).map((command) => {
      const help = succeed(join(folder, "bin", command), ["--help"]);
      const [, usage = "", rest = ""] = /Usage:([\s\S]*?)\n\n([\s\S]*)/.exec(help) ?? [];
      const options = [...rest.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, option = ""]) => option);
      return [command, { usage, options }];
    }),
  );
  // The server's own program is no command of the project.
  return { files, readme: readme.replace(/^.*bin\/mmctl.*$/gm, ""), commands };
}
