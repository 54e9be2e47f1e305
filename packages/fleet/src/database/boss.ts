/** How pg-boss takes a transaction. */
interface BossDb {
  executeSql(text: string, values?: ReadonlyArray<unknown>): Promise<{ rows: Array<unknown> }>;
}

/** One attempt at a job: what settles another attempt of it does nothing. */
export interface JobAttempt {
  readonly id: string;
  readonly retryCount: number;
}

interface FetchedJob extends JobAttempt {
  readonly data: unknown;
}

interface FoundJob {
  readonly data: unknown;
  readonly createdOn: Date;
}

interface JobOptions {
  readonly singletonKey: string;
  readonly startAfter?: number;
  readonly db: BossDb;
}

interface QueueOptions {
  readonly policy: string;
  readonly partition?: boolean;
  readonly deadLetter?: string;
  readonly retryLimit?: number;
  readonly retryDelay?: number;
  readonly heartbeatSeconds?: number;
  readonly expireInSeconds?: number;
  readonly retentionSeconds?: number;
  readonly deleteAfterSeconds?: number;
}

/**
 * What a fleet asks of pg-boss 12: a started `PgBoss`. Told by its shape, because pg-boss's own declarations only compile where
 * libraries are not checked.
 */
export interface Boss {
  createQueue(name: string, options: QueueOptions): Promise<void>;
  upsert(name: string, data: object, options: JobOptions): Promise<unknown>;
  insert(
    name: string,
    jobs: Array<{ data: object; singletonKey: string }>,
    options: { readonly db: BossDb }
  ): Promise<unknown>;
  fetch(name: string, options: { readonly batchSize: number }): Promise<ReadonlyArray<FetchedJob>>;
  complete(name: string, job: JobAttempt, output?: object | null, options?: { readonly db: BossDb }): Promise<unknown>;
  /** Says that jobs are worked on. Tells how many of them still are the caller's, as `affected`. */
  touch(name: string, jobs: JobAttempt | Array<JobAttempt>): Promise<object>;
  findJobs(
    name: string,
    options: { readonly queued: boolean; readonly limit: number }
  ): Promise<ReadonlyArray<FoundJob>>;
  deleteJob(name: string, ids: Array<string>, options: { readonly db: BossDb }): Promise<unknown>;
}
