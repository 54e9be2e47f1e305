import { bossOptions } from "@tideway/fleet";
import { startEmbedded, startInstalled } from "@tideway/fleet/testing";
import { Pool } from "pg";
import { PgBoss } from "pg-boss";
import { afterAll, beforeAll } from "vitest";

/** The one that is given, or one that is installed, or else one in this process: the quickest first. */
const startDatabase = async () => {
  const url = process.env["DATABASE_URL"];
  if (url !== undefined) return { url, close: async () => undefined };
  return (await startInstalled()) ?? startEmbedded();
};

/** A database with pg-boss on it, and what closes both; from the first test of a file to its last. */
export const useDatabase = () => {
  const context = { url: "" } as { url: string; pool: Pool; boss: PgBoss };
  let close: () => Promise<void> = async () => undefined;
  beforeAll(async () => {
    const database = await startDatabase();
    const pool = new Pool({ connectionString: database.url, max: 10 });
    pool.on("error", () => undefined);
    const boss = new PgBoss({ connectionString: database.url, max: 4, ...bossOptions, supervise: false });
    boss.on("error", () => undefined);
    close = async () => {
      await boss.stop({ graceful: false });
      await pool.end();
      await database.close();
    };
    Object.assign(context, { url: database.url, pool, boss });
    await boss.start();
  }, 300_000);
  afterAll(() => close());
  return context;
};
