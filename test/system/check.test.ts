import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AxeResults } from "axe-core";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { htmlReport } from "../../generators/_core/audit/formats/html/page.ts";
import {
  auditOf,
  hostileReport,
  hostileText,
  mixedAudit,
  reportOf,
} from "../audit/formats/audits.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const pages = [
  ["every outcome", mixedAudit],
  ["everything met", auditOf(reportOf())],
  [
    "a repository that wants to be seen",
    auditOf(hostileReport, {
      sources: new Map([[hostileText, hostileText]]),
      patch: [{ path: hostileText, before: "", after: hostileText }],
    }),
  ],
] as const;

const views = [
  ["light", { viewport: { width: 1100, height: 900 }, colorScheme: "light" }, "screen"],
  ["dark", { viewport: { width: 1100, height: 900 }, colorScheme: "dark" }, "screen"],
  ["a phone", { viewport: { width: 360, height: 740 }, colorScheme: "dark" }, "screen"],
  ["paper", { viewport: { width: 794, height: 1123 }, colorScheme: "dark" }, "print"],
] as const;

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
});
afterAll(() => browser.close());

describe.for(pages)("the page about %s", ([, audit]) => {
  it.for(views)("has nothing that axe finds, in %s, and fits", async ([, options, media]) => {
    const page = await browser.newPage(options);
    await page.emulateMedia({ media });
    await open(page, htmlReport(audit));
    await page.evaluate(axe);
    const found = await page.evaluate<AxeResults>("axe.run({ resultTypes: ['violations'] })");
    expect(found.passes.length).toBeGreaterThan(10);
    expect(
      found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`),
    ).toEqual([]);
    const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
    expect(await page.evaluate(overflow)).toBe(0);
    await page.close();
  });

  it("loads nothing, runs nothing and holds no element of the repository's", async () => {
    const page = await browser.newPage();
    const requests: string[] = [];
    const dialogs: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    page.on("dialog", (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    const url = await open(page, htmlReport(audit));
    expect(requests).toEqual([url]);
    expect(dialogs).toEqual([]);
    expect(await page.locator("script, img, iframe, object, embed, form, link").count()).toBe(0);
    const targets = await page
      .locator("a")
      .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
    for (const target of targets) {
      expect(target).toMatch(/^(#[a-z-]+|https:\/\/docs\.mattermost\.com\/[\w./#-]+)$/);
    }
    await page.close();
  });
});

it("a page that axe has to complain about is told from one that is right", async () => {
  const page = await browser.newPage();
  await open(page, htmlReport(mixedAudit).replace('<html lang="en">', "<html>"));
  await page.evaluate(axe);
  const found = await page.evaluate<AxeResults>("axe.run()");
  expect(found.violations.map(({ id }) => id)).toEqual(["html-has-lang"]);
  await page.close();
});

async function open(page: Page, text: string): Promise<string> {
  const path = join(temporaryFolder(), "report.html");
  writeFileSync(path, text);
  const url = pathToFileURL(path).href;
  await page.goto(url);
  return url;
}
