import type { Datum } from "@tideway/core";
import {
  createFleet,
  type Fleet,
  type FleetOptions,
  type FleetWorker,
  type Outcome,
  type WorkOptions
} from "@tideway/fleet";
import type { useDatabase } from "./database.ts";
import { createPlatform } from "./platform.ts";

const run = Math.floor(performance.timeOrigin).toString(36);
let made = 0;

/** A fleet of its own in the database of the file, on a Tidepool in memory; what it started ends with `stop`. */
export const runFleet = async ({ pool, boss }: ReturnType<typeof useDatabase>, options: Partial<FleetOptions> = {}) => {
  const platform = createPlatform();
  const name = `fleet_${run}_${++made}`;
  const errors: Array<unknown> = [];
  const fleet: Fleet = await createFleet({
    pool,
    boss,
    schema: name,
    queue: name,
    app: { name: "org.example.app", version: "1.0.0" },
    transport: platform.transport,
    client: { retries: 0, policy: { settling: { quiet: 50, recheckAfter: 0, grace: 50 } } },
    onError: (error) => errors.push(error),
    ...options
  });
  const workers: Array<FleetWorker> = [];
  const outcomes: Array<readonly [string, Outcome]> = [];

  return {
    fleet,
    platform,
    name,
    errors,
    outcomes,
    /** In a transaction of its own. */
    enqueue: async (userId: string, datums: ReadonlyArray<Datum>) => {
      const client = await pool.connect();
      try {
        await client.query("BEGIN");
        await fleet.enqueue(client, userId, datums);
        await client.query("COMMIT");
      } catch (cause) {
        await client.query("ROLLBACK");
        throw cause;
      } finally {
        client.release();
      }
    },
    work: (work: WorkOptions = {}) => {
      const onOutcome: WorkOptions["onOutcome"] = (userId, outcome) => outcomes.push([userId, outcome]);
      const worker = fleet.work({ poll: 20, armEvery: 50, onOutcome, ...work });
      workers.push(worker);
      return worker;
    },
    stop: async () => {
      await Promise.all(workers.map((worker) => worker.stop()));
      await boss.deleteQueue(name);
      await boss.deleteQueue(`${name}-dead`);
      await pool.query(`DROP SCHEMA ${name} CASCADE`);
    }
  };
};
