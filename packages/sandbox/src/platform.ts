import type { StepGate } from "./faults/step-gate.ts";
import type { Store } from "./store/store.ts";
import type { World } from "./world.ts";

/** What every handler of a sandbox shares. */
export interface Platform {
  readonly store: Store;
  readonly world: World;
  readonly newId: () => string;
  /** Milliseconds that an access token is good for. */
  readonly sessionLifetime: number;
  /** Milliseconds that a refresh token is good for. */
  readonly refreshLifetime: number;
  /** Resolves when the seeded users' passwords are hashed and kept. */
  readonly usersReady: () => Promise<void>;
  /** Runs a deduplicator's steps; a fault may come between them. */
  readonly steps: StepGate;
}
