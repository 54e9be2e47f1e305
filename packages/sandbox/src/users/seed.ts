import { hashToken } from "../auth/hash-token.ts";
import { hashPassword, passwordMatches } from "../auth/password.ts";
import type { UserSeed } from "../options.ts";
import { toHex, type SandboxRuntime } from "../runtime.ts";
import type { Store } from "../store/store.ts";
import type { UserRecord } from "../store/user-record.ts";

/** The user of demos. */
export const demoUser: UserSeed = { email: "demo@tideway.example", password: "tideway", profile: { fullName: "Demo" } };

/** Makes a seeded user known at once, without its password. */
export const seedUser = (store: Store, runtime: SandboxRuntime, seed: UserSeed): UserRecord => {
  const known = seed.userId === undefined ? store.findUser(seed.email ?? "") : store.getUser(seed.userId);
  const user: UserRecord = {
    userId: known?.userId ?? seed.userId ?? toHex(runtime.randomBytes(5)),
    ...(seed.email === undefined ? {} : { email: seed.email }),
    ...(known?.password === undefined ? {} : { password: known.password }),
    emailVerified: seed.emailVerified ?? true,
    roles: seed.roles ?? [],
    ...(seed.email === undefined ? {} : { termsAccepted: "2020-01-01T00:00:00Z" }),
    profile: seed.profile ?? known?.profile ?? { fullName: seed.email?.split("@")[0] ?? "Sandbox user" },
    permissions: seed.permissions ?? {},
    dataSources: seed.dataSources ?? []
  };
  store.putUser(user);
  return user;
};

/** Keeps a seeded user's password, hashed; costs tens of milliseconds unless the store has it already. */
export const seedPassword = async (
  store: Store,
  runtime: SandboxRuntime,
  userId: string,
  password: string
): Promise<void> => {
  const kept = store.getUser(userId)?.password;
  if (kept !== undefined && (await passwordMatches(password, kept))) return;
  const hash = await hashPassword(password, runtime.randomBytes(16));
  const user = store.getUser(userId);
  if (user !== undefined) store.putUser({ ...user, password: hash });
};

/** Keeps a seeded token, hashed, for good. */
export const seedToken = async (store: Store, token: string, userId: string | undefined): Promise<void> => {
  const hash = await hashToken(token);
  const owner = userId === undefined ? { service: true } : { userId, service: false };
  store.putToken({ hash, kind: "access", family: `seed:${hash}`, ...owner });
};
