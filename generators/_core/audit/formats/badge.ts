import type { Audit } from "../audit.ts";
import { verdict } from "./facts.ts";
import { markup } from "./markup.ts";

/** The greens pass 4.5:1 with white; a badge stands on pages of any colour. */
const colors = {
  none: "#6e7781",
  community: "#0969da",
  registered: "#8250df",
  certified: "#1a7f37",
} as const;

/** Verdana at 11 pixels, about: a badge has to know its width, and no font can be asked. */
const characterWidth = 6.9;

/** An audit as an SVG badge, bound to the commit and the program's revision that it speaks of. */
export function badgeReport(audit: Audit): string {
  const { tier, program, repository } = audit.report;
  const commit = repository.commit?.slice(0, 7) ?? "no commit";
  const label = "Mattermost deployment";
  const value = `${verdict(audit)} · ${commit} · ${program}`;
  const title = `${verdict(audit)} by the deployment solution program of ${program}, at commit ${repository.commit ?? "unknown"}`;
  const [left, right] = [label, value].map((text) => Math.round(text.length * characterWidth) + 12);
  const [labelWidth, valueWidth] = [left ?? 0, right ?? 0];
  const width = labelWidth + valueWidth;
  return markup`<svg id="mattermost-deployment-check" xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" role="img" aria-label="${title}">
  <title>${title}</title>
  <clipPath id="round"><rect width="${width}" height="20" rx="3"/></clipPath>
  <g clip-path="url(#round)">
    <rect width="${labelWidth}" height="20" fill="#3d444d"/>
    <rect x="${labelWidth}" width="${valueWidth}" height="20" fill="${colors[tier]}"/>
  </g>
  <g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
    <text x="${labelWidth / 2}" y="14" textLength="${labelWidth - 12}">${label}</text>
    <text x="${labelWidth + valueWidth / 2}" y="14" textLength="${valueWidth - 12}">${value}</text>
  </g>
</svg>
`.markup;
}
