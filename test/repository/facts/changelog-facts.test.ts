import { describe, expect, it } from "vitest";
import { factsOf, type Texts } from "../facts-of.ts";

describe("the changelog", () => {
  const cases: readonly (readonly [string, Texts, string | undefined])[] = [
    [
      "Keep a Changelog",
      {
        "CHANGELOG.md":
          "# Changelog\n\n## [1.1.0] - 2026-01-02\n\n- Mattermost 11.7.9\n\n## 1.0.0\n\n- First\n",
      },
      "11.7.9",
    ],
    [
      "Debian stanzas",
      {
        "debian/changelog":
          "mattermost (11.7.9-1) stable; urgency=low\n\n  * New upstream release\n\n -- Example Org <a@example.org>  Mon, 01 Jan 2026\n",
      },
      "11.7.9",
    ],
    [
      "reStructuredText",
      { "docs/changelog.rst": "Changelog\n=========\n\n1.1.0\n-----\n\n* Mattermost 11.7.9\n" },
      "11.7.9",
    ],
    [
      "History",
      { "History.md": "1.1.0 / 2026-01-02\n==================\n\n * Mattermost 11.7.9\n" },
      "11.7.9",
    ],
    [
      "releases named after the server",
      { "CHANGELOG.md": "# CHANGELOG\n\n## Release mattermost-v11.7.9  2026-01-02\n\n- update\n" },
      "11.7.9",
    ],
    [
      "one line an entry",
      { CHANGES: "2026-Jan-02 - example - updated to Mattermost 11.7.9\n" },
      "11.7.9",
    ],
    [
      "a section of the README",
      { "README.md": "# Chat\n\n## Changelog\n\n- 1.1.0: Mattermost 11.7.9\n- 1.0.0: first\n" },
      "11.7.9",
    ],
    ["a heading alone", { "CHANGELOG.md": "# Changelog\n\n## 1.0.0\n" }, undefined],
    [
      "a file of that name about something else",
      { "CHANGELOG.md": "See the releases page.\n" },
      undefined,
    ],
  ];
  it.for(cases)("is read as %s", async ([, files, words]) => {
    const { changelog } = await factsOf(files);
    expect(changelog?.hasEntries).toBe(words !== undefined);
    if (words !== undefined) expect(changelog?.newest).toContain(words);
  });
});
