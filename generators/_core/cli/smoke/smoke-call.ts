import { parseSiteAddress, type SiteAddress } from "../../smoke/site/site-address.ts";
import type { Given } from "../given.ts";
import { misunderstood } from "../option.ts";

/** A call of `smoke`, parsed. */
export interface SmokeCall {
  readonly address: SiteAddress;
  readonly tokenFile: string | undefined;
  readonly invite: string | undefined;
  readonly firstAccountIsAdmin: boolean;
  readonly keep: boolean;
  /** Seconds. */
  readonly hold: number;
  /** Seconds. */
  readonly timeout: number;
  readonly authorityFile: string | undefined;
  readonly browser: boolean;
  readonly browserPath: string | undefined;
  readonly json: boolean;
  readonly junit: string | undefined;
  readonly record: string | undefined;
}

/**
 * Reads what a call of `smoke` says.
 *
 * @throws UserError naming every value that is not understood.
 */
export function parseSmokeCall(given: Given): SmokeCall {
  const { positionals, textOf, isOn } = given;
  const [address] = positionals;
  const hold = parseSeconds(textOf("hold"), 2, 0);
  const timeout = parseSeconds(textOf("timeout"), 30, 1);
  const problems = [
    ...(hold === undefined ? [`--hold: found ${textOf("hold")}, expected seconds`] : []),
    ...(timeout === undefined
      ? [`--timeout: found ${textOf("timeout")}, expected seconds from 1 on`]
      : []),
    ...(textOf("token-file") !== undefined && textOf("invite") !== undefined
      ? ["--invite: found beside --token-file, expected one of them"]
      : []),
    ...(positionals.length === 1
      ? []
      : [
          `found ${positionals.length} site addresses, expected one, such as https://chat.example.com`,
        ]),
  ];
  if (address === undefined || hold === undefined || timeout === undefined || problems.length > 0)
    throw misunderstood(problems);
  return {
    address: parseSiteAddress(address),
    tokenFile: textOf("token-file"),
    invite: textOf("invite"),
    firstAccountIsAdmin: isOn("first-account-is-admin"),
    keep: isOn("keep"),
    hold,
    timeout,
    authorityFile: textOf("ca"),
    browser: isOn("browser") || textOf("browser-path") !== undefined,
    browserPath: textOf("browser-path"),
    json: isOn("json"),
    junit: textOf("junit"),
    record: textOf("record"),
  };
}

/** The longest time that a timer takes is some three weeks; a day is enough for everybody. */
function parseSeconds(
  text: string | undefined,
  fallback: number,
  least: number,
): number | undefined {
  if (text === undefined) return fallback;
  const seconds = Number(text);
  return /^\d+(\.\d+)?$/.test(text) && seconds >= least && seconds <= 86_400 ? seconds : undefined;
}
