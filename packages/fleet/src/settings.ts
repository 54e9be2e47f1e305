import { defaultSchema, schemaName } from "./database/schema-name.ts";
import { createPostgresLedger } from "./ledger/postgres-ledger.ts";
import type { FleetOptions } from "./options.ts";

const atLeast = (name: string, value: number, least: number): number => {
  if (value >= least) return value;
  throw new RangeError(`${name} has to be a number of at least ${least}, not ${value}.`);
};

/** The options with their defaults. Throws a RangeError or TypeError for what cannot be meant. */
export const settingsOf = (options: FleetOptions) => {
  const schema = schemaName(options.schema ?? defaultSchema);
  const queue = options.queue ?? "tideway-upload";
  const { requests = 50, seconds = 1 } = options.rate ?? {};
  const { first = 30, longest = 3600 } = options.backoff ?? {};
  const upload = { trustLedger: true, ...options.upload };
  const jitter = options.jitter ?? 0.2;
  if (!(jitter >= 0 && jitter <= 1)) throw new RangeError(`jitter has to be between 0 and 1, not ${jitter}.`);
  return {
    pool: options.pool,
    boss: options.boss,
    app: options.app,
    transport: options.transport,
    source: options.source,
    schema,
    bossSchema: schemaName(options.bossSchema ?? "pgboss"),
    queue,
    deadQueue: `${queue}-dead`,
    ledger:
      options.ledger === false
        ? undefined
        : (options.ledger ?? createPostgresLedger({ pool: options.pool, schema, samples: !upload.trustLedger })),
    every: atLeast("every", options.every ?? 3600, 1),
    jitter,
    rate: { requests: atLeast("rate.requests", requests, 1), seconds: atLeast("rate.seconds", seconds, 0.001) },
    backoff: { first: atLeast("backoff.first", first, 0), longest: atLeast("backoff.longest", longest, 0) },
    maxDepth: atLeast("maxDepth", options.maxDepth ?? 100_000, 1),
    batch: atLeast("batch", options.batch ?? 5000, 1),
    client: { patience: 60_000, retries: 4, ...options.client },
    upload,
    onError: options.onError ?? (() => undefined),
    random: options.random ?? Math.random
  };
};

/** What every part of a fleet knows of it. */
export type Settings = ReturnType<typeof settingsOf>;
