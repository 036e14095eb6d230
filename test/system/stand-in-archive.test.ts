import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { execute } from "../machines/execute.ts";
import { archiveName, current, layOut, newer, packArchive } from "../stand-in/archive.ts";
import { startReleaseMirror } from "../stand-in/release-mirror.ts";
import { usePostgres } from "../stand-in/use-postgres.ts";

const postgres = usePostgres();

describe("the archive", () => {
  it("has the layout of a real one, and a program that runs without any environment", async () => {
    const folder = mkdtempSync(join(tmpdir(), "stand-in-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    await execute("tar", [
      "-C",
      folder,
      "--strip-components=1",
      "-xzf",
      await packArchive(current),
    ]);
    const { out } = await execute("ls", [folder]);
    expect(out.trim().split("\n")).toEqual([
      "MIT-COMPILED-LICENSE.md",
      "NOTICE.txt",
      "README.md",
      "bin",
      "client",
      "config",
      "fonts",
      "i18n",
      "logs",
      "manifest.txt",
      "prepackaged_plugins",
      "stand-in",
      "templates",
    ]);
    const bare = { env: {}, cwd: "/" };
    const version = await execute(join(folder, "bin/mattermost"), ["version"], bare);
    expect(version.out).toMatch(/^Version: 11\.7\.9\nBuild Number: /);
    const status = await execute(join(folder, "bin/mmctl"), ["--local", "system", "status"], {
      ...bare,
      env: { MMCTL_LOCAL_SOCKET_PATH: "/nowhere" },
      mayFail: true,
    });
    expect(status).toMatchObject({
      code: 1,
      error: expect.stringContaining(`socket file "/nowhere" doesn't exist`),
    });
  });

  it("answers db migrate and db version", async () => {
    const folder = mkdtempSync(join(tmpdir(), "stand-in-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    await layOut(newer, folder);
    const env = { MM_SQLSETTINGS_DATASOURCE: await postgres.emptyDatabase() };
    const db = async (word: string) =>
      (await execute(join(folder, "bin/mattermost"), ["db", word], { env })).out;
    expect(await db("migrate")).toBe("Database successfully migrated\n");
    expect(await db("migrate")).toBe("No migrations to apply.\n");
    expect(await db("version")).toBe("Current database schema version is: 160\n");
  });

  it("comes from the mirror with a signature that its key verifies", async () => {
    const mirror = await startReleaseMirror([current]);
    onTestFinished(() => mirror.close());
    const folder = mkdtempSync(join(tmpdir(), "stand-in-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const name = archiveName(current);
    for (const address of [
      `${mirror.url}/11.7.9/${name}`,
      `${mirror.url}/11.7.9/${name}.sig`,
      mirror.keyUrl,
    ]) {
      const response = await fetch(address);
      expect(response.status, address).toBe(200);
      writeFileSync(
        join(folder, address.split("/").at(-1) ?? ""),
        Buffer.from(await response.arrayBuffer()),
      );
    }
    const gpg = (...words: string[]) => execute("gpg", ["--homedir", folder, "--batch", ...words]);
    await gpg("--import", join(folder, "pubkey.gpg"));
    const checked = await gpg(
      "--status-fd",
      "1",
      "--verify",
      join(folder, `${name}.sig`),
      join(folder, name),
    );
    expect(checked.out).toContain(`VALIDSIG ${mirror.fingerprint} `);
    expect((await fetch(`${mirror.url}/11.7.10/none`)).status).toBe(404);
  });
});
