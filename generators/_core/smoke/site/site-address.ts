import { UserError } from "../../user-error.ts";

/** The address of a site, parsed. */
export interface SiteAddress {
  /** Without a slash at its end: `https://chat.example.com`, or with the path that SiteURL has. */
  readonly base: string;
  /** What a browser that shows the site sends as `Origin`: `https://chat.example.com`. */
  readonly origin: string;
}

/**
 * Parses the address of a site as a person types it.
 *
 * @throws UserError when it is no http or https address, or holds more than an address.
 */
export function parseSiteAddress(text: string): SiteAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !["http:", "https:"].includes(url.protocol)) {
    throw refused(text, "expected an address that starts with https:// or http://");
  }
  if (url.username !== "" || url.password !== "") {
    throw refused(`${url.protocol}//…@${url.host}`, "expected an address without an account");
  }
  if (url.search !== "" || url.hash !== "") {
    throw refused(text, "expected an address without ? and #");
  }
  return { base: `${url.origin}${url.pathname.replace(/\/+$/, "")}`, origin: url.origin };
}

function refused(text: string, expected: string): UserError {
  return new UserError(`site address: found “${text}”, ${expected}`, {
    hint: "Give what people type in their browser, such as https://chat.example.com.",
  });
}
