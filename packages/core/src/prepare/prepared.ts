import type { DatumModel } from "@tideway/schemas";
import type { Item } from "../contract/item.ts";
import type { OriginOptions } from "../contract/origin.ts";
import type { Refusal } from "./rejection.ts";

/** What preparing needs to know, the same for a whole upload. */
export interface PrepareOptions {
  readonly model: DatumModel;
  readonly origin: Required<Omit<OriginOptions, "version">> & OriginOptions;
}

/** Why a datum is not sent. */
export interface Refused {
  readonly refusal: Refusal;
  readonly kind?: Item["kind"];
}

/** A datum ready to go, or why it is not. */
export type Prepared = Item | Refused;
