import type { CallOptions, DataSetQuery, Transport } from "@tideway/core";
import type { DataSet } from "@tideway/schemas";
import { authorized } from "./authorized.ts";
import { systemClock, type Clock } from "./clock.ts";
import type { Credentials, LoginContext } from "./credentials.ts";
import { resolveEnvironment, type Environment } from "./environment.ts";
import { notTidepool } from "./errors.ts";
import { createHttp, type Answer, type Call } from "./http.ts";
import { hasOwn, parseJson } from "./json.ts";
import { dataQuery, readDatums } from "./read-data.ts";
import { routesOf, type RouteFamily } from "./routes.ts";
import { clientAgent } from "./user-agent.ts";
import { readUser, type User } from "./user.ts";

/** Which Tidepool, as whom. */
export interface TransportOptions {
  readonly environment: Environment;
  readonly credentials: Credentials;
  /**
   * What your program calls itself in its `User-Agent`: `org.example.app/1.2.0`. Browsers do not let a page say it.
   * Default: Tideway's own name alone.
   */
  readonly clientName?: string;
  /** Which spelling of the data routes to use. Default: `documented`, as Tidepool's guide writes them. */
  readonly routes?: RouteFamily;
  /** Time, for tests. Default: the machine's. */
  readonly clock?: Clock;
}

/** Core's port over HTTP, and what only a login can tell. */
export interface HttpTransport extends Transport {
  /** Who is logged in; not necessarily whose data it is. */
  currentUser(options?: CallOptions): Promise<User>;
  /** Ends the login, at the server and in its store. */
  logout(options?: CallOptions): Promise<void>;
  /** Milliseconds that the server's clock is ahead of this machine's; undefined until an answer has said its time. */
  clockSkew(): number | undefined;
}

/** Opens a way to one Tidepool. Throws a TypeError where an option cannot be right; nothing is sent before the first call. */
export function createTransport(options: TransportOptions): HttpTransport {
  const { credentials, clock = systemClock } = options;
  const environment = resolveEnvironment(options.environment);
  const userAgent = clientAgent(options.clientName);
  const routes = routesOf(options.routes ?? "documented");
  const http = createHttp({ environment, clock, userAgent });
  const { issuer, fetch } = environment;
  const context: LoginContext = { http, routes, clock, issuer, fetch, userAgent };
  const withLogin = authorized(credentials, context);
  const send = (call: Call) => withLogin(call, http.send);

  return {
    server: http.server,

    async listDataSets(userId, query, { signal } = {}) {
      const answer = await send({ route: routes.listDataSets, id: userId, query: listQuery(query), signal });
      const body = parseJson(answer.text);
      const sets = hasOwn(body, "data") ? body.data : body;
      if (!Array.isArray(sets) || !sets.every(isDataSet)) throw odd(answer, "the answer is not a list of sessions.");
      return sets;
    },

    async createDataSet(userId, create, { signal } = {}) {
      const body = JSON.stringify(create);
      const answer = await send({ route: routes.createDataSet, id: userId, body, signal });
      const created = parseJson(answer.text);
      const set = hasOwn(created, "data") ? created.data : created;
      if (!isDataSet(set)) throw odd(answer, "the answer is not a session.");
      return set;
    },

    async deleteDataSet(dataSetId, { signal } = {}) {
      await send({ route: routes.deleteDataSet, id: dataSetId, signal }).then(acknowledged);
    },

    async postData(dataSetId, body, { signal } = {}) {
      await send({ route: routes.postData, id: dataSetId, body, signal }).then(acknowledged);
    },

    async deleteData(dataSetId, selectors, { signal } = {}) {
      // The server answers an empty list with a 500.
      if (selectors.length === 0) return;
      const body = JSON.stringify(selectors);
      await send({ route: routes.deleteData, id: dataSetId, body, signal }).then(acknowledged);
    },

    async *readData(userId, query, { signal } = {}) {
      const call = { route: routes.readData, id: userId, query: dataQuery(query), signal };
      yield* readDatums(await withLogin(call, http.stream));
    },

    async currentUser({ signal } = {}) {
      const answer = await send({ route: routes.user, signal });
      const user = readUser(answer.text);
      if (user === undefined) throw odd(answer, "the answer does not say who is logged in.");
      return user;
    },

    logout: ({ signal } = {}) => credentials.logout(context, signal),
    clockSkew: http.skew
  };
}

function listQuery(query: DataSetQuery): Record<string, string | undefined> {
  const text = (value: boolean | number | undefined) => (value === undefined ? undefined : String(value));
  return {
    "client.name": query.clientName,
    deviceId: query.deviceId,
    deleted: text(query.deleted),
    page: text(query.page),
    size: text(query.size)
  };
}

const isDataSet = (value: unknown): value is DataSet => hasOwn(value, "uploadId") && typeof value.uploadId === "string";

const odd = ({ status, at }: Answer, what: string) => notTidepool(status, what, at);

/** A hotel's log-in page is a 200, too: only the platform's own words count as done. */
function acknowledged(answer: Answer): void {
  if (!hasOwn(parseJson(answer.text), "data")) throw odd(answer, "the answer is not a confirmation.");
}
