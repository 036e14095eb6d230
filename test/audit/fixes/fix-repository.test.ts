import { describe, expect, it } from "vitest";
import {
  auditSnapshot,
  type AuditWithRefusals,
  type FixScope,
} from "../../../generators/_core/audit/audit-snapshot.ts";
import type { Tier } from "../../../generators/_core/program/tier.ts";
import type { Files } from "../../../generators/_core/program/requirement.ts";
import { snapshotOf } from "../../../generators/_core/repository/snapshot.ts";
import { emit } from "../../projects.ts";

const sentences = {
  "documentation-official-link": /^Please see https:\/\/docs.*\n/m,
  "documentation-description": /^This deployment solution installs.*\n/m,
  "security-commitment": /^We highly recommend users subscribe.*\n/m,
} as const;

describe("--fix", () => {
  it("inserts what is missing up to the tier, and every one of it turns its requirement", async () => {
    const { files } = await emit({ platform: "docker", tier: "registered", upgrade: false });
    const broken = Object.values(sentences).reduce(without, files);
    expect((await audit(broken)).report.tier).toBe("none");
    const { fixes, patch, refused } = await audit(broken, "registered");
    expect(fixes.map(({ id }) => id).toSorted()).toEqual(Object.keys(sentences).toSorted());
    expect(refused).toEqual([]);
    expect(patch.map(({ path }) => path)).toEqual(["README.md"]);
    expect((await audit(edited(broken, patch))).report.tier).toBe("registered");
    for (const fix of fixes) {
      const { report } = await audit(edited(broken, [fix]));
      expect(report.requirements.find(({ id }) => id === fix.id)?.outcome).toBe("met");
    }
  });

  it("goes no further than the next tier, where none is asked for", async () => {
    const { files } = await emit({ platform: "docker", tier: "registered", upgrade: false });
    const broken = Object.values(sentences).reduce(without, files);
    const { fixes } = await audit(broken, undefined, missing);
    expect(fixes.map(({ id }) => id)).not.toContain("security-commitment");
  });

  it("leaves every other byte as it is", async () => {
    const { files } = await emit({ platform: "docker", tier: "registered" });
    const broken = without(files, sentences["security-commitment"]);
    const { patch } = await audit(broken, "registered");
    const [edit] = patch;
    const kept = (edit?.before ?? "").split("\n").filter((line) => line !== "");
    const lines = (edit?.after ?? "").split("\n");
    expect(lines.filter((line) => kept.includes(line))).toEqual(kept);
  });

  it("does not rewrite what the maintainers wrote, and says how that is asked for", async () => {
    const { fixes, refused } = await audit(await withTerm("30 days"), "registered");
    expect(fixes).toEqual([]);
    expect(refused).toEqual([
      {
        id: "security-commitment",
        reason: expect.stringMatching(/^README\.md:\d+ comes near .*--fix=security-commitment/),
      },
    ]);
  });

  it("replaces a sentence that it is asked to replace, and nothing beside it", async () => {
    const files = await withTerm("30 days");
    const { patch } = await audit(files, undefined, only("security-commitment"));
    expect(edited(files, patch)).toEqual(await withTerm("10 days"));
  });

  it("replaces what goes with a list piece by piece", async () => {
    const { files } = await emit({ platform: "docker", tier: "community" });
    const readme = `# Chat

Following automated deployment the steps below are required to make your system ready for production:

* Configure SSL for Mattermost
* Configure SMTP email for [Mattermost](https://example.org)

More words.
`;
    const given = new Map([...files, ["README.md", readme]]);
    const { patch } = await audit(given, undefined, only("documentation-production-steps"));
    expect(edited(given, patch).get("README.md")).toBe(`# Chat

Following automated deployment, the following steps are required to make your system production-ready:

* [Configure SSL for Mattermost](https://docs.mattermost.com/deployment-guide/server/setup-nginx-proxy.html#configure-nginx-with-ssl-and-http-2)
* [Configure SMTP email for Mattermost](https://docs.mattermost.com/administration-guide/configure/smtp-email.html)

More words.
`);
  });

  it("replaces older targets of links when it is asked to", async () => {
    const { files } = await emit({ platform: "linux", tier: "community" });
    const older = changed(files, "administration-guide/configure/smtp", "configure/smtp");
    const before = await audit(older);
    expect(outcomes(before)["documentation-production-steps"]).toBe("outdated");
    const { patch } = await audit(older, undefined, only("documentation-production-steps"));
    expect(edited(older, patch)).toEqual(files);
  });

  it.for<readonly [string, string]>([
    ["rst", "Example\n=======\n\nA deployment.\n\n.. code::\n\n   make\n"],
    ["adoc", "= Example\n\nA deployment.\n"],
    ["html", "<!doctype html>\n<h1>Example</h1>\n<p>A deployment.</p>\n"],
    ["txt", "EXAMPLE\n\nA deployment.\n"],
    ["md", "# Example\r\n\r\nA deployment.\r\n"],
  ])("writes in the format and the manner of the README: .%s", async ([extension, text]) => {
    const { files } = await emit({ platform: "docker", tier: "community" });
    const others = [...files].filter(([path]) => path !== "README.md");
    const path = `README.${extension}`;
    const given = new Map([...others, [path, text]]);
    const { fixes, patch } = await audit(given, "community");
    expect(fixes.length).toBeGreaterThanOrEqual(3);
    const after = edited(given, patch);
    const report = await audit(after);
    for (const { id } of fixes) expect(outcomes(report)[id]).toBe("met");
    const isWindows = text.includes("\r\n");
    expect(/(?<!\r)\n/.test(after.get(path) ?? "")).toBe(!isWindows);
  });

  it("refuses what no sentence makes true, and what it would have to invent", async () => {
    const { files } = await emit({ platform: "docker", tier: "community", upgrade: false });
    const { refused } = await audit(files, "certified");
    const reasons = Object.fromEntries(refused.map(({ id, reason }) => [id, reason]));
    expect(reasons["changelog"]).toBe("no sentence makes it true");
    expect(reasons["upgrade-command"]).toBe("no sentence makes it true");
    expect(reasons["branding-name"]).toBe("the name and the creator are nowhere to be found");
  });

  it("has nowhere to write without a README, and makes none", async () => {
    const { patch, refused } = await audit(
      new Map([["compose.yaml", "services: {}\n"]]),
      "community",
    );
    expect(patch).toEqual([]);
    expect(refused.map(({ reason }) => reason)).toContain("there is no README to put it into");
  });

  it("changes nothing where nothing is missing", async () => {
    const { files } = await emit({ platform: "linux", tier: "registered", upgrade: false });
    const { fixes, patch, refused } = await audit(files, "registered");
    expect([fixes, patch, refused]).toEqual([[], [], []]);
  });
});

