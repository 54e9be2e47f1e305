import type { Issue, Kind } from "@tideway/schemas";
import type { Entry } from "../contract/entry.ts";
import type { Item } from "../contract/item.ts";
import type { Rejection } from "../contract/receipt.ts";

/** What is known of an entry that does not get in. */
export interface Refusal {
  readonly outcome: Rejection["outcome"];
  readonly by: Rejection["by"];
  readonly code: string;
  readonly message: string;
  readonly issues?: ReadonlyArray<Issue>;
}

export const rejectionOf = (
  refusal: Refusal,
  entry: { readonly index: number; readonly at: string; readonly kind?: Kind; readonly originId?: string }
): Rejection => ({ ...entry, ...refusal, issues: refusal.issues ?? [] });

/** Where an entry stands, for people. */
export const placeOf = (entry: Entry, index: number): string => entry.at ?? `datum ${index}`;

export const rejectItem = (refusal: Refusal, { index, entry, kind, originId }: Item): Rejection =>
  rejectionOf(refusal, { index, at: placeOf(entry, index), kind, originId });
