import type { UserRecord } from "../store/user-record.ts";

/** A user as the login service answers; members without a value are left out. */
export const userBody = (user: UserRecord): Record<string, unknown> => {
  const { userId, email, emailVerified, roles, termsAccepted } = user;
  return {
    userid: userId,
    ...(email === undefined ? {} : { username: email, emails: [email] }),
    ...(roles.length === 0 ? {} : { roles }),
    ...(termsAccepted === undefined ? {} : { termsAccepted }),
    ...(emailVerified ? { emailVerified } : {})
  };
};
