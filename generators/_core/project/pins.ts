/**
 * What emitted projects use beside the server itself, each in one version.
 *
 * The database's major version and the distribution of its image never move by themselves: another
 * major needs a dump and a restore, another distribution changes how text is sorted.
 */
export const pins = {
  postgresMajor: "17",
  postgresDistribution: "bookworm",
  caddyImage: "caddy:2.10-alpine",
  nginxImage: "nginx:1.28-alpine",
  checkoutAction: "actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8  # v5",
} as const;
