/** What a program is there for, as far as an upgrade is concerned. */
export type ShellTool =
  | "package"
  | "dump"
  | "copy"
  | "removal"
  | "link"
  | "unpacking"
  | "service"
  | "container"
  | "cluster";

const names: readonly (readonly [ShellTool, string])[] = [
  ["package", "apt apt-get dnf yum dpkg rpm apk snap zypper"],
  ["dump", "pg_dump pg_dumpall pg_basebackup mysqldump mariadb-dump"],
  [
    "copy",
    "cp mv rsync scp tar bsdtar zip 7z install cpio restic borg rclone rdiff-backup duplicity",
  ],
  ["removal", "rm"],
  ["link", "ln symlink"],
  ["unpacking", "ynh_setup_source"],
  ["service", "systemctl service supervisorctl rc-service initctl sv"],
  ["container", "docker podman compose docker-compose podman-compose nerdctl"],
  ["cluster", "helm kubectl"],
];
const families: readonly (readonly [ShellTool, RegExp])[] = [
  ["dump", /^ynh_(psql|mysql)(_dump\w*|_db_dump)$/],
  ["copy", /^ynh_(safe_)?backup\w*$/],
  ["unpacking", /^unzip/],
  ["service", /^ynh_system(d|ctl)\w*$/],
];
const tools = new Map(
  names.flatMap(([tool, listed]) => listed.split(" ").map((name) => [name, tool] as const)),
);

/** The tool that a word calls, by its name alone or by its path. Most words call none. */
export function toolOf(word: string): ShellTool | undefined {
  const name = nameOf(word);
  const known = tools.get(name);
  if (known !== undefined || !/^(ynh_|unzip)/.test(name)) return known;
  return families.find(([, pattern]) => pattern.test(name))?.[0];
}

/** The name of a program without its folder. */
export function nameOf(word: string): string {
  return word.slice(word.lastIndexOf("/") + 1);
}
