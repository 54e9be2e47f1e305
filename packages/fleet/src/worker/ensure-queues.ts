import type { Settings } from "../settings.ts";

/** After how many seconds without a sign of life of its worker a job is given to another: the least that pg-boss takes. */
export const heartbeat = 10;

/** Longest that one job may take, in seconds: years of data of one user, at the pace of a slow server. */
const longestJob = 6 * 3600;

/** A job that was never fetched lasts this long, in seconds: longer than anybody leaves a fleet switched off. */
const retention = 365 * 24 * 3600;

/** Makes the queues where they are missing. */
export const ensureQueues = async ({ boss, queue, deadQueue }: Settings): Promise<void> => {
  await boss.createQueue(deadQueue, { policy: "stately", retentionSeconds: retention });
  await boss.createQueue(queue, {
    policy: "stately",
    partition: true,
    deadLetter: deadQueue,
    // Only the job of a worker that vanished is pg-boss's to repeat, at once: all else is settled by the worker.
    retryLimit: 100,
    retryDelay: 0,
    heartbeatSeconds: heartbeat,
    expireInSeconds: longestJob,
    retentionSeconds: retention,
    deleteAfterSeconds: 3600
  });
};
