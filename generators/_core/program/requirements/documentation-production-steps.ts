import { defineRequirement } from "../requirement.ts";
import type { Statement } from "../statement.ts";
import type { Wording } from "../wording.ts";

const ssl = "Configure SSL for Mattermost";
const smtp = "Configure SMTP email for Mattermost";
const text =
  "Following automated deployment, the following steps are required to make your system production-ready:";

const wordings = [
  {
    since: "2025-07-31",
    text,
    links: {
      [ssl]:
        "https://docs.mattermost.com/deployment-guide/server/setup-nginx-proxy.html#configure-nginx-with-ssl-and-http-2",
      [smtp]: "https://docs.mattermost.com/administration-guide/configure/smtp-email.html",
    },
  },
  {
    since: "2025-06-25",
    text,
    links: {
      [ssl]:
        "https://docs.mattermost.com/deploy/server/setup-nginx-proxy.html#configure-nginx-with-ssl-and-http-2",
      [smtp]: "https://docs.mattermost.com/configure/smtp-email.html",
    },
  },
  {
    since: "2022-03-04",
    text,
    links: {
      [ssl]: "https://docs.mattermost.com/install/config-ssl-http2-nginx.html",
      [smtp]: "https://docs.mattermost.com/configure/smtp-email.html",
    },
  },
  {
    since: "2017-02-08",
    text,
    links: {
      [ssl]: "https://about.mattermost.com/ssl-configuration/",
      [smtp]: "https://about.mattermost.com/smtp-configuration/",
    },
  },
] as const satisfies readonly Wording[];

const current = `${text}

- [${ssl}](${wordings[0].links[ssl]})
- [${smtp}](${wordings[0].links[smtp]})`;

const statements: readonly Statement[] = [
  { wordings: [wordings[0]], required: ["production ready"] },
  {
    wordings: wordings.map((wording) => ({ ...wording, text: ssl })),
    required: [],
    link: { words: ssl, topic: /ssl|tls|nginx|https/ },
  },
  {
    wordings: wordings.map((wording) => ({ ...wording, text: smtp })),
    required: [],
    optional: ["email"],
    link: { words: smtp, topic: /smtp|email/ },
  },
];

/** The two steps that stay with the operator; they stand there also where TLS is set up already. */
export default defineRequirement({
  id: "documentation-production-steps",
  tier: "community",
  title: "README lists the steps that make the system production-ready, each a link",
  source: "Documentation",
  evidence: {
    kind: "text",
    wordings,
    sentences: () => [text, ssl, smtp],
    statements: () => statements,
  },
  advice: "Write the program's sentence and its two linked steps into the README.",
  appliesTo: () => true,
  readme: { section: "production", markdown: () => current },
  examples: {
    met: [{ title: "the sentence and both links", files: { "README.md": `${current}\n` } }],
    unmet: [
      { title: "an empty repository", files: {} },
      {
        title: "one step missing",
        files: { "README.md": `${text}\n\n- [${ssl}](${wordings[0].links[ssl]})\n` },
      },
      {
        title: "the steps without links",
        files: { "README.md": `${text}\n\n- ${ssl}\n- ${smtp}\n` },
      },
    ],
  },
});
