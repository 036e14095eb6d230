import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeEarlier } from "./earlier-release.ts";
import { run } from "./run-creation.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** The script about which the sides of a {@link disputed} project disagree. */
export const script = "lib/settings.sh";

/** A project in which both sides changed the second line of a script, and the new version its last. */
export async function disputed() {
  const folder = temporaryFolder();
  await run(folder);
  const read = (path: string) => readFileSync(join(folder, path), "utf8");
  const edit = (path: string, change: (text: string) => string) =>
    writeFileSync(join(folder, path), change(read(path)));
  const now = read(script);
  makeEarlier(
    folder,
    script,
    (text) => `${text.split("\n").with(1, "# earlier").join("\n")}# last\n`,
  );
  edit(script, (text) => text.replace("# earlier", "# mine"));
  return { folder, now, read, edit };
}
