import * as http from "node:http";
import * as https from "node:https";
import type { Socket } from "node:net";

/** How often a kept connection to a server turned out to be closed only when it was used again. */
const closed = new Map<string, number>();

/** After so many, a connection to that server is used once. */
const mostClosed = 2;

/** When a connection was last used, and how long the server said that it keeps it, both in milliseconds. */
const idle = new WeakMap<Socket, { readonly since: number; readonly limit: number }>();

/** The server's clock starts when it has sent its answer, ours when that has come; and timers are late on either side. */
const margin = 1000;

/** Whether the program left it to Node how to connect. */
const isPlain = (agent: http.Agent): boolean => {
  const { proxyEnv } = (agent as { readonly options?: { readonly proxyEnv?: unknown } }).options ?? {};
  const own: Function = agent instanceof https.Agent ? https.Agent : http.Agent;
  return agent.constructor === own && proxyEnv === undefined;
};

/** How to connect for a request, so that it meets no connection that is about to be closed. */
export const connectionFor = ({ origin, protocol }: URL): { readonly isSingle: boolean; readonly agent?: false } => {
  if ((closed.get(origin) ?? 0) < mostClosed) return { isSingle: false };
  return isPlain((protocol === "https:" ? https : http).globalAgent)
    ? { isSingle: true, agent: false }
    : { isSingle: true };
};

/** A connection has done its work, and may be used again; `keepAlive` is the answer's header of that name. */
export const becomesIdle = (socket: Socket, keepAlive: string | undefined, now: number) => {
  const seconds = /(?:^|[\s,;])timeout=(\d+)/i.exec(keepAlive ?? "")?.[1];
  idle.set(socket, { since: now, limit: seconds === undefined ? Number.POSITIVE_INFINITY : Number(seconds) * 1000 });
};

/** How long a connection has been idle, where it has been used before: asked when it is used again. */
export const idleTimeOf = (socket: Socket, now: number): IdleTime => {
  const { since, limit } = idle.get(socket) ?? { since: now, limit: Number.POSITIVE_INFINITY };
  return { age: now - since, limit };
};

/** How long a connection was idle, and how long the server keeps it, both in milliseconds. */
export interface IdleTime {
  readonly age: number;
  readonly limit: number;
}

/** A kept connection to that server broke before a byte of the answer came. */
export const countClosed = ({ origin }: URL) => closed.set(origin, (closed.get(origin) ?? 0) + 1);

/**
 * Whether a kept connection was closed for its idleness, and the request on it not begun with: the server said how long it
 * keeps connections, and this one was idle for about as long. It closes one where it has read nothing of a request, and answers
 * what comes afterwards with a reset. Without its word a reset may as well have come from a server that crashed over the
 * request, whose gateway goes on with it.
 */
export const closedForIdleness = ({ age, limit }: IdleTime): boolean => age >= limit - margin;
