import type { Platform } from "../platform.ts";
import type { UserRecord } from "../store/user-record.ts";
import { passwordMatches } from "./password.ts";

/** The user that an e-mail and a password belong to. */
export const userOfPassword = async (
  platform: Platform,
  email: string,
  password: string
): Promise<UserRecord | undefined> => {
  await platform.usersReady();
  const user = platform.store.findUser(email);
  if (user?.password === undefined) return undefined;
  return (await passwordMatches(password, user.password)) ? user : undefined;
};
