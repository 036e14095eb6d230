import type { Facts } from "../../program/facts.ts";
import type { Files } from "../../program/requirement.ts";
import { isAside, isCommentedOut, isProse, placeOf, textLines } from "./text-lines.ts";

interface PlatformSign {
  readonly id: string;
  readonly path: RegExp;
  /** What has to stand in such a file, all of it. */
  readonly texts: readonly RegExp[];
}

const server = /mattermost/i;

/** Signs of platforms, the more particular ones first. */
const signs: readonly PlatformSign[] = [
  { id: "yunohost", path: /^manifest\.(toml|json)$/, texts: [/yunohost/i] },
  {
    id: "yunohost",
    path: /^manifest\.json$/,
    texts: [server, /"packaging_format"|"multi_instance"/],
  },
  { id: "cloudron", path: /^CloudronManifest\.json$/, texts: [server] },
  {
    id: "juju",
    path: /(^|\/)(charmcraft|metadata)\.yaml$/,
    texts: [server, /series:|provides:|requires:|charm/],
  },
  { id: "snap", path: /(^|\/)snapcraft\.yaml$/, texts: [server] },
  { id: "puppet", path: /^(manifests\/\w+\.pp|metadata\.json)$/, texts: [server] },
  { id: "chef", path: /^(metadata\.rb|recipes\/\w+\.rb)$/, texts: [server] },
  { id: "salt", path: /\.sls$/, texts: [server] },
  {
    id: "ansible",
    path: /(^|\/)(meta\/main|tasks\/[\w-]+|site|playbook|deploy|install)\.ya?ml$|^galaxy\.yml$/,
    texts: [server],
  },
  { id: "heroku", path: /^(app\.json|heroku\.yml|Procfile|bin\/detect)$/, texts: [] },
  { id: "kubernetes", path: /(^|\/)Chart\.ya?ml$/, texts: [server] },
  {
    id: "kubernetes",
    path: /\.ya?ml$/,
    texts: [
      server,
      /^\s*-?\s*kind:\s*(Mattermost|ClusterInstallation|Deployment|StatefulSet|DeploymentConfig|Template)\b/m,
    ],
  },
  { id: "docker", path: /(^|\/)(docker-)?compose[\w.-]*\.ya?ml$/, texts: [server] },
  { id: "docker", path: /(^|\/)(Dockerfile|Containerfile)[\w.-]*$/, texts: [server] },
  { id: "nix", path: /\.nix$/, texts: [server] },
  { id: "arch-package", path: /(^|\/)PKGBUILD$/, texts: [server] },
  { id: "rpm", path: /\.spec(\.in)?$/, texts: [server] },
  { id: "debian-package", path: /^debian\/control$/, texts: [server] },
  { id: "terraform", path: /\.tf$/, texts: [server] },
  { id: "cloud-init", path: /(^|\/)(cloud-(init|config)|user-?data)[\w.-]*$/, texts: [server] },
  { id: "nomad", path: /\.(nomad|hcl)$/, texts: [server] },
  {
    id: "linux",
    path: /(^|\/)[\w.-]*$/,
    texts: [/releases\.mattermost\.com|mattermost-[^\s/]{0,60}-linux-(amd64|\$)/i],
  },
  { id: "linux", path: /(^|\/)[\w-]*(\.sh|\.service)?$/, texts: [/\/opt\/mattermost/] },
  {
    id: "docker",
    path: /(^|\/)[\w-]*(\.sh)?$/,
    texts: [/docker (run|pull|compose)/, /mattermost\/(mattermost-|platform)/],
  },
];

/** Finds out with what a repository deploys the server: `undefined` when nothing in it does. */
export function platformFacts(files: Files): Facts["platform"] {
  const code = [...files].filter(([path]) => !isProse(path) && !isAside(path));
  const isAboutServer = code.some(([path, text]) => server.test(path) || server.test(text));
  if (!isAboutServer) return undefined;
  for (const { id, path: pattern, texts } of signs) {
    const hit = code.find(
      ([path, text]) => pattern.test(path) && texts.every((words) => words.test(text)),
    );
    if (!hit) continue;
    const [path, text] = hit;
    const lines = textLines(text);
    const line =
      lines.find((candidate) => server.test(candidate.text) && !isCommentedOut(candidate.text)) ??
      lines.find((candidate) => candidate.text.trim() !== "");
    return { id, place: placeOf(path, line ?? { text: "", line: 1 }) };
  }
  return undefined;
}
