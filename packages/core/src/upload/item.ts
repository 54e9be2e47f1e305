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
  /** Their kinds, in the same order. */
  readonly childKinds: ReadonlyArray<string>;
  /** Its JSON, ready to send. */
  readonly json: string | Utf8Slice;
  /** The length of that as UTF-8. */
  readonly bytes: number;
  /** Of what the source gave; empty where there is no ledger. */
  readonly fingerprint: string;
  /** Ids, its own and those inside it, that the session has or may have in another version. */
  readonly outdates: ReadonlyArray<string>;
  /** Derived ids of what was inside the version before, and is not inside this one. */
  readonly gone: ReadonlyArray<string>;
  readonly time: string | undefined;
}

/** All ids that it writes. */
export const idsOf = ({ originId, children }: Item): ReadonlyArray<string> => [originId, ...children];

const decoder = new TextDecoder();

/** Its JSON as text. */
export const jsonOf = ({ json }: Item): string =>
  typeof json === "string" ? json : decoder.decode(json.bytes.subarray(json.from, json.to));
