import { expect, it } from "vitest";
import {
  matchSentence,
  type MatchOutcome,
} from "../../../generators/_core/repository/statements/match-sentence.ts";
import { tokenDocument } from "../../../generators/_core/repository/statements/text-tokens.ts";
import { matchOutcomes, parsedDocument, writtenStatements } from "./written-statements.ts";

interface Case {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly outcome: MatchOutcome;
}

const commitment =
  "We highly recommend users subscribe to the Mattermost security updates email list. When notified of a security update, the maintainers of this deployment solution will make an effort to update to the secure version within 10 days.";
const description =
  "This deployment solution installs a Mattermost server to provide secure, private cloud messaging for teams and enterprises. More information is available at: https://mattermost.com";
const name = (rest: string, target = "https://mattermost.org/brand-guidelines/") =>
  `The name for this deployment solution in the context of [Mattermost branding guidelines](${target}) is ${rest}.`;

const cases: readonly Case[] = [
  {
    id: "security-commitment",
    title: "another noun",
    text: commitment.replace("deployment solution", "Puppet module"),
    outcome: "variant",
  },
  {
    id: "security-commitment",
    title: "a number in words",
    text: commitment.replace("10", "ten"),
    outcome: "variant",
  },
  {
    id: "security-commitment",
    title: "a link inside",
    text: commitment.replace(
      "Mattermost security updates email list",
      "[Mattermost security updates email list](https://mattermost.com/security-updates/)",
    ),
    outcome: "met",
  },
  {
    id: "security-commitment",
    title: "two paragraphs",
    text: commitment.replace("list. ", "list.\n\n"),
    outcome: "met",
  },
  {
    id: "security-commitment",
    title: "another number",
    text: commitment.replace("10", "30"),
    outcome: "near",
  },
  {
    id: "security-commitment",
    title: "a range",
    text: commitment.replace("10", "10 to 30"),
    outcome: "near",
  },
  {
    id: "security-commitment",
    title: "other days",
    text: commitment.replace("10 days", "10 business days"),
    outcome: "near",
  },
  {
    id: "security-commitment",
    title: "no term",
    text: commitment.replace(" within 10 days", ""),
    outcome: "near",
  },
  {
    id: "security-commitment",
    title: "a condition behind it",
    text: commitment.replace("days.", "days if somebody pays."),
    outcome: "near",
  },
  {
    id: "security-commitment",
    title: "a denial before it",
    text: `It is not true that ${commitment}`,
    outcome: "near",
  },
  {
    id: "security-commitment",
    title: "a question",
    text: commitment.replace("days.", "days?"),
    outcome: "near",
  },
  {
    id: "security-commitment",
    title: "the opposite",
    text: commitment.replace("recommend", "discourage"),
    outcome: "near",
  },
  {
    id: "security-commitment",
    title: "a quotation by a page about the program",
    text: `The README has to contain the statement "${commitment}"`,
    outcome: "near",
  },
  {
    id: "security-commitment",
    title: "a list that does not exist",
    text: "There is no security updates list yet.",
    outcome: "unmet",
  },
  {
    id: "documentation-description",
    title: "an older address",
    text: description.replace("https://", "https://about."),
    outcome: "outdated",
  },
  {
    id: "documentation-description",
    title: "the wording of 2017-02-07",
    text: "To deploy Mattermost in production you need to configure SSL and SMTP email according to official documentation.",
    outcome: "outdated",
  },
  {
    id: "documentation-description",
    title: "a linkified address",
    text: description.replace("https://mattermost.com", "[mattermost.com](https://mattermost.com)"),
    outcome: "variant",
  },
  {
    id: "documentation-description",
    title: "the brackets of the program's page",
    text: description.replace("installs", "installs [and upgrades]"),
    outcome: "near",
  },
  {
    id: "documentation-description",
    title: "another address",
    text: description.replace("mattermost.com", "example.org"),
    outcome: "near",
  },
  {
    id: "documentation-official-link",
    title: "a link in place of the address",
    text: "Please see [the documentation](https://docs.mattermost.com) for official documentation.",
    outcome: "variant",
  },
  {
    id: "documentation-official-link",
    title: "an article and a name",
    text: "Please see https://docs.mattermost.com for the official Mattermost documentation.",
    outcome: "variant",
  },
  {
    id: "documentation-official-link",
    title: "a link that shows one address and leads to another",
    text: "Please see [https://docs.mattermost.com](https://docs.mattermost.com.example.org) for official documentation.",
    outcome: "near",
  },
  {
    id: "documentation-official-link",
    title: "the address in another sentence",
    text: "Read https://docs.mattermost.com first.",
    outcome: "unmet",
  },
  {
    id: "documentation-official-link",
    title: "the documentation's repository",
    text: "The official documentation is at https://github.com/mattermost/docs.",
    outcome: "unmet",
  },
  {
    id: "branding-name",
    title: "an older link",
    text: name("`Chat for Mattermost by Example Org`"),
    outcome: "outdated",
  },
  {
    id: "branding-name",
    title: "no link",
    text: name("Chat for Mattermost by Example Org")
      .replace(/\]\(.*?\)/, "")
      .replace("[", ""),
    outcome: "near",
  },
  {
    id: "branding-name",
    title: "a link elsewhere",
    text: name("Chat for Mattermost by Example Org", "https://example.org/brand"),
    outcome: "near",
  },
  {
    id: "branding-name",
    title: "the placeholders of the program's page",
    text: name("`[NAME] for Mattermost by [CREATOR]`"),
    outcome: "near",
  },
  {
    id: "branding-name",
    title: "a name that begins with the mark",
    text: name("`Mattermost Chat for Mattermost by Example Org`"),
    outcome: "near",
  },
  {
    id: "branding-name",
    title: "prose with those words",
    text: "Made for Mattermost by Example Org.",
    outcome: "unmet",
  },
  {
    id: "installation-rhel-equivalent",
    title: "another system",
    text: "This deployment uses Rocky Linux 9 as an equivalent to the officially supported version of Red Hat Enterprise Linux.",
    outcome: "near",
  },
  {
    id: "installation-rhel-equivalent",
    title: "two systems in one sentence",
    text: "This deployment uses CentOS and Oracle Linux as an equivalent to the officially supported version of Red Hat Enterprise Linux.",
    outcome: "met",
  },
];

it.for(cases)("$id with $title is $outcome", async ({ id, text, outcome }) => {
  const statements = writtenStatements.find((candidate) => candidate.id === id)?.statements ?? [];
  expect(await matchOutcomes(statements, `${text}\n`)).toEqual([outcome]);
});

it("shows the words that differ, and where they stand", async () => {
  const statements =
    writtenStatements.find(({ id }) => id === "security-commitment")?.statements ?? [];
  const source = `# Chat\n\n${commitment.replace("10 days", "30 days")}\n`;
  const document = tokenDocument(await parsedDocument(source, "markdown"));
  const [match] = statements.map((statement) => matchSentence(statement, document));
  expect(match?.position?.line).toBe(3);
  expect(source.slice(match?.position?.start, match?.position?.end)).toContain("within 30 days");
  expect(match?.words.filter(({ kind }) => kind !== "same")).toEqual([
    { kind: "extra", text: "30" },
    { kind: "missing", text: "10" },
  ]);
});
