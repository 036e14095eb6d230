import type { Deployment } from "./docker-deployment.ts";

/** Puts rows that cannot be packed into the database, so that a dump and its restoration take time. */
export async function addBallast(chat: Deployment): Promise<void> {
  const rows = "SELECT md5(random()::text) || md5(random()::text) FROM generate_series(1, 300000)";
  await runSql(chat, `CREATE TABLE ballast AS ${rows}`);
}

/** Takes them out again. */
export async function dropBallast(chat: Deployment): Promise<void> {
  await runSql(chat, "DROP TABLE ballast");
}

async function runSql(chat: Deployment, sql: string): Promise<void> {
  const psql = `psql --username postgres --dbname mattermost --command "${sql}"`;
  await chat.succeed(`docker compose exec -T postgres ${psql}`);
}
