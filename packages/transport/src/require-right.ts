import { Forbidden, NotFound, UnexpectedAnswer } from "@tideway/core";
import type { Answer, Call } from "./http.ts";
import { hasOwn, parseJson } from "./json.ts";
import type { Routes } from "./routes.ts";
import type { User } from "./user.ts";

/** What one user may be allowed to do with another's data. */
export type Right = "view" | "upload";

/** Rejects with `Forbidden` unless the one who is logged in has this right on the user's data. */
export const requireRight = async (
  right: Right,
  userId: string,
  ask: {
    readonly send: (call: Call) => Promise<Answer>;
    readonly currentUser: () => Promise<User>;
    readonly routes: Routes;
    readonly signal: AbortSignal | undefined;
  }
): Promise<void> => {
  const { send, routes, signal } = ask;
  const rightsOf = async (target: string, other: string): Promise<ReadonlyArray<string> | undefined> => {
    try {
      const { text } = await send({ route: routes.rights, id: target, second: other, signal });
      const body = parseJson(text);
      const known = ["root", "custodian", "upload", "view"];
      return known.filter((name) => hasOwn(body, name));
    } catch (error) {
      if (error instanceof NotFound) return [];
      if (error instanceof UnexpectedAnswer) return undefined;
      throw error;
    }
  };

  const caller = await ask.currentUser();
  if (caller.userId === userId) return;
  const rights = await rightsOf(userId, caller.userId);
  if (rights === undefined) {
    // A server that does not tell: what it lets us list is the next best thing to know.
    await send({ route: routes.listDataSets, id: userId, query: { size: "1" }, signal });
    return;
  }
  if (rights.includes("root") || rights.includes(right)) return;
  const has = rights.length === 0 ? "no right on this user's data at all" : `only: ${rights.join(", ")}`;
  throw new Forbidden({
    status: 403,
    message: `User ${caller.userId} is logged in and lacks the right to ${right} data of user ${userId} (has ${has}). Ask the user, or their clinic, to share it.`
  });
};
