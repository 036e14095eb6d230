import { attempt } from "../attempt.ts";
import type { StepId } from "../report.ts";
import type { StepRecorder } from "../step-recorder.ts";
import { firstAccount, type Beginning } from "./first-account.ts";
import { tryForeignOrigin } from "./foreign-origin.ts";
import { imageReply } from "./image.ts";
import { findErrors } from "./no-errors.ts";
import { secondAccount } from "./second-account.ts";
import type { Visit, Visitor } from "./visit.ts";
import { listen } from "./websocket.ts";

/** Signs in with a browser and looks for the banner; throws SiteTrouble where it finds it. */
export type BrowserVisit = (base: string, visitor: Visitor, teamName: string) => Promise<void>;

/**
 * Goes through the parts of the test. The websocket is opened before the second account replies, so
 * that it has something to deliver, and judged at the end.
 *
 * @returns Warnings.
 */
export async function visitSite(
  visit: Visit,
  options: { readonly hold: number; readonly browser: BrowserVisit | undefined },
  recorder: StepRecorder,
): Promise<readonly string[]> {
  const { site } = visit;
  const beginning = await recorder.run("first-account", () => firstAccount(visit));
  const socket = beginning && (await attempt(() => listen(site, beginning.first.token)));
  try {
    const reply = await dependent(recorder, "second-account", beginning, (begun) =>
      secondAccount(visit, begun),
    );
    await dependent(recorder, "image", beginning, (begun) => imageReply(visit, begun));
    const warnings = socket?.value ? await tryForeignOrigin(site, visit.adminToken) : [];
    const { hold, browser } = options;
    await recorder.judge("no-errors", () => findErrors({ site, socket, reply, hold }));
    if (browser) {
      await dependent(recorder, "browser", beginning, ({ first, team }) =>
        browser(site.address.base, first, team.name),
      );
    }
    return warnings;
  } finally {
    socket?.value?.close();
  }
}

/** Runs a step that needs what the first one made. */
async function dependent<T>(
  recorder: StepRecorder,
  id: StepId,
  beginning: Beginning | undefined,
  action: (beginning: Beginning) => Promise<T>,
): Promise<T | undefined> {
  if (beginning) return recorder.run(id, () => action(beginning));
  recorder.skip(id, "the first account did not get so far");
  return undefined;
}
