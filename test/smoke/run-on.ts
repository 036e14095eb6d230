import type { SmokeReport } from "../../generators/_core/smoke/report.ts";
import { runSmoke, type SmokeOptions } from "../../generators/_core/smoke/run-smoke.ts";
import { parseSiteAddress } from "../../generators/_core/smoke/site/site-address.ts";
import { connectSite } from "../../generators/_core/smoke/site/site-client.ts";
import { startFakeSite, type Faults } from "./fake-site.ts";

/** Runs the basic test on a fake site. */
export async function testFakeSite(faults: Faults, options: Partial<SmokeOptions> = {}) {
  const { url, requests } = await startFakeSite(faults);
  return { report: await runOn(url, options), requests };
}

/** Runs the basic test on an address, briefly and with names that are always the same. */
export async function runOn(
  url: string,
  options: Partial<SmokeOptions> = {},
): Promise<SmokeReport> {
  const address = parseSiteAddress(url);
  const site = connectSite({ address, authority: undefined, timeout: 1 });
  const defaults: SmokeOptions = {
    adminToken: undefined,
    invite: undefined,
    firstAccountIsAdmin: false,
    keep: false,
    hold: 0.1,
    browser: undefined,
  };
  const world = {
    clock: () => 0,
    random: () => "random",
    onServer: () => {},
    onStep: () => {},
  };
  try {
    return await runSmoke(site, { ...defaults, ...options }, world);
  } finally {
    site.close();
  }
}
