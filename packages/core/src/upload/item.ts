import type { Kind } from "@tideway/schemas";
import type { Entry } from "../entry.ts";

/** One datum on its way: checked, identified, and as it will be sent. */
export interface Item {
  /** Position in the source, from 0. */
  readonly index: number;
  /** As the source gave it. */
  readonly entry: Entry;
  readonly kind: Kind;
  readonly originId: string;
  /** Origin ids of the datums inside it. */
  readonly children: ReadonlyArray<string>;
  /** Its JSON, ready to send. */
  readonly text: string;
  /** At most this many bytes. */
  readonly bytes: number;
  /** Of what the source gave; empty where there is no ledger. */
  readonly fingerprint: string;
  /** Whether another version of it is or may be in the session. */
  readonly replaces: boolean;
  readonly time: string | undefined;
}
