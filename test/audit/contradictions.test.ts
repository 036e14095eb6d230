import { describe, expect, it } from "vitest";
import { doctoredProject } from "./doctored-project.ts";

const project = await doctoredProject("docker");
const untouched = await project.judge(() => {});

describe("what the README says elsewhere", () => {
  it.for([
    ["security-commitment", "This project is no longer maintained."],
    ["security-commitment", "We do not follow security updates in summer."],
    ["security-commitment", "Security updates of the server arrive here within 30 days."],
    [
      "security-commitment",
      "When notified of a security update, the maintainers of this deployment solution will not make an effort to update to the secure version within 10 days.",
    ],
    [
      "branding-name",
      "The name for this deployment solution in the context of the Mattermost branding guidelines is Other for Mattermost by Another Example.",
    ],
    [
      "documentation-description",
      "This deployment solution does not install a Mattermost server to provide secure, private cloud messaging for teams and enterprises.",
    ],
    [
      "documentation-production-steps",
      "Following automated deployment, no steps are required to make your system production-ready.",
    ],
    ["upgrade-command", "This deployment does not support upgrades."],
  ] as const)("contradicts %s: %s", async ([id, words]) => {
    const { description } = project.sentences;
    const outcomes = await project.replace(description, `${description}\n\n${words}`);
    expect(outcomes).toEqual({ ...untouched, [id]: "near" });
  });

  it.for([
    "Older versions of the server are not supported.",
    "We answer reports of security problems within 3 days.",
    "Security reports are answered within two days.",
    "The database is not upgraded with the server.",
    "We will not share your data. Security updates are announced by email.",
    "Automatic upgrades are not supported: run the command yourself.",
    "The role for Debian is no longer maintained by its authors.",
  ])("contradicts nothing: %s", async (words) => {
    const { description } = project.sentences;
    expect(await project.replace(description, `${description}\n\n${words}`)).toEqual(untouched);
  });
});
