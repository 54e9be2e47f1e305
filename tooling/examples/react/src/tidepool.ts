import { createTransport, type User } from "@tideway/transport";
import { browserLogin, browserTokenStore } from "@tideway/transport/browser";

const environment = import.meta.env["VITE_TIDEWAY_API"] ?? "integration";

/** The login of this page: leaves for Tidepool's login page and comes back. */
export const login = browserLogin({
  environment,
  clientId: import.meta.env["VITE_TIDEWAY_CLIENT_ID"] ?? "",
  store: browserTokenStore()
});

/** What the whole page speaks to Tidepool through. */
export const transport = createTransport({ environment, credentials: login.credentials });

const load = async (): Promise<User> => {
  await login.finish();
  return transport.currentUser();
};

/** Who is logged in. Begun once, when the page loads: the answer of a login can be used only once. */
export const currentUser: Promise<User> = load();
