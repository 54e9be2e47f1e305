import { systemClock, type Clock } from "../clock.ts";
import { hasOwn } from "../json.ts";
import type { Records } from "./records.ts";

// Longer than a renewal's own deadlines: a lease that ran out belongs to a tab that is gone.
const life = 90_000;

/** Runs the work while no other tab does, in browsers without Web Locks: whoever wrote their name last and in time. */
export const withLease = async <A>(
  records: Records,
  key: string,
  work: () => Promise<A>,
  clock: Clock = systemClock
): Promise<A> => {
  const holder = crypto.randomUUID();
  const mine = (value: unknown) => hasOwn(value, "holder") && value.holder === holder;
  const take = () =>
    records.update(key, (value) => {
      const free = !hasOwn(value, "until") || Number(value.until) <= clock.now();
      return free ? { holder, until: clock.now() + life } : undefined;
    });
  while (!mine(await take())) await clock.sleep(50);
  try {
    return await work();
  } finally {
    await records.update(key, (value) => (mine(value) ? { holder, until: 0 } : undefined));
  }
};
