import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { judge } from "../../generators/_core/audit/judge.ts";
import type { Example, Requirement } from "../../generators/_core/program/requirement.ts";
import { markdownDocument } from "../../generators/_core/repository/documents/markdown-document.ts";
import { requirements } from "../../generators/_core/program/requirements.gen.ts";
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

  it.for(requirement.examples.met)("is met by $title", (example) => {
    expect(outcomeOf(requirement, example)).toBe("met");
  });

  it.for(requirement.examples.unmet)("is not met by $title", (example) => {
    expect(["unmet", "attest"]).toContain(outcomeOf(requirement, example));
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

  it.for(texts)("of $id, $since, counts as outdated", ({ id, links }) => {
    const requirement = requirements.find((candidate) => candidate.id === id);
    if (!requirement?.readme) throw new Error(id);
    let readme = requirement.readme.markdown(certifiedSolution);
    for (const [text, target] of Object.entries(links)) {
      readme = readme.replace(new RegExp(`\\[${text}\\]\\([^)]*\\)`), `[${text}](${target})`);
    }
    expect(outcomeOf(requirement, { title: "", files: { "README.md": readme } })).toBe("outdated");
  });
});

function outcomeOf(requirement: Requirement, { files, solution }: Example) {
  const facts = { ...certifiedSolution, ...solution };
  const readme = markdownDocument(files["README.md"] ?? "");
  return judge([requirement], new Map(Object.entries(files)), readme, facts)[0]?.outcome;
}
