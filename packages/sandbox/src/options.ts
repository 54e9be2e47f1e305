import type { Fault } from "./faults/fault.ts";
import type { OidcClient } from "./oidc/client.ts";
import type { SandboxRuntime } from "./runtime.ts";
import type { Store } from "./store/store.ts";
import type { DataSource } from "./store/user-record.ts";

/** A user that a sandbox has from its start. */
export interface UserSeed {
  /** 10 hex digits on the real one; any text here. Default: made up, or the one the store knows for the e-mail. */
  readonly userId?: string;
  readonly email?: string;
  /** Kept as a salted hash. Default: none, the user has tokens only. */
  readonly password?: string;
  /** Tokens that never expire. Default: none. */
  readonly tokens?: ReadonlyArray<string>;
  /** One more of those. */
  readonly token?: string;
  /** What this user may do with others' data: user id → `upload`, `view`, `custodian`, `root`, `note`. Default: nothing. */
  readonly permissions?: Readonly<Record<string, ReadonlyArray<string>>>;
  /** A trusted service without a user; needs a token. Default: false. */
  readonly service?: boolean;
  /** Default: true. */
  readonly emailVerified?: boolean;
  /** Default: none. */
  readonly roles?: ReadonlyArray<string>;
  /** The profile, as `/metadata/{userId}/profile` answers it. Default: a full name made from the e-mail. */
  readonly profile?: Readonly<Record<string, unknown>>;
  /** Connected cloud sources; `GET /data` shows only their readings in the range they cover. Default: none. */
  readonly dataSources?: ReadonlyArray<DataSource>;
}

/** How a sandbox is set up. */
export interface SandboxOptions {
  /** Where everything is kept. Default: memory. */
  readonly store?: Store;
  /** Users, their tokens and rights. Default: `demo@tideway.example` with the password `tideway`. */
  readonly users?: ReadonlyArray<UserSeed>;
  /**
   * `gateway` is what a client on the internet sees: both route families, login, reader, CORS. `service` is the data
   * service behind it, which knows `/v1/…` only. Default: `gateway`.
   */
  readonly surface?: "gateway" | "service";
  /** What `X-Tidepool-Service-Secret` must say for a trusted service. Default: no secret is right. */
  readonly serviceSecret?: string;
  /** Bytes of a body beyond which the sandbox refuses with 413; the real one has no such limit. Default: 64 MiB. */
  readonly maxBodyBytes?: number;
  /** Milliseconds an access token is good for. Default: 10 minutes, as the real one's OIDC tokens. */
  readonly sessionLifetime?: number;
  /** Milliseconds a refresh token is good for. Default: 30 days. */
  readonly refreshLifetime?: number;
  /** Programs that may log people in by OIDC. Default: any client id, public, may be sent back anywhere. */
  readonly clients?: ReadonlyArray<OidcClient>;
  /** Faults to inject from the start. Default: none. */
  readonly faults?: ReadonlyArray<Fault>;
  /** Equal seeds and equal requests give equal faults. Default: 1. */
  readonly faultSeed?: number;
  /** Whether `/_sandbox/faults` and `/_sandbox/log` answer, to anybody who can reach the port. Default: false. */
  readonly admin?: boolean;
  /** Clock, randomness and sleep. Default: the machine's. */
  readonly runtime?: Partial<SandboxRuntime>;
}
