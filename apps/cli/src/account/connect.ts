import { createTransport, type Credentials, type HttpTransport, type OnRequest, type Right } from "@tideway/transport";
import { usageError } from "../lifecycle/command-error.ts";
import type { CommandContext } from "../lifecycle/run-command.ts";
import { appName, version } from "../version.ts";
import { findCredentials, type WhoOptions } from "./credentials.ts";
import { chooseServer, type ChosenServer, type ServerOptions } from "./server.ts";

/** A Tidepool with somebody logged in. */
export interface Connection {
  readonly server: ChosenServer;
  readonly transport: HttpTransport;
  /** The user whose data it is. */
  readonly userId: string;
}

/** What this program calls itself to servers. */
export const ownApp = { name: appName, version };

/** Under `--verbose`, a line of each request; undefined without it. */
export const requestLog = ({ verbose, output }: Pick<CommandContext, "verbose" | "output">): OnRequest | undefined => {
  if (!verbose) return undefined;
  return (request) => {
    const { method, path, status, traceId, milliseconds } = request;
    output.event({ type: "request", ...request, status: status ?? null });
    output.warn(`${method} /${path}: ${status ?? "no answer"}, ${Math.round(milliseconds)} ms, trace ${traceId}`);
  };
};

/** A way to the chosen Tidepool. */
export const openTransport = (
  server: ChosenServer,
  credentials: Credentials,
  context: Pick<CommandContext, "verbose" | "output">
): HttpTransport => {
  const { environment, allowInsecure } = server;
  try {
    return createTransport({ environment, allowInsecure, credentials, app: ownApp, onRequest: requestLog(context) });
  } catch (error) {
    if (error instanceof TypeError) throw usageError(error.message);
    throw error;
  }
};

/** Connects as the command line says, and makes sure of the right to another user's data before anything is done with it. */
export const connect = async (
  options: ServerOptions & WhoOptions & { readonly user: string | undefined },
  right: Right,
  context: CommandContext
): Promise<Connection> => {
  const { signal } = context;
  const server = chooseServer(options, context);
  const transport = openTransport(server, await findCredentials(server, options, context), context);
  const userId = options.user ?? server.profile.user;
  if (userId === undefined) return { server, transport, userId: (await transport.currentUser({ signal })).userId };
  await transport.requireRight(right, userId, { signal });
  return { server, transport, userId };
};
