import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "../machines/engine.ts";
import { guardedFolder } from "../machines/guarded-folder.ts";
import { layOut, type Edition } from "./archive.ts";
import type { Release } from "./server/release.ts";

/**
 * Builds the image of a version under the official name, as `mattermost.md` section 4.3 describes the
 * real one: no shell, uid 2000, volumes, local mode on, `mmctl` for its health.
 */
export async function buildServerImage(
  engine: Engine,
  release: Release,
  edition: Edition = "team",
): Promise<string> {
  const folder = await guardedFolder("server-image");
  const root = join(folder.path, "root");
  await layOut(release, join(root, "mattermost"));
  for (const path of [...volumes, "/tmp", "/var/tmp", "/etc"])
    mkdirSync(join(root, path), { recursive: true });
  const user = "mattermost:x:2000:2000::/mattermost:/usr/sbin/nologin\n";
  writeFileSync(join(root, "etc/passwd"), `root:x:0:0:root:/root:/usr/sbin/nologin\n${user}`);
  writeFileSync(join(root, "etc/group"), "root:x:0:\nmattermost:x:2000:\n");
  writeFileSync(join(folder.path, "Dockerfile"), dockerfile);
  const tag = `mattermost/mattermost-${edition}-edition:${release.version}`;
  await engine.build(folder.path, tag);
  await folder.remove();
  return tag;
}

const volumes = [
  "/mattermost/data",
  "/mattermost/logs",
  "/mattermost/config",
  "/mattermost/plugins",
  "/mattermost/client/plugins",
];

const dockerfile = `FROM scratch
COPY root/etc /etc
COPY --chown=2000:2000 root/tmp /tmp
COPY --chown=2000:2000 root/var /var
COPY --chown=2000:2000 root/mattermost /mattermost
ENV PATH=/mattermost/bin MM_SERVICESETTINGS_ENABLELOCALMODE=true MM_INSTALL_TYPE=docker
USER mattermost
WORKDIR /mattermost
HEALTHCHECK --interval=30s --timeout=10s CMD ["/mattermost/bin/mmctl", "system", "status", "--local"]
EXPOSE 8065 8067 8074 8075
VOLUME ${volumes.join(" ")}
CMD ["/mattermost/bin/mattermost"]
`;
