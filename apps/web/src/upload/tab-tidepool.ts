import { type Client, createClient, createMemoryLedger } from "@tideway/core";
import { createSandbox } from "@tideway/sandbox";
import { createTransport, passwordLogin } from "@tideway/transport";

const email = "demo@tideway.example";
const password = "tideway";

/** Lets messages in between two requests: the sandbox answers on the same thread, and a stop shall be heard. */
const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

const open = async (): Promise<Client> => {
  const sandbox = await createSandbox({ users: [{ email, password }] });
  const transport = createTransport({
    environment: {
      fetch: async (request) => {
        await breathe();
        return sandbox.fetch(request);
      }
    },
    credentials: passwordLogin({ email, password })
  });
  const { userId } = await transport.currentUser();
  return createClient({
    transport,
    userId,
    client: { name: "org.tideway.web", version: "0.0.0" },
    ledger: createMemoryLedger()
  });
};

let opened: Promise<Client> | undefined;

/** A client of the Tidepool that runs inside this tab, made when first asked for; it forgets everything with the tab. */
export const tabTidepool = (): Promise<Client> => (opened ??= open());
