import { currentUser } from "./auth/current-user.ts";
import { logIn } from "./auth/login.ts";
import { logOut } from "./auth/logout.ts";
import { refreshSession } from "./auth/refresh.ts";
import { createRestrictedToken } from "./auth/restricted-token.ts";
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
import { showLogin, submitLogin } from "./oidc/authorize.ts";
import { getDiscovery, getInfo, getKeys } from "./oidc/discovery.ts";
import { getUserInfo, postRevoke } from "./oidc/revoke.ts";
import { postToken } from "./oidc/token.ts";
import { deleteFaults, getFaults, getLog, putFaults } from "./own/admin.ts";
import { showPage } from "./own/page.ts";
import { getReaderStatus, getStatus, getTime, getVersion } from "./status/status.ts";
import { getAccess, getGroups, getMembers, setAccess } from "./users/access.ts";
import { getMetadata, getSharedUsers, putMetadata } from "./users/metadata.ts";

type Answer = Response | Promise<Response>;

interface OpenRoute {
  readonly method: string;
  readonly path: string;
  readonly access: "open";
  readonly handle: (exchange: Exchange) => Answer;
}

interface CallerRoute {
  readonly method: string;
  readonly path: string;
  readonly access: "caller";
  readonly handle: (exchange: CallerExchange) => Answer;
}

/** One route: `caller` ones need a good token first. */
export type Route = OpenRoute | CallerRoute;

const caller = (method: string, path: string, handle: (exchange: CallerExchange) => Answer): CallerRoute => ({
  method,
  path,
  access: "caller",
  handle
});
const open = (method: string, path: string, handle: (exchange: Exchange) => Answer): OpenRoute => ({
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
export const otherServices: ReadonlyArray<OpenRoute> = [
  open("POST", "/auth/login", logIn),
  open("GET", "/auth/login", refreshSession),
  open("GET", "/auth/user", currentUser),
  open("POST", "/auth/logout", logOut),
  open("POST", "/v1/users/:userId/restricted_tokens", createRestrictedToken),
  open("GET", "/data/status", getReaderStatus),
  open("GET", "/data/:userId", readData),
  open("GET", "/access/groups/:userId", getGroups),
  open("GET", "/access/:userId", getMembers),
  open("GET", "/access/:target/:userId", getAccess),
  open("POST", "/access/:target/:userId", setAccess),
  open("GET", "/metadata/users/:userId/users", getSharedUsers),
  open("GET", "/metadata/:userId/:collection", getMetadata),
  open("PUT", "/metadata/:userId/:collection", putMetadata),
  open("POST", "/metadata/:userId/:collection", putMetadata),
  open("GET", "/info", getInfo),
  open("GET", "/realms/:realm/.well-known/openid-configuration", getDiscovery),
  open("GET", "/realms/:realm/protocol/openid-connect/certs", getKeys),
  open("GET", "/realms/:realm/protocol/openid-connect/auth", showLogin),
  open("POST", "/realms/:realm/protocol/openid-connect/auth", submitLogin),
  open("POST", "/realms/:realm/protocol/openid-connect/token", postToken),
  open("POST", "/realms/:realm/protocol/openid-connect/revoke", postRevoke),
  open("GET", "/realms/:realm/protocol/openid-connect/userinfo", getUserInfo)
];

/** The sandbox's own, which the real one has not. */
export const ownRoutes: ReadonlyArray<OpenRoute> = [open("GET", "/", showPage)];

/** Off unless asked for. */
export const adminRoutes: ReadonlyArray<OpenRoute> = [
  open("GET", "/_sandbox/faults", getFaults),
  open("PUT", "/_sandbox/faults", putFaults),
  open("DELETE", "/_sandbox/faults", deleteFaults),
  open("GET", "/_sandbox/log", getLog)
];
