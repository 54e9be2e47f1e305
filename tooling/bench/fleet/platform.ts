import type { Answer, Call } from "./call.ts";

interface Datum {
  readonly origin: { readonly id: string };
  readonly value: number;
}

interface User {
  readonly sessions: Array<object>;
  readonly held: Map<string, number>;
}

/** How long a post takes, in milliseconds. */
const postTime = 10;

/** As much of a Tidepool as an upload needs, with an eye for the order in which versions come. */
export class Platform {
  private readonly users = new Map<string, User>();
  /** Posts that brought an older version of a datum than the one before. */
  outOfOrder = 0;
  posts = 0;

  answer(call: Call, reply: (answer: Answer) => void) {
    const user = this.users.get(call.userId) ?? { sessions: [], held: new Map<string, number>() };
    this.users.set(call.userId, user);
    if (call.name === "create") {
      const id = `${call.userId}-${user.sessions.length}`;
      user.sessions.unshift({
        ...(JSON.parse(call.body ?? "{}") as object),
        id,
        uploadId: id,
        type: "upload",
        createdTime: new Date(2026, 0, 1).toISOString()
      });
    }
    if (call.name === "post") {
      this.posts++;
      for (const { origin, value } of JSON.parse(call.body ?? "[]") as ReadonlyArray<Datum>) {
        if ((user.held.get(origin.id) ?? 0) > value) this.outOfOrder++;
        user.held.set(origin.id, value);
      }
    }
    const answer = { id: call.id, sessions: user.sessions };
    if (call.name === "post") setTimeout(() => reply(answer), postTime);
    else reply(answer);
  }

  held(userId: string): ReadonlyMap<string, number> {
    return this.users.get(userId)?.held ?? new Map();
  }

  sessions(userId: string): number {
    return this.users.get(userId)?.sessions.length ?? 0;
  }
}
