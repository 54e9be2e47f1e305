import type { CallOptions, DataSetQuery, Transport } from "@tideway/core";
import { authorized } from "./authorized.ts";
import type { Credentials } from "./credentials.ts";
import { notTidepool } from "./errors.ts";
import type { Call } from "./http.ts";
import { createLoginContext, type ContextOptions } from "./login-context.ts";
import { dataQuery, readDatums } from "./read-data.ts";
import { requireRight, type Right } from "./require-right.ts";
import { askSkew } from "./server-time.ts";
import { readCreated, readList, requireDeleted, requireDone } from "./success.ts";
import { tokenFrom, type TokenFunction } from "./token-from.ts";
import { readUser, type User } from "./user.ts";

/** Which Tidepool, as whom. */
export interface TransportOptions extends ContextOptions {
  /** A login, or a function that gives a token. */
  readonly credentials: Credentials | TokenFunction;
}

/** Core's transport over HTTP, with what belongs to the login. */
export interface HttpTransport extends Transport {
  /** Who is logged in; not necessarily whose data it is. */
  currentUser(options?: CallOptions): Promise<User>;
  /**
   * Makes sure that the one who is logged in may do this to the user's data, before any of it is read or sent. Rejects
   * with `Forbidden`, which names the right that is missing.
   */
  requireRight(right: Right, userId: string, options?: CallOptions): Promise<void>;
  /** Ends the login, at the server and in its store. */
  logout(options?: CallOptions): Promise<void>;
  /** Milliseconds that the server's clock is ahead of this machine's; undefined until an answer has said its time. */
  clockSkew(): number | undefined;
  /** The same, asked of the server: for a browser, which may not read the time of an answer. Needs no login. */
  askClockSkew(options?: CallOptions): Promise<number | undefined>;
}

/** Opens a way to one Tidepool. Throws a TypeError where an option cannot be right; nothing is sent before the first call. */
export const createTransport = (options: TransportOptions): HttpTransport => {
  const credentials = typeof options.credentials === "function" ? tokenFrom(options.credentials) : options.credentials;
  if (typeof credentials?.token !== "function") {
    throw new TypeError(
      "The credentials have to be a login (passwordLogin, fixedToken, or another of this package), or a function that gives a token."
    );
  }
  const context = createLoginContext(options);
  const { http, routes } = context;
  const withLogin = authorized(credentials, context);
  const send = (call: Call) => withLogin(call, http.send);

  const currentUser = async ({ signal }: { signal?: AbortSignal | undefined } = {}): Promise<User> => {
    const answer = await send({ route: routes.user, signal });
    const user = readUser(answer.text);
    if (user === undefined) {
      throw notTidepool(answer.status, "the answer does not say who is logged in.", answer.at, answer.headers);
    }
    return user;
  };

  return {
    server: http.server,

    async listDataSets(userId, query, { signal, deadline } = {}) {
      const answer = await send({ route: routes.listDataSets, id: userId, query: listQuery(query), signal, deadline });
      return readList(answer);
    },

    async createDataSet(userId, create, { signal, deadline } = {}) {
      const body = JSON.stringify(create);
      const answer = await send({ route: routes.createDataSet, id: userId, body, signal, deadline });
      return readCreated(answer);
    },

    async deleteDataSet(dataSetId, { signal, deadline } = {}) {
      await send({ route: routes.deleteDataSet, id: dataSetId, signal, deadline }).then(requireDeleted);
    },

    async postData(dataSetId, body, { signal, deadline, onProgress } = {}) {
      await send({ route: routes.postData, id: dataSetId, body, signal, deadline, onProgress }).then(requireDone);
    },

    async deleteData(dataSetId, selectors, { signal, deadline } = {}) {
      // The server answers an empty list with a 500.
      if (selectors.length === 0) return;
      const body = JSON.stringify(selectors);
      await send({ route: routes.deleteData, id: dataSetId, body, signal, deadline }).then(requireDone);
    },

    async *readData(userId, query, { signal, deadline } = {}) {
      const call = { route: routes.readData, id: userId, query: dataQuery(query), signal, deadline };
      yield* readDatums(await withLogin(call, http.stream));
    },

    currentUser,
    requireRight: (right, userId, { signal } = {}) =>
      requireRight(right, userId, { send, currentUser: () => currentUser({ signal }), routes, signal }),
    askClockSkew: ({ signal } = {}) => askSkew(context, signal),
    logout: ({ signal } = {}) => credentials.logout(context, signal),
    clockSkew: http.skew
  };
};

const listQuery = (query: DataSetQuery): Record<string, string | undefined> => {
  const text = (value: boolean | number | undefined) => (value === undefined ? undefined : String(value));
  return {
    "client.name": query.appName,
    deviceId: query.deviceId,
    deleted: text(query.deleted),
    page: text(query.page),
    size: text(query.size)
  };
};
