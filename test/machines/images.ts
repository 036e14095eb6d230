import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "./engine.ts";
import { guardedFolder } from "./guarded-folder.ts";
import { imageContents, rootFileSystem } from "./root-file-system.ts";

/**
 * Builds the images that compose files name as `…/library/NAME:TAG`, under those names: nothing is
 * pulled in tests. What is in them is Debian 12's, whatever the tag says (PostgreSQL 15, nginx 1.22,
 * Caddy 2.6), behind the part of the official images' interface that emitted projects use.
 */
export async function buildCompanionImages(
  engine: Engine,
  compose: readonly string[],
): Promise<void> {
  const found = compose.flatMap((text) => [...text.matchAll(/\/library\/((\w+):[\w.-]+)/g)]);
  const names = new Map(found.map(([, tag = "", name = ""]) => [tag, name]));
  const root = await rootFileSystem(imageContents);
  await engine.docker(["import", root, "debian-with-servers"]);
  const folder = await guardedFolder("images");
  for (const [tag, name] of names) {
    const recipe = recipes[name];
    if (recipe === undefined) throw new Error(`no image is known that could stand in for ${tag}`);
    const context = join(folder.path, name);
    mkdirSync(context);
    writeFileSync(join(context, "Dockerfile"), `FROM debian-with-servers\n${recipe}`);
    writeFileSync(join(context, "entrypoint"), postgresEntrypoint);
    chmodSync(join(context, "entrypoint"), 0o755);
    await engine.build(context, `docker.io/library/${tag}`);
  }
  await folder.remove();
}

const recipes: Readonly<Record<string, string>> = {
  postgres: `ENV PATH=/usr/lib/postgresql/15/bin:/usr/sbin:/usr/bin:/sbin:/bin
ENV PGDATA=/var/lib/postgresql/data
COPY entrypoint /usr/local/bin/docker-entrypoint.sh
RUN mkdir -p "$PGDATA" && chown postgres: "$PGDATA"
VOLUME /var/lib/postgresql/data
EXPOSE 5432
STOPSIGNAL SIGINT
ENTRYPOINT ["/usr/local/bin/docker-entrypoint.sh"]
CMD ["postgres"]
`,
  nginx: `RUN useradd --system nginx && rm -f /etc/nginx/sites-enabled/default && \\
  ln -sf /dev/stdout /var/log/nginx/access.log && ln -sf /dev/stderr /var/log/nginx/error.log
EXPOSE 80
STOPSIGNAL SIGQUIT
CMD ["nginx", "-g", "daemon off;"]
`,
  caddy: `ENV XDG_CONFIG_HOME=/config XDG_DATA_HOME=/data
EXPOSE 80 443 443/udp
CMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"]
`,
};

// What the official entry point does for POSTGRES_PASSWORD_FILE, which only root may read, and for
// POSTGRES_INITDB_ARGS.
const postgresEntrypoint = `#!/usr/bin/env bash
set -euo pipefail
if [[ $1 == postgres && $(id -u) == 0 ]]; then
  chown -R postgres: "$PGDATA" /var/run/postgresql
  chmod 700 "$PGDATA"
  POSTGRES_PASSWORD=$(cat "$POSTGRES_PASSWORD_FILE")
  export POSTGRES_PASSWORD
  exec setpriv --reuid postgres --regid postgres --init-groups "$0" "$@"
fi
if [[ $1 == postgres && ! -s $PGDATA/PG_VERSION ]]; then
  read -ra arguments <<<"\${POSTGRES_INITDB_ARGS:-}"
  initdb --username postgres --pwfile <(printf '%s\\n' "$POSTGRES_PASSWORD") --encoding UTF8 \\
    --auth-host scram-sha-256 --auth-local trust -D "$PGDATA" "\${arguments[@]}"
  echo "host all all all scram-sha-256" >>"$PGDATA/pg_hba.conf"
  echo "listen_addresses = '*'" >>"$PGDATA/postgresql.conf"
fi
unset POSTGRES_PASSWORD
exec "$@"
`;
