import { setTimeout } from "node:timers/promises";
import pg from "pg";
import type { Log } from "./log.ts";

/** A row with its columns by name. */
export type Row = Readonly<Record<string, unknown>>;

/** PostgreSQL, the one thing behind the stand-in that is real. */
export class Database {
  readonly pool: pg.Pool;

  private constructor(pool: pg.Pool) {
    this.pool = pool;
  }

  /**
   * Tries five times, two seconds apart, as the real server does (observed: it ends with 1 after
   * 8.3 s).
   *
   * @throws Error when PostgreSQL answers none of them.
   */
  static async connect(dataSource: string, connections: number, log: Log): Promise<Database> {
    const pool = new pg.Pool({ connectionString: dataSource, max: connections });
    // A connection that breaks while it is idle is replaced by the next query.
    pool.on("error", (error) =>
      log.write("error", "Lost a database connection", { error: error.message }),
    );
    for (let attempt = 1; ; attempt += 1) {
      try {
        await pool.query("SELECT 1");
        return new Database(pool);
      } catch (error) {
        log.write("error", "Failed to ping DB", { error: String(error), attempt });
        if (attempt === 5) throw new Error("failed to ping the database", { cause: error });
        await setTimeout(2000);
      }
    }
  }

  async rows(sql: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    return (await this.pool.query<Row>(sql, [...values])).rows;
  }

  async row(sql: string, values: readonly unknown[] = []): Promise<Row | undefined> {
    return (await this.rows(sql, values))[0];
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}
