import type { Kind } from "@tideway/schemas";
import type { Entry, Utf8Slice } from "../entry.ts";

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
  readonly json: string | Utf8Slice;
  /** The length of that as UTF-8. */
  readonly bytes: number;
  /** Of what the source gave; empty where there is no ledger. */
  readonly fingerprint: string;
  /** Whether another version of it is or may be in the session. */
  readonly replaces: boolean;
  readonly time: string | undefined;
}

const decoder = new TextDecoder();

/** Its JSON as text. */
export const jsonOf = ({ json }: Item): string =>
  typeof json === "string" ? json : decoder.decode(json.bytes.subarray(json.from, json.to));
