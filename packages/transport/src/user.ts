import { hasOwn, parseJson } from "./json.ts";

/** Who is logged in. The e-mail address is not part of what is printed or serialised: ask for it by name. */
export class User {
  readonly userId: string;
  readonly emailVerified: boolean;
  readonly roles: ReadonlyArray<string>;
  readonly #email: string | undefined;

  constructor(userId: string, email: string | undefined, emailVerified: boolean, roles: ReadonlyArray<string>) {
    this.userId = userId;
    this.#email = email;
    this.emailVerified = emailVerified;
    this.roles = roles;
  }

  /** The address that the user logs in with, where the server gives it. */
  get email(): string | undefined {
    return this.#email;
  }
}

/** Reads the body of `/auth/user` and of a login; undefined where it is neither. */
export const readUser = (body: string): User | undefined => {
  const value = parseJson(body);
  if (!hasOwn(value, "userid") || typeof value.userid !== "string" || value.userid === "") return undefined;
  const { username, emailVerified, roles } = value as Record<string, unknown>;
  return new User(
    value.userid,
    typeof username === "string" ? username : undefined,
    emailVerified === true,
    Array.isArray(roles) ? roles.filter((role) => typeof role === "string") : []
  );
};
