import { describe, expect, it } from "vitest";
import { factsOf } from "../facts-of.ts";

describe("platforms", () => {
  it.for([
    [
      "docker",
      {
        "compose.yaml": "services:\n  app:\n    image: mattermost/mattermost-team-edition:11.7.9\n",
      },
    ],
    ["kubernetes", { "charts/chat/Chart.yaml": "name: mattermost\n" }],
    ["ansible", { "tasks/main.yml": "- name: Install mattermost\n" }],
    ["puppet", { "manifests/init.pp": "class mattermost {}\n" }],
    ["heroku", { "app.json": '{"name": "mattermost"}' }],
    ["linux", { install: "wget https://releases.mattermost.com/11.7.9/mattermost.tar.gz\n" }],
    ["yunohost", { "manifest.toml": 'id = "mattermost"\n[integration]\nyunohost = ">= 12"\n' }],
    ["yunohost", { "manifest.json": '{"id": "mattermost", "multi_instance": "false"}' }],
    [undefined, { "bot.py": "print('mattermost')\n" }],
    [undefined, { "README.md": "docker run mattermost/mattermost-preview\n" }],
  ] as const)("%s is told by its files", async ([id, files]) => {
    expect((await factsOf(files)).platform?.id).toBe(id);
  });
});
