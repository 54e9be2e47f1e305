import type { PolicyOptions } from "../contract/policy.ts";
import type { RetryOptions } from "../contract/retry-options.ts";
import { defaultRetry } from "./retry.ts";

/** For a server whose caller waits for the answer, such as a webhook: `createClient({ ...forServers, … })`. Gives up after 20 s. */
export const forServers = { patience: 20_000, deadline: 10_000, retries: 4 } as const satisfies RetryOptions;

/**
 * For a job that runs unattended: `createClient({ ...forUnattendedJobs, … })`. Goes on for two hours without progress, also
 * where the network is not there yet when it starts.
 */
export const forUnattendedJobs = { patience: 7_200_000, retries: 1000 } as const satisfies RetryOptions;

/** The least that each may be. */
const leastOf = { patience: 0, deadline: 1, retries: 0 } as const;

/** What they mean for the policy. Throws a RangeError for a number that cannot be meant. */
export const retryOf = ({ patience, deadline, retries }: RetryOptions): NonNullable<PolicyOptions["retry"]> => {
  for (const [name, value] of Object.entries({ patience, deadline, retries })) {
    const least = leastOf[name as keyof typeof leastOf];
    if (value !== undefined && !(value >= least)) {
      throw new RangeError(`${name} has to be a number of at least ${least}, not ${value}.`);
    }
  }
  return {
    ...(patience === undefined ? {} : { patience }),
    ...(deadline === undefined ? {} : { deadline }),
    ...(retries === undefined
      ? {}
      : { attempts: retries + 1, firstContact: retries + 1, budget: Math.max(retries, defaultRetry.budget) })
  };
};
