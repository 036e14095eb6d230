import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execute } from "../machines/execute.ts";
import { run, tool } from "./tools.ts";

/**
 * Commits all that git takes of a deployment's folder, and looks for secrets in it: with gitleaks,
 * and for each value that stands in the folder's secrets.
 */
export async function findSecrets(folder: string): Promise<readonly string[]> {
  const tree = mkdtempSync(join(realpathSync(tmpdir()), "mattermost-deployment-tree-"));
  const git = (...words: string[]) =>
    execute("git", ["--git-dir", join(tree, "git"), "--work-tree", folder, ...words]);
  await git("init", "--quiet");
  await git("add", "--all");
  await git("checkout-index", "--all", `--prefix=${tree}/files/`);
  const { code, out, error } = run(tool("gitleaks"), [
    "detect",
    "--no-git",
    "--no-banner",
    "--source",
    join(tree, "files"),
  ]);
  const texts = readdirSync(join(tree, "files"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => ({
      path: join(entry.parentPath, entry.name),
      text: readFileSync(join(entry.parentPath, entry.name), "utf8"),
    }));
  if (!texts.some(({ path }) => path.endsWith("compose.yaml"))) throw new Error("git took nothing");
  const leaked = secretsOf(folder).flatMap((secret) =>
    texts.filter(({ text }) => text.includes(secret)).map(({ path }) => path),
  );
  rmSync(tree, { recursive: true });
  return [...(code === 0 ? [] : [out + error]), ...leaked];
}

/** The values in secrets/ that are long enough to be told from anything else. */
function secretsOf(folder: string): readonly string[] {
  const names = readdirSync(join(folder, "secrets")).filter((name) => name !== ".gitignore");
  const found = names.flatMap((name) =>
    [...readFileSync(join(folder, "secrets", name), "utf8").matchAll(/[0-9a-f]{24,}/g)].map(String),
  );
  if (found.length < 3) throw new Error(`only ${found.length} secrets in ${names.join(", ")}`);
  return found;
}
