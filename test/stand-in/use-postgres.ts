import { afterAll, beforeAll } from "vitest";
import { startPostgres, type PostgresCluster } from "../machines/postgres-cluster.ts";

/** PostgreSQL as the tests of a file use it. */
export interface UsedPostgres {
  /** There from the first test on. */
  cluster(): PostgresCluster;
  /** Makes a database that nothing is in, and returns its address. */
  emptyDatabase(): Promise<string>;
}

/** Runs PostgreSQL for the tests of a file. */
export function usePostgres(): UsedPostgres {
  let postgres: PostgresCluster;
  let made = 0;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.remove());
  return {
    cluster: () => postgres,
    emptyDatabase: () => {
      made += 1;
      return postgres.makeDatabase(`made${made}`);
    },
  };
}
