import type { Kind } from "@tideway/schemas";
import type { Entry, Utf8Slice } from "./entry.ts";
import type { Acknowledged } from "./ledger.ts";

const none: ReadonlyArray<string> = [];

/**
 * One datum on its way: checked, identified, and as it will be sent.
 *
 * A class, because V8 comes to make the object literals of one place among the old objects, once enough of them have outlived a
 * collection: then none of them is freed until the whole heap is collected.
 */
export class Item {
  /** Position in the source, from 0. */
  declare readonly index: number;
  /** As the source gave it. */
  declare readonly entry: Entry;
  /** Of what the source gave; empty where there is no ledger. */
  declare readonly fingerprint: string;
  declare readonly kind: Kind;
  declare readonly originId: string;
  /** Origin ids of the datums inside it. */
  declare readonly children: ReadonlyArray<string>;
  /** Their kinds, in the same order. */
  declare readonly childKinds: ReadonlyArray<string>;
  /** Its JSON, ready to send. */
  declare readonly json: string | Utf8Slice;
  /** The length of that as UTF-8. */
  declare readonly bytes: number;
  /** Ids, its own and those inside it, that the session has or may have in another version. */
  readonly outdates = none;
  /** Derived ids of what was inside the version before, and is not inside this one. */
  readonly gone = none;

  constructor(
    index: number,
    entry: Entry,
    fingerprint: string,
    kind: Kind,
    originId: string,
    children: ReadonlyArray<string>,
    childKinds: ReadonlyArray<string>,
    json: string | Utf8Slice,
    bytes: number
  ) {
    this.index = index;
    this.entry = entry;
    this.fingerprint = fingerprint;
    this.kind = kind;
    this.originId = originId;
    this.children = children;
    this.childKinds = childKinds;
    this.json = json;
    this.bytes = bytes;
  }
}

/** All ids that it writes. */
export const idsOf = ({ originId, children }: Pick<Item, "originId" | "children">): ReadonlyArray<string> => [
  originId,
  ...children
];

/**
 * What a ledger is to know once they are in the session: each datum, and of each datum inside another that this version of
 * that one was the last to write it.
 */
export const entriesOf = (items: ReadonlyArray<Item>): ReadonlyArray<Acknowledged> => {
  const inside: Array<Acknowledged> = [];
  for (const { originId, fingerprint, children } of items) {
    for (const id of children) {
      if (id !== originId) inside.push({ originId: id, fingerprint, kind: "inside", children: [originId] });
    }
  }
  return inside.length === 0 ? items : [...items, ...inside];
};

const decoder = new TextDecoder();

/** Its JSON as text. */
export const jsonOf = ({ json }: Item): string =>
  typeof json === "string" ? json : decoder.decode(json.bytes.subarray(json.from, json.to));
