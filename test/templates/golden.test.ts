import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { emit } from "../projects.ts";

const golden = join(import.meta.dirname, "../golden");

const projects = {
  "docker-certified": { platform: "docker" },
  "docker-community-nginx": {
    platform: "docker",
    tier: "community",
    edition: "enterprise",
    proxy: "nginx",
    os: ["oracle-linux-9", "rocky-linux-9"],
    license: "Apache-2.0",
  },
  "linux-certified": {
    platform: "linux",
    repository: "https://git.example.org/example/linux-deployment.git",
  },
  "linux-registered-rhel": {
    platform: "linux",
    tier: "registered",
    edition: "enterprise",
    os: ["rhel-9", "centos-stream-9", "fedora"],
  },
} as const;

/** `npx vitest run --update golden` writes these trees; a change of them is reviewed like source. */
describe.for(Object.entries(projects))("%s", ([name, answers]) => {
  it("is the tree that stands in test/golden", async () => {
    const { rendered } = await emit(answers);
    for (const { path, text } of rendered) {
      await expect(text).toMatchFileSnapshot(join(golden, name, path));
    }
    expect(treeOf(join(golden, name))).toEqual(rendered.map(({ path }) => path).toSorted());
  });
});

it("has no tree of another name", () => {
  expect(readdirSync(golden).toSorted()).toEqual(Object.keys(projects).toSorted());
});

function treeOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
}
