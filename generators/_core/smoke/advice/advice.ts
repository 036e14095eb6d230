import type { Trouble } from "../trouble.ts";
import { networkRules } from "./network-rules.ts";
import { proxyRules } from "./proxy-rules.ts";
import type { Advice, SiteFacts } from "./rule.ts";
import { settingRules } from "./setting-rules.ts";
import { websocketRules } from "./websocket-rules.ts";

/** Every rule, the narrower ones first. */
export const rules = [...networkRules, ...websocketRules, ...settingRules, ...proxyRules];

const fallback: Advice = {
  id: "unknown",
  likely: "This command knows no cause for that.",
  mend: "Look for the request in the log of the server and in that of the proxy.",
};

/** The first piece of advice that applies. */
export function adviceFor(trouble: Trouble, site: SiteFacts): Advice {
  const { id, likely, mend } = rules.find(({ applies }) => applies(trouble, site)) ?? fallback;
  const fill = (text: string) =>
    text.replaceAll("{siteUrl}", site.siteUrl).replaceAll("{origin}", site.origin);
  return { id, likely: fill(likely), mend: fill(mend) };
}
