import { currentUser } from "./auth/current-user.ts";
import { logIn } from "./auth/login.ts";
import { logOut } from "./auth/logout.ts";
import { refreshSession } from "./auth/refresh.ts";
import { createDataSet } from "./data-sets/create.ts";
import { deleteDataSet } from "./data-sets/delete.ts";
import { getDataSet } from "./data-sets/get.ts";
import { listDataSetsOlder } from "./data-sets/list-older.ts";
import { listDataSets } from "./data-sets/list.ts";
import { updateDataSet } from "./data-sets/update.ts";
import { deleteUserData } from "./data/delete-user.ts";
import { deleteData } from "./data/delete.ts";
import { postData } from "./data/post.ts";
import { readData } from "./data/read.ts";
import type { CallerExchange, Exchange } from "./exchange.ts";
import { getReaderStatus, getStatus, getTime, getVersion } from "./status/status.ts";

type Answer = Response | Promise<Response>;

/** One route: `caller` ones need a good token first. */
export type Route = { readonly method: string; readonly path: string } & (
  | { readonly access: "caller"; readonly handle: (exchange: CallerExchange) => Answer }
  | { readonly access: "open"; readonly handle: (exchange: Exchange) => Answer }
);

const caller = (method: string, path: string, handle: (exchange: CallerExchange) => Answer): Route => ({
  method,
  path,
  access: "caller",
  handle
});
const open = (method: string, path: string, handle: (exchange: Exchange) => Answer): Route => ({
  method,
  path,
  access: "open",
  handle
});

/** The data service itself. */
export const dataService: ReadonlyArray<Route> = [
  caller("POST", "/v1/users/:userId/data_sets", createDataSet),
  caller("POST", "/v1/users/:userId/datasets", createDataSet),
  caller("GET", "/v1/users/:userId/data_sets", listDataSets),
  caller("GET", "/v1/users/:userId/datasets", listDataSetsOlder),
  caller("GET", "/v1/data_sets/:id", getDataSet),
  caller("PUT", "/v1/data_sets/:id", updateDataSet),
  caller("PUT", "/v1/datasets/:id", updateDataSet),
  caller("DELETE", "/v1/data_sets/:id", deleteDataSet),
  caller("DELETE", "/v1/datasets/:id", deleteDataSet),
  caller("POST", "/v1/data_sets/:id/data", postData),
  caller("POST", "/v1/datasets/:id/data", postData),
  caller("DELETE", "/v1/data_sets/:id/data", deleteData),
  caller("DELETE", "/v1/users/:userId/data", deleteUserData),
  open("GET", "/v1/time", getTime),
  open("GET", "/status", getStatus),
  open("GET", "/version", getVersion)
];

/** The services beside it that a client meets at the gateway. */
export const otherServices: ReadonlyArray<Route> = [
  open("POST", "/auth/login", logIn),
  open("GET", "/auth/login", refreshSession),
  open("GET", "/auth/user", currentUser),
  open("POST", "/auth/logout", logOut),
  open("GET", "/data/status", getReaderStatus),
  open("GET", "/data/:userId", readData)
];
