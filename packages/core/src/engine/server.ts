import * as Effect from "effect/Effect";
import type * as Scope from "effect/Scope";
import { Gate } from "./gate.ts";
import { InFlight } from "./in-flight.ts";
import { Lock } from "./lock.ts";

/** What all clients of one server in this process share. */
export class Server {
  readonly gate = new Gate();
  readonly lock = new Lock();
  readonly inFlight = new InFlight();
}

const servers = new Map<string, { readonly server: Server; users: number }>();

/** The shared state of a server, kept as long as anything uses it. */
export const serverOf = (name: string): Effect.Effect<Server, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const entry = servers.get(name) ?? { server: new Server(), users: 0 };
      entry.users++;
      servers.set(name, entry);
      return entry;
    }),
    (entry) =>
      Effect.sync(() => {
        entry.users--;
        if (entry.users === 0 && servers.get(name) === entry) servers.delete(name);
      })
  ).pipe(Effect.map(({ server }) => server));
