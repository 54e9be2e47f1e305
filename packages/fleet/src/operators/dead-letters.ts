import type { Settings } from "../settings.ts";
import type { Failure } from "../worker/outcome.ts";
import { resumeUser } from "./pausing.ts";

/** A user for whom somebody has to do something: to log in again, above all. */
export interface DeadLetter extends Failure {
  readonly userId: string;
  readonly since: Date;
}

/** The dead letters, oldest first. */
export const listDeadLetters = async (
  { boss, deadQueue }: Settings,
  limit = 1000
): Promise<ReadonlyArray<DeadLetter>> => {
  const jobs = await boss.findJobs(deadQueue, { queued: true, limit });
  return jobs.map(({ data, createdOn }) => {
    const { userId, failure = "WorkerLost", ...more } = data as { readonly userId: string } & Partial<Failure>;
    return { ...more, userId, failure, since: createdOn };
  });
};

/** Gives dead letters back to the queue, all or one user's; resolves to how many. */
export const requeueDeadLetters = async (settings: Settings, userId?: string): Promise<number> => {
  const letters = await listDeadLetters(settings, 100_000);
  const wanted = new Set(letters.map((letter) => letter.userId).filter((id) => userId === undefined || id === userId));
  for (const id of wanted) await resumeUser(settings, id);
  return wanted.size;
};
