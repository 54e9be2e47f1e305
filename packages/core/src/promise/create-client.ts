import { everyKind } from "@tideway/schemas";
import type { Client, ClientOptions } from "../contract/client.ts";
import { createClientOf } from "./create-client-of.ts";

/** The way into Tidepool for one user's data from one program. */
export const createClient = (options: ClientOptions): Client => createClientOf(everyKind, options);
