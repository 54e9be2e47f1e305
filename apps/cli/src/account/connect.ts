import { createTransport, type Credentials, type HttpTransport, type Right } from "@tideway/transport";
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

/** A way to the chosen Tidepool. */
export const openTransport = (server: ChosenServer, credentials: Credentials): HttpTransport => {
  const { environment, allowInsecure } = server;
  try {
    return createTransport({ environment, allowInsecure, credentials, app: ownApp });
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
  const transport = openTransport(server, await findCredentials(server, options, context));
  const userId = options.user ?? server.profile.user;
  if (userId === undefined) return { server, transport, userId: (await transport.currentUser({ signal })).userId };
  await transport.requireRight(right, userId, { signal });
  return { server, transport, userId };
};
