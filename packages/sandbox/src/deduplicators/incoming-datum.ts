import type { StoredDatum } from "@tideway/schemas";

/** A stored datum by the names of its members. */
export type Members = Readonly<Record<string, unknown>> & { readonly type: string };

/** A datum of a request, ready to be stored. */
export interface IncomingDatum {
  readonly datum: Members;
  /** The time as the client wrote it, offset and all. */
  readonly sentTime: string;
}

/** What `normalize` made, with the time it was made from. */
export const incomingDatum = (datum: StoredDatum, sentTime: unknown): IncomingDatum => ({
  datum: datum as unknown as Members,
  sentTime: String(sentTime)
});
