import { InFlightWrites } from "./in-flight-writes.ts";
import { KeyedLock } from "./keyed-lock.ts";
import { RateLimiter } from "./rate-limiter.ts";

/** What all clients of one server in this process share. */
export class Server {
  readonly rateLimiter = new RateLimiter();
  readonly sessionLocks = new KeyedLock();
  readonly inFlight = new InFlightWrites();
}

const servers = new Map<string, Server>();

/**
 * The shared state of a server, for as long as the process lives: a pause that the server asked for, and a request that
 * was given up and may still be running, outlast the operation that met them.
 */
export const serverOf = (name: string): Server => {
  const known = servers.get(name) ?? new Server();
  servers.set(name, known);
  return known;
};
