import { parseSiteAddress, type SiteAddress } from "../../smoke/site/site-address.ts";
import { information, problemsOf, readWords } from "../command-line.ts";
import { misunderstood, type Option } from "../options.ts";

/** The options of `smoke`. */
export const smokeOptions = [
  {
    flag: "token-file",
    placeholder: "FILE",
    help: "an administrator's token (or in MATTERMOST_SMOKE_TOKEN), for a closed server: it makes the first account, removes what the test made and reads the settings behind a warning; - reads standard input",
  },
  {
    flag: "invite",
    placeholder: "ID",
    help: "the invite id of a team, for a closed server: it lets the first account in, which makes a team of its own for the test",
  },
  {
    flag: "first-account-is-admin",
    placeholder: "",
    help: "make the first account of a server, which becomes its administrator",
  },
  { flag: "keep", placeholder: "", help: "leave the accounts and the team there" },
  {
    flag: "hold",
    placeholder: "SECONDS",
    help: "leave the websocket idle for so long, such as 120, to outlast the time limits of a proxy; 2 by default",
  },
  { flag: "timeout", placeholder: "SECONDS", help: "wait so long for one answer; 30 by default" },
  {
    flag: "ca",
    placeholder: "FILE",
    help: "trust this authority too, a PEM file; NODE_EXTRA_CA_CERTS does the same",
  },
  {
    flag: "browser",
    placeholder: "",
    help: "also sign in with a headless Chromium and look for the banner; needs the package playwright-core",
  },
  { flag: "browser-path", placeholder: "FILE", help: "the Chromium or Chrome to use" },
  { flag: "json", placeholder: "", help: "print the result as JSON, and nothing else" },
  { flag: "junit", placeholder: "FILE", help: "write the result as JUnit XML" },
  {
    flag: "record",
    placeholder: "DIR",
    help: "write the result to DIR/.mattermost-deployment/basic-test.json, the evidence for the project in DIR",
  },
] as const satisfies readonly Option[];

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
 * Reads the words of a call of `smoke`.
 *
 * @param words Without the interpreter, the script and the word `smoke`.
 * @throws UserError naming every word that is not understood.
 */
export function parseSmokeWords(words: readonly string[]): SmokeCall | "help" | "version" {
  const options: readonly Option[] = [...smokeOptions, ...information];
  const { given, directories: addresses } = readWords(words, options);
  const flags = options.map(({ flag }) => flag);
  const problems = given.flatMap((one) => problemsOf(one, flags));
  if (problems.length > 0) throw misunderstood(problems);
  const values = Object.fromEntries(given.map(({ flag, value }) => [flag, value]));
  if (values["help"] === true) return "help";
  if (values["version"] === true) return "version";
  return parseSmokeValues(addresses, values);
}

/**
 * Reads a call of `smoke` whose words were taken apart already.
 *
 * @param values By flag; a flag that was not given is missing or `undefined`.
 * @throws UserError naming every value that is not understood.
 */
export function parseSmokeValues(
  addresses: readonly string[],
  values: Readonly<Record<string, unknown>>,
): SmokeCall {
  const [address] = addresses;
  const hold = parseSeconds(values["hold"], 2, 0);
  const timeout = parseSeconds(values["timeout"], 30, 1);
  const problems = problemsOfValues(addresses, values, { hold, timeout });
  if (address === undefined || hold === undefined || timeout === undefined || problems.length > 0)
    throw misunderstood(problems);
  const text = (flag: string) => {
    const value = values[flag];
    return typeof value === "string" ? value : undefined;
  };
  return {
    address: parseSiteAddress(address),
    tokenFile: text("token-file"),
    invite: text("invite"),
    firstAccountIsAdmin: values["first-account-is-admin"] === true,
    keep: values["keep"] === true,
    hold,
    timeout,
    authorityFile: text("ca"),
    browser: values["browser"] === true || text("browser-path") !== undefined,
    browserPath: text("browser-path"),
    json: values["json"] === true,
    junit: text("junit"),
    record: text("record"),
  };
}

function problemsOfValues(
  addresses: readonly string[],
  values: Readonly<Record<string, unknown>>,
  { hold, timeout }: Readonly<Record<"hold" | "timeout", number | undefined>>,
): readonly string[] {
  return [
    ...(hold === undefined ? [`--hold: found ${String(values["hold"])}, expected seconds`] : []),
    ...(timeout === undefined
      ? [`--timeout: found ${String(values["timeout"])}, expected seconds from 1 on`]
      : []),
    ...(values["token-file"] !== undefined && values["invite"] !== undefined
      ? ["--invite: found beside --token-file, expected one of them"]
      : []),
    ...(addresses.length === 1
      ? []
      : [
          `found ${addresses.length} site addresses, expected one, such as https://chat.example.com`,
        ]),
  ];
}

/** The longest time that a timer takes is some three weeks; a day is enough for everybody. */
function parseSeconds(value: unknown, fallback: number, least: number): number | undefined {
  if (value === undefined) return fallback;
  const text = typeof value === "string" ? value : "";
  const seconds = Number(text);
  return /^\d+(\.\d+)?$/.test(text) && seconds >= least && seconds <= 86_400 ? seconds : undefined;
}
