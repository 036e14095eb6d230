import type { Audit } from "../audit.ts";

/** A way to print an audit. */
export interface Format {
  /** How every text of it begins, so that a file can be told to be an older report. */
  readonly begins: RegExp;
  load(): Promise<(audit: Audit) => string>;
}

/** The formats by the names that the user types; each is loaded when it is asked for. */
export const formats = {
  terminal: {
    begins: /^(No tier|Community|Registered|Certified) (as|by) /,
    load: async () => (await import("./terminal.ts")).terminalReport,
  },
  json: {
    begins: /^\{\n {2}"\$schema": "generator-mattermost-deployment\/schemas\/report\./,
    load: async () => (await import("./json.ts")).jsonReport,
  },
  markdown: {
    begins: /^<!-- mattermost-deployment check -->\n/,
    load: async () => (await import("./markdown.ts")).markdownReport,
  },
  sarif: {
    begins: /^\{\n[^{}]*\{\n[^{}]*\{\n[^{}]*\{\n\s*"name": "mattermost-deployment check"/,
    load: async () => (await import("./sarif.ts")).sarifReport,
  },
  junit: {
    begins:
      /^<\?xml [^>]*>\n<testsuites>\n\s*<testsuite id="0" package="mattermost-deployment\.check"/,
    load: async () => (await import("./junit.ts")).junitReport,
  },
  github: {
    begins: /^::(error|warning|notice) /,
    load: async () => (await import("./github.ts")).githubReport,
  },
  badge: {
    begins: /^<svg id="mattermost-deployment-check" /,
    load: async () => (await import("./badge.ts")).badgeReport,
  },
  html: {
    begins: /^<!doctype html>\n<!-- mattermost-deployment check -->\n/,
    load: async () => (await import("./html/page.ts")).htmlReport,
  },
} as const satisfies Readonly<Record<string, Format>>;

/** The name of a format. */
export type FormatName = keyof typeof formats;

/** Whether a name is one of a format. */
export function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(formats, name);
}
