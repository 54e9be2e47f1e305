import { type Client, createClient, createMemoryLedger } from "@tideway/core";
import { createSandbox } from "@tideway/sandbox";
import { createTransport, passwordLogin } from "@tideway/transport";
import { thisApp } from "../worker/this-app.ts";

const email = "demo@tideway.example";
const password = "tideway";

/** Lets messages in between two requests: the sandbox answers on the same thread, and a stop shall be heard. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Makes a Tidepool that lives in this worker and forgets everything with the tab, and a client of it. */
export const createTabTidepool = async (): Promise<Client> => {
  const sandbox = await createSandbox({ users: [{ email, password }] });
  const transport = createTransport({
    environment: {
      fetch: async (request) => {
        await nextTurn();
        return sandbox.fetch(request);
      }
    },
    credentials: passwordLogin({ email, password })
  });
  const { userId } = await transport.currentUser();
  return createClient({ transport, userId, app: thisApp, ledger: createMemoryLedger() });
};
