import type { Transport } from "@tideway/core";
import { embedded } from "@tideway/schemas";

/** What passes through a transport that a page has to know: the ids that were acknowledged, and how much was read back. */
export interface Watched {
  readonly transport: Transport;
  /** Ids of the datums that were acknowledged since `begin`, of those inside others too. */
  readonly ids: ReadonlySet<string>;
  /** Forgets what was; a new upload begins. */
  begin(): void;
  /** Hears of each hundred records that are read back. */
  onReadBack: (count: number) => void;
}

const decoder = new TextDecoder();

const idsIn = (body: string | Uint8Array): ReadonlyArray<string> => {
  const datums = JSON.parse(typeof body === "string" ? body : decoder.decode(body)) as ReadonlyArray<
    Record<string, unknown>
  >;
  return datums
    .flatMap((datum) => [datum, ...embedded(datum).map(({ datum }) => datum as unknown as Record<string, unknown>)])
    .flatMap(({ origin }) => (origin as { readonly id?: string } | undefined)?.id ?? []);
};

/** Watches what goes through a transport. */
export const watched = (transport: Transport): Watched => {
  const ids = new Set<string>();
  const watch: Watched = {
    ids,
    begin: () => ids.clear(),
    onReadBack: () => undefined,
    transport: {
      ...transport,
      server: transport.server,
      async postData(dataSetId, body, options) {
        await transport.postData(dataSetId, body, options);
        for (const id of idsIn(body)) ids.add(id);
      },
      async *readData(userId, query, options) {
        let count = 0;
        for await (const datum of transport.readData(userId, query, options)) {
          yield datum;
          if (++count % 100 === 0) watch.onReadBack(count);
        }
      }
    }
  };
  return watch;
};
