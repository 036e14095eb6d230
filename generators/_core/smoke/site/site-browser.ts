import type { Browser, Page } from "playwright-core";
import type { BrowserVisit } from "../steps/visit-site.ts";
import { ownTrouble, type OwnCode } from "../trouble.ts";

/** How a browser is used. */
export interface BrowserUse {
  /** Starts it. */
  readonly launch: () => Promise<Browser>;
  /** Whether certificates of an authority that the browser does not know are let pass. */
  readonly hasOwnAuthority: boolean;
  /** How long a page may take, in seconds. */
  readonly timeout: number;
}

/** How long a page is watched for the banner, in milliseconds: it comes after some failed attempts. */
const watchTime = 8000;

/**
 * Signs in with a browser as a person does, and looks for the banner that says that the websocket
 * does not get through. The names of the fields are those of the web client's own tests.
 *
 * @see https://github.com/mattermost/mattermost/tree/master/e2e-tests
 */
export function useBrowser({ launch, hasOwnAuthority, timeout }: BrowserUse): BrowserVisit {
  return async (base, { account }, teamName) => {
    const browser = await start(launch);
    try {
      const context = await browser.newContext({ ignoreHTTPSErrors: hasOwnAuthority });
      // Otherwise the site asks first whether to open the desktop application.
      await context.addInitScript('localStorage.setItem("__landingPageSeen__", "true")');
      const page = await context.newPage();
      page.setDefaultTimeout(timeout * 1000);
      await expectPage(`GET ${base}/login`, "no form to sign in", () =>
        signIn(page, base, account),
      );
      const channel = `${base}/${teamName}/channels/town-square`;
      await expectPage(`GET ${channel}`, "no Town Square", async () => {
        await page.goto(channel);
        await page.locator("#post_textbox").waitFor();
      });
      await refuseBanner(page, channel);
    } finally {
      await browser.close();
    }
  };
}

async function start(launch: BrowserUse["launch"]): Promise<Browser> {
  try {
    return await launch();
  } catch (error) {
    throw ownTrouble("browser-start", {
      sent: "the start of the browser",
      received: firstLine(error),
    });
  }
}

async function signIn(
  page: Page,
  base: string,
  { username, password }: { readonly username: string; readonly password: string },
): Promise<void> {
  await page.goto(`${base}/login`);
  await page.locator("#input_loginId").fill(username);
  await page.locator("#input_password-input").fill(password);
  await page.locator("#saveSetting").click();
  await page.waitForURL((url) => !url.pathname.endsWith("/login"));
}

async function refuseBanner(page: Page, address: string): Promise<void> {
  const banner = page.getByText(/Mattermost unreachable|check (your )?connection/i);
  await page.waitForTimeout(watchTime);
  if (await banner.first().isVisible()) {
    throw pageTrouble("browser-banner", `GET ${address}`, "the red bar “Mattermost unreachable”");
  }
}

async function expectPage(sent: string, otherwise: string, action: () => Promise<void>) {
  try {
    await action();
  } catch (error) {
    throw pageTrouble("browser-page", sent, `${otherwise} (${firstLine(error)})`);
  }
}

function firstLine(error: unknown): string {
  const [line = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  return line;
}

function pageTrouble(code: OwnCode, sent: string, received: string) {
  return ownTrouble(code, { sent: `${sent} in a browser`, received });
}
