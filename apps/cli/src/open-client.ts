import { createClient, type Client, type Transport } from "@tideway/core";
import { version } from "./version.ts";

/** Core's client for this program. */
export const openClient = (options: {
  readonly transport: Transport;
  readonly userId: string;
  readonly client: string;
}): Client => createClient({ ...options, client: { name: options.client, version } });
