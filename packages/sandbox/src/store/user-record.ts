/** A right of one user on another, in the gatekeeper's words. */
export type Permission = string;

/** A cloud source of readings, such as Dexcom's, connected to an account. */
export interface DataSource {
  /** The data sets it fills. */
  readonly dataSetIds: ReadonlyArray<string>;
  /** The range its readings cover: RFC 3339, both ends included. */
  readonly earliestDataTime: string;
  readonly latestDataTime: string;
}

/** A user as kept. */
export interface UserRecord {
  readonly userId: string;
  readonly email?: string;
  /** Salted hash; absent: cannot log in with a password. */
  readonly password?: string;
  readonly emailVerified: boolean;
  readonly roles: ReadonlyArray<string>;
  /** RFC 3339. */
  readonly termsAccepted?: string;
  readonly profile: Readonly<Record<string, unknown>>;
  /** What this user may do, by the id of the user whose data it is. */
  readonly permissions: Readonly<Record<string, ReadonlyArray<Permission>>>;
  /** Cloud sources connected to the account: they change what GET /data shows. */
  readonly dataSources: ReadonlyArray<DataSource>;
}
