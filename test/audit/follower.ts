import { judgeRepository } from "../../generators/_core/audit/judge-repository.ts";
import type { Report } from "../../generators/_core/audit/report.ts";
import { snapshotOf } from "../../generators/_core/repository/snapshot.ts";
import { today } from "../projects.ts";

/** What a verdict of the tests depends on beside the repository. */
export const judgeWorld = { today, packageVersion: "1.0.0" };

/** Texts by path. */
export type Files = Readonly<Record<string, string>>;

/** A deployment by hand that follows the program in the words of 2017, in reStructuredText. */
export const follower: Files = {
  "README.rst": `=====
 Chat
=====

This module installs and upgrades a Mattermost server to provide secure, private
cloud messaging for teams and enterprises. More information is available at:
https://about.mattermost.com

Please see \`the documentation <https://docs.mattermost.com>\`__ for official
documentation.

Following automated deployment, the following steps are required to make your
system production-ready:

* \`Configure SSL for Mattermost <https://about.mattermost.com/ssl-configuration/>\`__
* \`Configure SMTP email for Mattermost <https://about.mattermost.com/smtp-configuration/>\`__

Supported systems
=================

Debian 12

Unofficial: Rocky Linux 9, at your own risk.

Upgrading
=========

.. code:: sh

   ./upgrade.sh

Security
========

We highly recommend users subscribe to the Mattermost security updates email
list. When notified of a security update, the maintainers of this module
will make an effort to update to the secure version within 10 days.

Name
====

The name for this deployment solution in the context of \`Mattermost branding
guidelines <https://www.mattermost.org/brand-guidelines/>\`__ is
\`\`Chat for Mattermost by Example Org\`\`.
`,
  "History.rst": "1.0.0\n-----\n\n* Mattermost 11.7.9\n",
  "version.conf": "MATTERMOST_VERSION=11.7.9\n",
  "install.sh":
    "#!/bin/sh\n. ./version.conf\ncurl -O https://releases.mattermost.com/$MATTERMOST_VERSION/x.tar.gz\n",
  "upgrade.sh":
    "#!/bin/sh\npg_dump mattermost >backup.sql\ncp -a config data backup/\ntar -xzf mattermost.tar.gz -C /opt\ncp -a backup/config backup/data /opt/mattermost/\nsystemctl restart mattermost\n",
};

/** The verdict on a repository of some files. */
export async function judge(files: Files): Promise<Report> {
  return judgeRepository(snapshotOf(new Map(Object.entries(files))), judgeWorld);
}

/** The outcome of each requirement by its id. */
export function outcomesOf({ requirements }: Report): Readonly<Record<string, string>> {
  return Object.fromEntries(requirements.map(({ id, outcome }) => [id, outcome]));
}
