import { UserError } from "../user-error.ts";
import type { RandomText } from "./account.ts";
import { isOtherSite, type SiteFacts } from "./advice/rule.ts";
import { attempt } from "./attempt.ts";
import { cleanUp, keep } from "./clean-up.ts";
import { readIsAdministrator, readPing, readServer, type ServerFacts } from "./read-server.ts";
import type { SmokeReport, StepReport } from "./report.ts";
import type { Site } from "./site/site-client.ts";
import { failureOf, recordSteps, type StepRecorder } from "./step-recorder.ts";
import { visitSite, type BrowserVisit } from "./steps/visit-site.ts";
import type { Made } from "./steps/visit.ts";
import type { Trouble } from "./trouble.ts";

/** What a test may do. */
export interface SmokeOptions {
  readonly adminToken: string | undefined;
  readonly invite: string | undefined;
  /** Whether the test may make the first account of a server, which becomes its administrator. */
  readonly firstAccountIsAdmin: boolean;
  /** Whether accounts and team stay. */
  readonly keep: boolean;
  /** How long the websocket is left idle, in seconds. */
  readonly hold: number;
  readonly browser: BrowserVisit | undefined;
}

/** What a test needs of the world beside the site. */
export interface SmokeWorld {
  /** Milliseconds since whenever. */
  readonly clock: () => number;
  readonly random: RandomText;
  readonly onServer: (server: ServerFacts) => void;
  readonly onStep: (step: StepReport) => void;
}

/**
 * Runs the program's basic test on a site.
 *
 * @throws UserError when the call does not fit the server; nothing was made on it then.
 */
export async function runSmoke(
  site: Site,
  options: SmokeOptions,
  world: SmokeWorld,
): Promise<SmokeReport> {
  const { origin, base } = site.address;
  const ping = await attempt(() => readPing(site));
  if (ping.trouble && !ping.trouble.isFromServer) {
    return {
      reached: false,
      site: base,
      failure: failureOf(ping.trouble, { origin, siteUrl: "" }),
    };
  }
  const { value: server, trouble } = await attempt(() => approach(site, options, ping.value ?? ""));
  const facts: SiteFacts = { origin, siteUrl: server?.siteUrl ?? "" };
  if (!server) return silentServer(base, trouble, recordSteps(facts, world.clock, world.onStep));
  world.onServer(server);
  const recorder = recordSteps(facts, world.clock, world.onStep);
  const made: Made[] = [];
  const visit = {
    site,
    run: world.random(8),
    random: world.random,
    adminToken: options.adminToken,
    invite: options.invite,
    remember: (one: Made) => void made.push(one),
  };
  const tidyUp = () => (options.keep ? keep(made) : cleanUp(site, made, options.adminToken));
  const found = await visitSite(visit, options, recorder).catch(async (error: unknown) => {
    await tidyUp();
    throw error;
  });
  const warnings = [...siteUrlWarnings(facts), ...adminWarnings(server, made), ...found];
  const steps = recorder.steps();
  return { reached: true, site: base, server, steps, warnings, cleanUp: await tidyUp() };
}

/** Asks a server who it is, and refuses a call that does not fit it. */
async function approach(site: Site, options: SmokeOptions, version: string): Promise<ServerFacts> {
  const server = await readServer(site, version);
  if (server.hasNoAccounts && !options.firstAccountIsAdmin) {
    throw new UserError(
      `${site.address.base} has no account yet, and the first becomes its administrator; none was made`,
      {
        hint: "Make the administrator's account first; where it may be thrown away, add --first-account-is-admin.",
      },
    );
  }
  if (options.adminToken !== undefined) {
    const isAdministrator = await readIsAdministrator(site, options.adminToken);
    if (isAdministrator !== true) {
      const problem = isAdministrator === false ? "is not an administrator's" : "is none it knows";
      throw new UserError(`${site.address.base} says that the token ${problem}; nothing was made`, {
        hint: "Give a session's token of an administrator, or a personal access token: mmctl token generate (needs ServiceSettings.EnableUserAccessTokens).",
      });
    }
  }
  return server;
}

/** A server that answers and cannot say who it is: something is wrong with it, not with the way. */
async function silentServer(
  site: string,
  trouble: Trouble,
  recorder: StepRecorder,
): Promise<SmokeReport> {
  for (const id of ["first-account", "second-account", "image"] as const) {
    recorder.skip(id, "the server did not tell whether it has accounts");
  }
  await recorder.judge("no-errors", () => Promise.resolve([trouble]));
  const cleanUp = { done: [], left: [] };
  return { reached: true, site, server: undefined, steps: recorder.steps(), warnings: [], cleanUp };
}

function siteUrlWarnings(facts: SiteFacts): readonly string[] {
  if (facts.siteUrl === "") {
    return ["SiteURL is not set: links in mails and sign-in by other services do not work without"];
  }
  return isOtherSite(facts)
    ? [`SiteURL of the server is ${facts.siteUrl}, and ${facts.origin} was tested`]
    : [];
}

function adminWarnings(server: ServerFacts, made: readonly Made[]): readonly string[] {
  const first = made.find((one) => one.kind === "account");
  if (!server.hasNoAccounts || !first) return [];
  return [
    `${first.username} was the first account and so the server's administrator, and nobody has its password; make another: mmctl --local user create --system-admin`,
  ];
}
