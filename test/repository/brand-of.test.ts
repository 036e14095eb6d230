import { describe, expect, it } from "vitest";
import { brandOf } from "../../generators/_core/repository/brand-of.ts";
import { findDocuments } from "../../generators/_core/repository/find-documents.ts";
import { snapshotOf } from "../../generators/_core/repository/snapshot.ts";

describe("the name of a solution", () => {
  const link = "[Mattermost branding guidelines](https://www.mattermost.org/brand-guidelines/)";
  it.for([
    [
      "the program's sentence",
      `The name for this deployment solution in the context of ${link} is \`Chat for Mattermost by Example Org\`.`,
      { name: "Chat", creator: "Example Org" },
    ],
    [
      "a heading of its form",
      "# Chat role for Mattermost by Example Org",
      { name: "Chat role", creator: "Example Org" },
    ],
    ["no prose", "This was made for Mattermost by somebody.", undefined],
    [
      "no placeholder",
      `The name for this deployment solution in the context of ${link} is \`[NAME] for Mattermost by [CREATOR]\`.`,
      undefined,
    ],
  ] as const)("is read from %s", async ([, readme, brand]) => {
    const documents = await findDocuments(snapshotOf(new Map([["README.md", `${readme}\n`]])));
    expect(brandOf(documents)).toEqual(brand);
  });
});
