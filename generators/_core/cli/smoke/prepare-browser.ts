import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { useBrowser } from "../../smoke/site/site-browser.ts";
import type { BrowserVisit } from "../../smoke/steps/visit-site.ts";
import { errorCode, UserError } from "../../user-error.ts";
import type { SmokeCall } from "./smoke-call.ts";

const programs = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const elsewhere = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * Gets a headless Chromium ready.
 *
 * @throws UserError when the package that drives it or the browser itself is missing.
 */
export async function prepareBrowser(
  { browserPath, authorityFile, timeout }: SmokeCall,
  {
    cwd,
    environment,
  }: {
    /** From where paths are taken. */
    readonly cwd: string;
    readonly environment: Readonly<Record<string, string | undefined>>;
  },
): Promise<BrowserVisit> {
  const { chromium } = await loadDriver();
  const paths = (environment["PATH"] ?? "").split(delimiter);
  const candidates = paths.flatMap((folder) => programs.map((name) => join(folder, name)));
  const found = [...candidates, ...elsewhere, chromium.executablePath()].find(isProgram);
  const executablePath = browserPath === undefined ? found : resolve(cwd, browserPath);
  if (executablePath === undefined || !isProgram(executablePath)) {
    const what = browserPath === undefined ? "found no Chromium or Chrome" : `found no program`;
    const where = browserPath === undefined ? "--browser" : `--browser-path ${browserPath}`;
    throw new UserError(`${where}: ${what}`, {
      hint: "Install Chromium, or give its path with --browser-path.",
    });
  }
  const launch = () => chromium.launch({ executablePath, timeout: timeout * 1000 });
  return useBrowser({ launch, hasOwnAuthority: authorityFile !== undefined, timeout });
}

async function loadDriver(): Promise<typeof import("playwright-core")> {
  try {
    return await import("playwright-core");
  } catch (cause) {
    if (errorCode(cause) !== "ERR_MODULE_NOT_FOUND") throw cause;
    throw new UserError("--browser: the package playwright-core is not installed", {
      hint: "Install it beside this one: npm install playwright-core, with --global where this one is.",
      cause,
    });
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
