import { describe, expect, it } from "vitest";
import { findDocuments } from "../../generators/_core/repository/find-documents.ts";
import { snapshotOf } from "../../generators/_core/repository/snapshot.ts";

describe("documents", () => {
  it.for([
    ["the root", { "README.md": "a", "docs/README.md": "b" }, ["README.md", "docs/README.md"]],
    ["another case and format", { "readme.rst": "a" }, ["readme.rst"]],
    ["docs/ alone", { "docs/README.adoc": "a" }, ["docs/README.adoc"]],
    [
      "a chart",
      { "charts/chat/README.md": "a", "charts/chat/sub/README.md": "b" },
      ["charts/chat/README.md"],
    ],
    ["several languages", { "README.md": "a", "README.de.md": "b" }, ["README.de.md", "README.md"]],
    [
      "a file that the README links to",
      {
        "README.md": "[install](docs/install.md#top)",
        "docs/install.md": "b",
        "docs/other.md": "c",
      },
      ["README.md", "docs/install.md"],
    ],
    [
      "a folder that the README links to",
      { "README.md": "[prod](prod/)", "prod/README.md": "b", "play/README.md": "c" },
      ["README.md", "prod/README.md"],
    ],
    [
      "no link out of the repository",
      {
        "docs/README.md":
          "[a](../../etc/passwd.md) [b](https://example.org/b.md) [c](//example.org/c.md)",
        "etc/passwd.md": "x",
      },
      ["docs/README.md"],
    ],
  ] as const)("are found in %s", async ([, files, paths]) => {
    const { read } = await findDocuments(snapshotOf(new Map(Object.entries(files))));
    expect(read.map(({ path }) => path).toSorted()).toEqual([...paths].toSorted());
  });
});
