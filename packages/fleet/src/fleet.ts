import type { Datum } from "@tideway/core";
import { toBossDb, type Transaction } from "./database/database.ts";
import { ensureTables } from "./database/tables.ts";
import { FleetOverloaded } from "./fleet-overloaded.ts";
import { type DeadLetter, listDeadLetters, requeueDeadLetters } from "./operators/dead-letters.ts";
import { pauseFleet, pauseUser, resumeFleet, resumeUser } from "./operators/pausing.ts";
import { forgetRefused, listRefused, type Refused } from "./operators/refused.ts";
import { type FleetStatus, queueState, statusOf } from "./operators/status.ts";
import { type FleetUser, listUsers, type UserQuery } from "./operators/users.ts";
import type { FleetOptions } from "./options.ts";
import { enqueue } from "./outbox/enqueue.ts";
import { settingsOf } from "./settings.ts";
import { FleetLimiter } from "./throttle/fleet-limiter.ts";
import { ensureQueues } from "./worker/ensure-queues.ts";
import { type FleetWorker, Worker, type WorkOptions } from "./worker/fleet-worker.ts";

/** Many users' continuous uploads. Any number of processes may enqueue, work and look. */
export interface Fleet {
  /**
   * Puts datums of a user into the outbox, in your own open transaction: they are uploaded if and only if that is committed, in the
   * order in which transactions were. A transaction for several users enqueues them in one order everywhere, such as sorted, so that
   * two never wait for each other. Rejects with `FleetOverloaded` where too many users wait.
   */
  enqueue(transaction: Transaction, userId: string, datums: ReadonlyArray<Datum>): Promise<void>;
  /** Starts to upload in this process. */
  work(options?: WorkOptions): FleetWorker;
  /** How the fleet is. */
  status(): Promise<FleetStatus>;
  /** Users, the one whose last success is longest ago first. */
  users(query?: UserQuery): Promise<ReadonlyArray<FleetUser>>;
  /** Users for whom somebody has to do something, oldest first, at most 1,000 or `limit`. */
  deadLetters(limit?: number): Promise<ReadonlyArray<DeadLetter>>;
  /** Gives dead letters back to the queue, all or one user's; resolves to how many. */
  requeue(userId?: string): Promise<number>;
  /** A user's datums that Tidepool does not take, with the reasons, oldest first, at most 1,000 or `limit`. */
  refused(userId: string, limit?: number): Promise<ReadonlyArray<Refused>>;
  /** Forgets refused datums by their `id`. */
  forgetRefused(ids: ReadonlyArray<string>): Promise<void>;
  /** Pauses all users: what runs ends as usual, and nothing new begins. */
  pause(reason?: string): Promise<void>;
  /** Ends that, and the pause that the server asked for with it. */
  resume(): Promise<void>;
  /** Pauses one user; what is enqueued meanwhile waits. */
  pauseUser(userId: string, reason?: string): Promise<void>;
  /** Ends that, whatever its reason: call it when the user has logged in again. Also makes a new user known, for `source`. */
  resumeUser(userId: string): Promise<void>;
}

/** How long it is believed how many wait, in milliseconds. */
const depthAge = 2000;

/** Makes the tables and the queues where they are missing, and gives the fleet. `boss` has to be started. */
export const createFleet = async (options: FleetOptions): Promise<Fleet> => {
  const settings = settingsOf(options);
  await ensureTables(settings.pool, "fleet", settings.schema);
  await ensureQueues(settings);
  const limiter = new FleetLimiter(settings);

  let depth: { readonly waiting: number; readonly at: number } | undefined;
  // Through the caller's own transaction: with a pool of few connections another one might never come.
  const currentDepth = async (transaction: Transaction): Promise<number> => {
    const now = performance.now();
    if (depth === undefined || now - depth.at > depthAge) {
      depth = { waiting: (await queueState(settings, toBossDb(transaction))).depth, at: now };
    }
    return depth.waiting;
  };

  return {
    enqueue: async (transaction, userId, datums) => {
      const waiting = await currentDepth(transaction);
      if (waiting >= settings.maxDepth) throw new FleetOverloaded(waiting);
      await enqueue(settings, transaction, userId, datums);
    },
    work: (work = {}) => new Worker(settings, limiter, work),
    status: () => statusOf(settings, limiter),
    users: (query) => listUsers(settings, query),
    deadLetters: (limit) => listDeadLetters(settings, limit),
    requeue: (userId) => requeueDeadLetters(settings, userId),
    refused: (userId, limit) => listRefused(settings, userId, limit),
    forgetRefused: (ids) => forgetRefused(settings, ids),
    pause: (reason = "by an operator") => pauseFleet(settings, reason),
    resume: async () => {
      await resumeFleet(settings);
      await limiter.resume();
    },
    pauseUser: (userId, reason = "by an operator") => pauseUser(settings, userId, reason),
    resumeUser: (userId) => resumeUser(settings, userId)
  };
};
