import type { UserSeed } from "../options.ts";
import type { SandboxRuntime } from "../runtime.ts";
import type { Store } from "../store/store.ts";
import { seedPassword, seedToken, seedUser } from "./seed.ts";

/** What is still to be hashed of the seeded users; each part is done once, on first need. */
export interface Seeding {
  tokens(): Promise<void>;
  passwords(): Promise<void>;
}

/** Makes seeded users known at once; their tokens and passwords once they are needed, since hashing takes its time. */
export const seedUsers = (store: Store, runtime: SandboxRuntime, seeds: ReadonlyArray<UserSeed>): Seeding => {
  const known = seeds.map((seed) => ({
    seed,
    userId: seed.service ? undefined : seedUser(store, runtime, seed).userId
  }));
  let tokens: Promise<void> | undefined;
  let passwords: Promise<void> | undefined;
  const keepTokens = async () => {
    for (const { seed, userId } of known) {
      for (const token of [...(seed.tokens ?? []), ...(seed.token === undefined ? [] : [seed.token])]) {
        await seedToken(store, token, userId);
      }
    }
  };
  const keepPasswords = async () => {
    for (const { seed, userId } of known) {
      if (seed.password !== undefined && userId !== undefined)
        await seedPassword(store, runtime, userId, seed.password);
    }
  };
  return {
    tokens: () => (tokens ??= keepTokens()),
    passwords: () => (passwords ??= keepPasswords())
  };
};
