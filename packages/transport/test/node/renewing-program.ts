// A program of its own: uses the login in a folder, and prints whose it is.
import { createTransport, storedLogin } from "@tideway/transport";
import { fileTokenStore } from "@tideway/transport/node";

const [environment = "", folder = ""] = process.argv.slice(2);
const transport = createTransport({ environment, credentials: storedLogin({ store: fileTokenStore({ folder }) }) });
process.stdout.write((await transport.currentUser()).userId);
