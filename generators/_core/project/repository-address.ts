/**
 * Says what is expected of a repository's public address, or `undefined` when it is fine.
 *
 * It stands in commands that operators paste into a shell, so only letters that need no quoting in
 * a shell, in Markdown or in YAML are taken, and no credentials.
 */
export function repositoryExpectation(text: string): string | undefined {
  return /^https:\/\/[A-Za-z0-9.-]+(:\d{1,5})?(\/[A-Za-z0-9_~][A-Za-z0-9._~-]*)+\/?$/.test(text)
    ? undefined
    : "expected an address such as https://git.example.org/example/mattermost.git, without credentials";
}

/** The folder that `git clone` makes of an address: its last part without `.git`. */
export function checkoutFolder(address: string): string {
  const last = address.replace(/\/+$/, "").split("/").at(-1) ?? "";
  return last.replace(/\.git$/, "");
}
