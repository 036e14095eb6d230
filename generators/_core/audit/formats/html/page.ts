import { programPage } from "../../../program/requirement.ts";
import { includesTier, tierTitle, tiers, type Tier } from "../../../program/tier.ts";
import { weightOf, type Audit } from "../../audit.ts";
import { facts, verdict, verdictBasis } from "../facts.ts";
import { markup, type Markup } from "../markup.ts";
import { patchSection } from "./patch.ts";
import { requirementArticle, warningArticle } from "./requirement.ts";
import { styles } from "./styles.ts";

/**
 * An audit as one page that needs nothing beside it, for the people who review submissions. It holds
 * no script and may load nothing.
 */
export function htmlReport(audit: Audit): string {
  const { requirements, warnings, repository } = audit.report;
  return markup`<!doctype html>
<!-- mattermost-deployment check -->
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>${verdict(audit)}: ${repository.path}</title>
<style>${{ markup: styles }}</style>
</head>
<body>
<header>
<p class="over">Mattermost deployment solution program</p>
<h1>${verdict(audit)}</h1>
<p>${verdictBasis(audit)}</p>
</header>
<main>
<ol class="ladder" aria-label="Tiers">${tiers.map(({ id }) => rung(id, audit))}</ol>
<dl>${facts(audit).map(([label, value]) => markup`<dt>${label}</dt><dd>${value}</dd>`)}</dl>
${pendingParagraph(audit)}
${legend(audit)}
${tiers.map(
  ({ id, title }) => markup`<section aria-labelledby="tier-${id}">
<h2 id="tier-${id}">${title}</h2>
${requirements.filter(({ tier }) => tier === id).map((one) => requirementArticle(one, audit))}
</section>
`,
)}
${
  warnings.length === 0
    ? undefined
    : markup`<section aria-labelledby="warnings">
<h2 id="warnings">Beside the tier</h2>
${warnings.map((warning) => warningArticle(warning, audit))}
</section>`
}
${patchSection(audit)}
</main>
<footer>
<p>Made on ${audit.date.slice(0, 10)} by <code>mattermost-deployment check</code> ${audit.packageVersion}, against the <a href="${programPage}">program</a> of ${audit.report.program}. It says what documents and files show; it is no decision of Mattermost, Inc.</p>
</footer>
</body>
</html>
`.markup;
}

function rung(tier: Tier, audit: Audit): Markup {
  const own = audit.report.requirements.filter((requirement) => requirement.tier === tier);
  const open = own.filter((one) => ["failure", "shortfall"].includes(weightOf(one, audit))).length;
  const { tier: reached } = audit.report;
  const isMet = reached !== "none" && includesTier(reached, tier);
  const below = open === 0 ? "waits for the tier below" : `${open} of ${own.length} missing`;
  return markup`<li class="${isMet ? "good" : "bad"}"><strong>${isMet ? "✓" : "✗"} ${tierTitle(tier)}</strong>${isMet ? "met" : below}</li>`;
}

function pendingParagraph({ report: { pending } }: Audit): Markup | undefined {
  if (pending.length === 0) return undefined;
  return markup`<p><strong>Pending:</strong> only a person or a recorded run can tell ${pending.map((id, index) => markup`${index === 0 ? "" : ", "}<a href="#${id}"><code>${id}</code></a>`)}.</p>`;
}

function legend({ report: { requirements } }: Audit): Markup | undefined {
  if (requirements.every(({ near }) => near.length === 0)) return undefined;
  return markup`<p>In near misses, <del>[-words like these-]</del> are too much and <ins>{+words like these+}</ins> are missing.</p>`;
}
