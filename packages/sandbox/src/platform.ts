import type { FaultInjector } from "./faults/fault-injector.ts";
import type { OidcClient } from "./oidc/client.ts";
import type { RequestLog } from "./request-log.ts";
import type { SandboxRuntime } from "./runtime.ts";
import type { Store } from "./store/store.ts";

/** What every handler of a sandbox shares. */
export interface Platform {
  readonly store: Store;
  readonly runtime: SandboxRuntime;
  /** The server's clock, wrong where a fault skewed it: milliseconds since 1970. */
  readonly now: () => number;
  readonly newId: () => string;
  /** Milliseconds that an access token is good for. */
  readonly sessionLifetime: number;
  /** Milliseconds that a refresh token is good for. */
  readonly refreshLifetime: number;
  /** Resolves when the seeded users' passwords are hashed and kept. */
  readonly usersReady: () => Promise<void>;
  /** Undefined: every public client is known. */
  readonly clients: ReadonlyArray<OidcClient> | undefined;
  readonly faults: FaultInjector;
  readonly log: RequestLog;
}
