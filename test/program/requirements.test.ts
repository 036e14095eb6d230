import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { judgeRepository } from "../../generators/_core/audit/judge-repository.ts";
import type { Example, Requirement } from "../../generators/_core/program/requirement.ts";
import { requirements } from "../../generators/_core/program/requirements.gen.ts";
import { snapshotOf } from "../../generators/_core/repository/snapshot.ts";
import { today } from "../projects.ts";
import { certifiedSolution } from "../solutions.ts";

const folder = new URL("../../generators/_core/program/requirements/", import.meta.url);

it("has the thirteen requirements of the program, each in the file of its name", () => {
  expect(requirements.map(({ id }) => id)).toEqual([
    "installation-basic-test",
    "installation-platform",
    "installation-rhel-equivalent",
    "documentation-description",
    "documentation-official-link",
    "documentation-production-steps",
    "documentation-unofficial-options",
    "security-commitment",
    "security-version-line",
    "branding-name",
    "changelog",
    "upgrade-command",
    "upgrade-procedure",
  ]);
  expect(readdirSync(folder).toSorted()).toEqual(
    requirements.map(({ id }) => `${id}.ts`).toSorted(),
  );
});

describe.for(requirements)("$id", (requirement) => {
  it("has examples that meet it, and two that miss it, the empty repository among them", () => {
    const { met, unmet } = requirement.examples;
    const isAttested = requirement.evidence.kind === "attestation";
    expect(met.length).toBeGreaterThanOrEqual(isAttested ? 0 : 1);
    expect(unmet.length).toBeGreaterThanOrEqual(2);
    expect(unmet.some(({ files }) => Object.keys(files).length === 0)).toBe(true);
  });

  it.for(requirement.examples.met)("is met by $title", async (example) => {
    expect(await outcomeOf(requirement, example)).toBe("met");
  });

  it.for(requirement.examples.unmet)("is not met by $title", async (example) => {
    expect(["unmet", "near", "attest"]).toContain(await outcomeOf(requirement, example));
  });

  it("lists its wordings newest first", () => {
    if (requirement.evidence.kind !== "text") return;
    const dates = requirement.evidence.wordings.map(({ since }) => since);
    expect(dates).toEqual(dates.toSorted().toReversed());
  });

  it("says in its own file which requirement it is", () => {
    expect(readFileSync(new URL(`${requirement.id}.ts`, folder), "utf8")).toContain(
      `id: "${requirement.id}"`,
    );
  });
});

describe("every older link target", () => {
  const texts = requirements.flatMap(({ evidence, id }) =>
    evidence.kind === "text"
      ? evidence.wordings
          .slice(1)
          .flatMap(({ since, links }) => (links ? [{ id, since, links }] : []))
      : [],
  );

  it.for(texts)("of $id, $since, counts as outdated", async ({ id, links }) => {
    const requirement = requirements.find((candidate) => candidate.id === id);
    if (!requirement?.readme) throw new Error(id);
    let readme = requirement.readme.markdown(certifiedSolution);
    for (const [text, target] of Object.entries(links)) {
      readme = readme.replace(new RegExp(`\\[${text}\\]\\([^)]*\\)`), `[${text}](${target})`);
    }
    const example = { title: "", files: { "README.md": readme } };
    expect(await outcomeOf(requirement, example)).toBe("outdated");
  });
});

async function outcomeOf({ id }: Requirement, { files, solution }: Example) {
  const subject = { ...certifiedSolution, ...solution };
  const snapshot = snapshotOf(new Map(Object.entries(files)));
  const { requirements: judged } = await judgeRepository(snapshot, {
    today,
    packageVersion: "1.0.0",
    subject,
  });
  return judged.find((report) => report.id === id)?.outcome;
}
