/** Names of copies, and of folders that hold them for a while. */
export const backup =
  /back|bak(\b|_)|sav(e|ing)|\bold\b|_old|old_|recover|restor|snapshot|dump|previous|archiv|keep|kept|tmp|temp/i;
/** Where another version waits before it is put in its place. */
export const staging =
  /tmp|temp|partial|stag|download|\bnew\b|_new|new_|work|extract|unpack|cache|version|release/i;
/** Folders of what has just been fetched. */
export const incoming = /new|extract|unpack|download|stag|release|version|update/i;
const installationName =
  /\$\{?(\w*(MM|MATTERMOST|INSTALL|INSTALLATION|APP|FINAL|TARGET)\w*_?(DIR|DIRECTORY|PATH|HOME|ROOT|FOLDER)|INSTALL(ATION)?|MM_HOME|MATTERMOST)\b/i;
const installationPath =
  /(^|[\s=])\/[\w/.-]*\/mattermost(\/\.?|\/\*)?$|^\/?(\.\/)?mattermost\/?$|(^|\/)volumes(\/app(\/mattermost)?)?\/?$/;

/** Takes what variables are set to for their names. */
export type Resolve = (text: string) => string;

/** Whether a word names the folder of the server, and nothing within it. */
export function isInstallation(word: string, resolve: Resolve): boolean {
  const isInside =
    mentionsConfiguration(word) || mentionsData(word) || /\/(bin|logs|plugins|client)\b/.test(word);
  if (
    isInside ||
    (backup.test(word) && !installationName.test(word)) ||
    /[._-](old|bak|back|new|backup)\w*$/i.test(word)
  )
    return false;
  return (
    installationName.test(word) ||
    resolve(word)
      .split(/\s+/)
      .some((value) => installationPath.test(value))
  );
}

/** Whether a text names config.json, or the folder that holds it. */
export function mentionsConfiguration(text: string): boolean {
  return /config(?=[^a-z]|$|uration)/i.test(text);
}

/** Whether a text names the folder of uploaded files. */
export function mentionsData(text: string): boolean {
  return /(^|[^a-z])(data|uploads?)([^a-z]|$)/i.test(text);
}
