import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { judgeRepository } from "../../generators/_core/audit/judge-repository.ts";
import { readSnapshot } from "../../generators/_core/repository/read-snapshot.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { follower, judge, judgeWorld } from "./follower.ts";

describe("what cannot be read", () => {
  it.for([
    ["not UTF-8", (path: string) => writeFileSync(path, Buffer.from([0x63, 0xe9, 0x0a]))],
    ["binary", (path: string) => writeFileSync(path, "a\0b")],
    [
      "too large",
      (path: string) => {
        writeFileSync(path, "");
        truncateSync(path, 50 * 1024 * 1024);
      },
    ],
    ["a link out of the repository", (path: string) => symlinkSync("/etc/hostname", path)],
  ] as const)("makes statements unknown: %s", async ([why, make]) => {
    const folder = temporaryFolder();
    make(join(folder, "README.md"));
    writeFileSync(
      join(folder, "compose.yaml"),
      "image: mattermost/mattermost-team-edition:11.7.9\n",
    );
    const report = await judgeRepository(readSnapshot(folder, "here"), judgeWorld);
    const found = report.requirements.find(({ id }) => id === "security-commitment");
    expect(found).toMatchObject({ outcome: "unknown" });
    expect(found?.advice).toContain(why);
    expect(report.tier).toBe("none");
    expect(report.repository).toMatchObject({ path: "here", commit: null, platform: "docker" });
    expect(report.warnings.map(({ id }) => id)).toContain("readme-unread");
  });

  it.for(["latin1", "utf16le"] as const)(
    "is not what is only encoded otherwise: %s",
    async (encoding) => {
      const folder = temporaryFolder();
      for (const [path, text] of Object.entries(follower)) {
        const start = encoding === "utf16le" ? "\ufeff" : "";
        const isReadme = path === "README.rst";
        writeFileSync(
          join(folder, path),
          isReadme ? Buffer.from(`${start}${text}\nGrüße.\n`, encoding) : text,
        );
      }
      const report = await judgeRepository(readSnapshot(folder), judgeWorld);
      expect(report.tier).toBe("certified");
      const warning = report.warnings.find(({ id }) => id === "readme-encoding");
      expect(warning?.evidence).toEqual([
        {
          path: "README.rst",
          line: 1,
          text: encoding === "latin1" ? "read as Windows-1252" : "read as UTF-16",
        },
      ]);
    },
  );

  it("is no excuse where another document says it", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "docs"));
    for (const [path, text] of Object.entries(follower)) {
      writeFileSync(join(folder, path === "README.rst" ? "docs/README.rst" : path), text);
    }
    writeFileSync(join(folder, "README.md"), "a\0b");
    const report = await judgeRepository(readSnapshot(folder), judgeWorld);
    expect(report.tier).toBe("certified");
  });

  it.for([
    ["lines of one word", `${"mattermost_version".repeat(100)}\n`.repeat(500)],
    ["names of variables", "mm".repeat(900).concat("version\n").repeat(500)],
    ["upgrades that are denied", "does not support ".repeat(20_000)],
    ["systems", "Ubuntu 22.04, ".repeat(20_000)],
    ["upgrade headings", "## Upgrade\n\nbin/upgrade\n\n".repeat(8000)],
    [
      "sentences of the program",
      "Please see https://docs.mattermost.com for official. ".repeat(4000),
    ],
    ["links", "[a](b.md) ".repeat(20_000)],
    ["links that never end", "[a](".repeat(60_000)],
    ["hidden elements", "<span hidden>a".repeat(15_000)],
    ["platforms", "kind: Deployment\ndocker run\n".repeat(15_000)],
  ] as const)("comes to an end for %s", async ([, text]) => {
    const files = {
      "README.md": text,
      "install.sh": text,
      "values.yaml": text,
      CHANGELOG: text,
      "metadata.json": `"operatingsystem_support"${text}`,
    };
    const report = await judge(files);
    expect(report.tier).toBe("none");
  });
});
