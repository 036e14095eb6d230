import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pins } from "../../generators/_core/project/pins.ts";
import type { Engine } from "./engine.ts";
import { guardedFolder } from "./guarded-folder.ts";
import { imageContents, nextPostgres, rootFileSystem } from "./root-file-system.ts";

/** The images of PostgreSQL that tests have: what projects pin, and the next major version. */
export const postgresTags = {
  pinned: `postgres:${pins.postgresMajor}-${pins.postgresDistribution}`,
  next: `postgres:18-${pins.postgresDistribution}`,
} as const;

/**
 * Builds the images that compose files name as `…/library/NAME:TAG`, and PostgreSQL's, under those
 * names: nothing is pulled in tests. What is in them is Debian 12's, whatever the tag says
 * (PostgreSQL 15, nginx 1.22, Caddy 2.6), behind the part of the official images' interface that
 * emitted projects use.
 */
export async function buildCompanionImages(
  engine: Engine,
  compose: readonly string[],
): Promise<void> {
  const found = compose.flatMap((text) => [...text.matchAll(/\/library\/((\w+):[\w.-]+)/g)]);
  const names = new Map(found.map(([, tag = "", name = ""]) => [tag, name]));
  names.set(postgresTags.pinned, "postgres");
  const root = await rootFileSystem(imageContents);
  await engine.docker(["import", root, "debian-with-servers"]);
  for (const [tag, name] of names) {
    const recipe = recipes[name];
    if (recipe === undefined) throw new Error(`no image is known that could stand in for ${tag}`);
    await buildImage(engine, `FROM debian-with-servers\n${recipe}`, tag);
  }
}

/**
 * Builds the image of the next major version of PostgreSQL: Debian 13's 17, which cannot read what
 * Debian 12's 15 wrote, in the layout that the official images have from 18 on.
 */
export async function buildNextPostgresImage(engine: Engine): Promise<void> {
  await engine.docker(["import", await rootFileSystem(nextPostgres), "debian-13-with-postgres"]);
  await buildImage(
    engine,
    `FROM debian-13-with-postgres\n${nextPostgresRecipe}`,
    postgresTags.next,
  );
}

async function buildImage(engine: Engine, dockerfile: string, tag: string): Promise<void> {
  const folder = await guardedFolder("images");
  writeFileSync(join(folder.path, "Dockerfile"), dockerfile);
  writeFileSync(join(folder.path, "entrypoint"), postgresEntrypoint);
  chmodSync(join(folder.path, "entrypoint"), 0o755);
  await engine.build(folder.path, `docker.io/library/${tag}`);
  await folder.remove();
}

const recipes: Readonly<Record<string, string>> = {
  postgres: `ENV PATH=/usr/lib/postgresql/15/bin:/usr/sbin:/usr/bin:/sbin:/bin
ENV PGDATA=/var/lib/postgresql/data
COPY entrypoint /usr/local/bin/docker-entrypoint.sh
RUN rm -rf /var/lib/postgresql/* && install -d -m 3777 /run/postgresql && \\
  install -d -o postgres -g postgres -m 1777 "$PGDATA"
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
RUN setcap cap_net_bind_service=+ep /usr/bin/caddy && mkdir -p /config/caddy /data/caddy
EXPOSE 80 443 443/udp
CMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"]
`,
};

const nextPostgresRecipe = `ENV PATH=/usr/lib/postgresql/17/bin:/usr/sbin:/usr/bin:/sbin:/bin
ENV PGDATA=/var/lib/postgresql/18/docker
COPY entrypoint /usr/local/bin/docker-entrypoint.sh
RUN rm -rf /var/lib/postgresql/* && install -d -m 3777 /run/postgresql && \\
  chmod 1777 /var/lib/postgresql
VOLUME /var/lib/postgresql
EXPOSE 5432
STOPSIGNAL SIGINT
ENTRYPOINT ["/usr/local/bin/docker-entrypoint.sh"]
CMD ["postgres"]
`;

// What the official entry point does for POSTGRES_PASSWORD and for POSTGRES_INITDB_ARGS, as root or,
// when it is started so, as postgres.
const postgresEntrypoint = `#!/usr/bin/env bash
set -euo pipefail
mkdir -p "$PGDATA"
if [[ $1 == postgres && $(id -u) == 0 ]]; then
  chown -R postgres: "$PGDATA" /var/run/postgresql
  chmod 700 "$PGDATA"
  exec setpriv --reuid postgres --regid postgres --init-groups "$0" "$@"
fi
if [[ $1 == postgres && ! -s $PGDATA/PG_VERSION ]]; then
  chmod 700 "$PGDATA"
  read -ra arguments <<<"\${POSTGRES_INITDB_ARGS:-}"
  initdb --username postgres --pwfile <(printf '%s\\n' "$POSTGRES_PASSWORD") --encoding UTF8 \\
    --auth-host scram-sha-256 --auth-local trust -D "$PGDATA" "\${arguments[@]}"
  echo "host all all all scram-sha-256" >>"$PGDATA/pg_hba.conf"
  echo "listen_addresses = '*'" >>"$PGDATA/postgresql.conf"
fi
unset POSTGRES_PASSWORD
exec "$@"
`;
