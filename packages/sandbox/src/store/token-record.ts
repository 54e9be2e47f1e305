/** A token as kept: never itself, only its hash. */
export interface TokenRecord {
  /** SHA-256, hex. */
  readonly hash: string;
  readonly kind: "access" | "refresh" | "code" | "spent" | "restricted";
  /** Whose it is; absent for a service. */
  readonly userId?: string;
  readonly service: boolean;
  /** What one login led to: revoked together. */
  readonly family: string;
  /** Milliseconds since 1970; absent: never. */
  readonly expiresAt?: number;
  readonly clientId?: string;
  readonly scope?: string;
  /** What an authorization code is bound to, or which paths a restricted token opens. */
  readonly grant?: Readonly<Record<string, string>>;
}