const missing: FixScope = { missing: true, replaced: [] };

function only(id: string): FixScope {
  return { missing: false, replaced: [id] };
}

async function audit(
  files: Files,
  required?: Tier,
  fix: FixScope | undefined = required && missing,
): Promise<AuditWithRefusals> {
  const date = "2026-11-22T10:00:00.000Z";
  return auditSnapshot(snapshotOf(files), {
    required,
    strict: false,
    date,
    packageVersion: "0.1.0",
    fix,
  });
}

/** An emitted project that takes its time. */
async function withTerm(term: string): Promise<Files> {
  const { files } = await emit({ platform: "docker", tier: "registered", upgrade: false });
  return changed(files, "10 days", term);
}

function without(files: Files, sentence: RegExp): Files {
  const readme = files.get("README.md") ?? "";
  expect(readme).toMatch(sentence);
  return new Map([...files, ["README.md", readme.replace(sentence, "")]]);
}

function changed(files: Files, before: string, after: string): Files {
  const readme = files.get("README.md") ?? "";
  expect(readme).toContain(before);
  return new Map([...files, ["README.md", readme.replace(before, after)]]);
}

function edited(
  files: Files,
  edits: readonly { readonly path: string; readonly after: string }[],
): Files {
  return new Map([...files, ...edits.map(({ path, after }) => [path, after] as const)]);
}

function outcomes({ report }: AuditWithRefusals): Readonly<Record<string, string>> {
  return Object.fromEntries(report.requirements.map(({ id, outcome }) => [id, outcome]));
}
