import { describe, expect, it } from "vitest";
import { judgeRepository } from "../../generators/_core/audit/judge-repository.ts";
import { isShortfall } from "../../generators/_core/audit/report.ts";
import { requirements } from "../../generators/_core/program/requirements.gen.ts";
import { snapshotOf } from "../../generators/_core/repository/snapshot.ts";
import { platforms } from "../../templates/platforms.gen.ts";
import { emit, today } from "../projects.ts";

const world = { today, packageVersion: "1.0.0" };
/** The tier that is left when a requirement of another one fails. */
const tierWithout = {
  community: "none",
  registered: "community",
  certified: "registered",
} as const;

describe.for(platforms.map(({ id }) => id))("a Certified project on %s", (platform) => {
  const answers = { platform, tier: "certified", os: ["oracle-linux-9"] };
  const texts = requirements.filter(({ evidence }) => evidence.kind === "text");

  it.for(texts)(
    "fails $id alone when one of its sentences goes",
    async ({ id, tier, evidence }) => {
      if (evidence.kind !== "text") throw new Error(id);
      const { project, files, readme } = await emit(answers);
      const sentences = evidence.sentences(project);
      expect(sentences.length).toBeGreaterThan(0);
      for (const sentence of sentences) {
        const without = readme
          .split("\n")
          .filter((line) => !plain(line).includes(sentence))
          .join("\n");
        expect(without).not.toBe(readme);
        await expectOnly(new Map([...files, ["README.md", without]]), id, tierWithout[tier]);
      }
    },
  );

  it("fails changelog alone when the changelog goes", async () => {
    const { files } = await emit(answers);
    const without = new Map([...files].filter(([path]) => path !== "CHANGELOG.md"));
    await expectOnly(without, "changelog", "community");
  });

  it("fails security-version-line alone when a second line sets a version", async () => {
    const { files } = await emit(answers);
    const second = new Map([...files, ["extra.env", "MATTERMOST_VERSION=11.7.8\n"]]);
    await expectOnly(second, "security-version-line", "community");
  });

  it("fails installation-platform alone when it is for an unofficial system", async () => {
    const { files } = await emit({ ...answers, os: ["arch-linux", "fedora"].slice(-1) });
    await expectOnly(files, "installation-platform", "none");
  });

  it("fails both requirements on upgrades when the command goes", async () => {
    const { files } = await emit(answers);
    const without = new Map([...files].filter(([path]) => path !== "bin/upgrade"));
    const report = await judgeRepository(snapshotOf(without), world);
    expect(failing(report)).toEqual(["upgrade-command", "upgrade-procedure"]);
    expect(report.tier).toBe("registered");
  });

  it("fails upgrade-procedure alone when the upgrade keeps nothing", async () => {
    const { files } = await emit(answers);
    const careless = "#!/usr/bin/env bash\ndocker compose pull\ndocker compose up -d\n";
    await expectOnly(
      new Map([...files, ["bin/upgrade", careless]]),
      "upgrade-procedure",
      "registered",
    );
  });
});

type Report = Awaited<ReturnType<typeof judgeRepository>>;

async function expectOnly(
  files: ReadonlyMap<string, string>,
  id: string,
  tier: Report["tier"],
): Promise<void> {
  const report = await judgeRepository(snapshotOf(files), world);
  expect(failing(report)).toEqual([id]);
  expect(report.tier).toBe(tier);
}

function failing({ requirements: judged }: Report): readonly string[] {
  return judged.filter(({ outcome }) => isShortfall(outcome, false)).map(({ id }) => id);
}

/** A line without the Markdown of links and code. */
function plain(line: string): string {
  return line.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replaceAll("`", "");
}
