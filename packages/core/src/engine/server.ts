import { Gate } from "./gate.ts";
import { InFlight } from "./in-flight.ts";
import { Lock } from "./lock.ts";

/** What all clients of one server in this process share. */
export class Server {
  readonly gate = new Gate();
  readonly lock = new Lock();
  readonly inFlight = new InFlight();
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
