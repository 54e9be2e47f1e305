/** One request that can be made, apart from what changes from call to call. */
export interface Route {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: (id: string, second: string) => string;
  /** Milliseconds until an answer is no longer waited for. */
  readonly deadline: number;
  /** For messages: what is being done. */
  readonly doing: string;
  /** For messages: the right on the user's data that it takes, where it takes one. */
  readonly right?: string;
  /** Bytes that an answer may have. */
  readonly limit: number;
}

/**
 * Which of the gateway's two families the data routes take: `documented` as Tidepool's guide to continuous sessions
 * writes each, `v1` all under `/v1`, `dataservices` all under `/dataservices/v1`.
 */
export type RouteFamily = "documented" | "v1" | "dataservices";

/** Every request of the transport. */
export type Routes = { readonly [Name in keyof ReturnType<typeof routesOf>]: Route };

// The gateway gives up after 60 s (3 min for /data, 30 s for logins). Waiting longer than it does means that a slow
// success is never taken for a failure.
const gateway = 70_000;
const login = 40_000;
const data = 195_000;

const small = 256 * 1024;
const large = 32 * 1024 * 1024;

/** The table of routes. */
export const routesOf = (family: RouteFamily) => {
  const v1 = family === "dataservices" ? "dataservices/v1" : "v1";
  const post = family === "v1" ? "v1" : "dataservices/v1";
  const id = segment;
  return {
    listDataSets: {
      method: "GET",
      path: (user) => `${v1}/users/${id(user)}/data_sets`,
      deadline: gateway,
      doing: "list the sessions",
      right: "view, upload or custodian",
      limit: large
    },
    createDataSet: {
      method: "POST",
      path: (user) => `${v1}/users/${id(user)}/data_sets`,
      deadline: gateway,
      doing: "open a session",
      right: "upload",
      limit: large
    },
    deleteDataSet: {
      method: "DELETE",
      path: (dataSet) => `${v1}/data_sets/${id(dataSet)}`,
      deadline: gateway,
      doing: "delete the session",
      right: "custodian, or upload for a session of one's own,",
      limit: large
    },
    postData: {
      method: "POST",
      path: (dataSet) => `${post}/datasets/${id(dataSet)}/data`,
      deadline: gateway,
      doing: "upload data",
      right: "upload",
      limit: large
    },
    // The only spelling that the server knows for this one is data_sets.
    deleteData: {
      method: "DELETE",
      path: (dataSet) => `${v1}/data_sets/${id(dataSet)}/data`,
      deadline: gateway,
      doing: "delete data",
      right: "upload",
      limit: large
    },
    readData: {
      method: "GET",
      path: (user) => `data/${id(user)}`,
      deadline: data,
      doing: "read data",
      right: "view",
      limit: small
    },
    rights: {
      method: "GET",
      path: (user, caller) => `access/${id(user)}/${id(caller)}`,
      deadline: gateway,
      doing: "look up the rights",
      limit: small
    },
    logIn: { method: "POST", path: () => "auth/login", deadline: login, doing: "log in", limit: small },
    refresh: { method: "GET", path: () => "auth/login", deadline: login, doing: "renew the login", limit: small },
    logOut: { method: "POST", path: () => "auth/logout", deadline: login, doing: "log out", limit: small },
    user: { method: "GET", path: () => "auth/user", deadline: login, doing: "ask who is logged in", limit: small },
    info: { method: "GET", path: () => "info", deadline: login, doing: "look up where to log in", limit: small },
    // Addresses of the issuer's, told by itself: no path of ours.
    issuer: { method: "POST", path: () => "", deadline: login, doing: "reach the login service", limit: small },
    time: { method: "GET", path: () => `${v1}/time`, deadline: gateway, doing: "ask for the time", limit: small }
  } satisfies { readonly [name: string]: Route };
};

const segment = (id: string): string => {
  // "..", even encoded, would be resolved away by the URL parser: the request would go to another route.
  if (typeof id !== "string" || id === "" || id === "." || id === "..") {
    throw new TypeError("A user id or session id is missing.");
  }
  return encodeURIComponent(id);
};
