import { everyKind } from "@tideway/schemas";
import type { Entry, Utf8Slice } from "../../contract/entry.ts";
import { Item } from "../../contract/item.ts";
import { guessId } from "../../prepare/guess-id.ts";
import { fingerprintOf, printLength } from "../../prepare/hash.ts";
import type { Precomputed } from "../../prepare/precomputed.ts";
import type { PrepareOptions, Prepared } from "../../prepare/prepared.ts";
import type { PageMessage } from "./page-message.ts";

/** What somebody wanted to know of a page: it will be the same with the next ones. */
export interface Interest {
  fingerprints?: boolean;
  guesses?: boolean;
  options?: PrepareOptions;
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const none: ReadonlyArray<string> = [];

/** A page that has come from another thread. */
class Arrived {
  readonly sheet: PageMessage;
  /** For what the page was checked. */
  readonly options: PrepareOptions | undefined;
  readonly interest: Interest;
  private places: ReadonlyArray<string | null> | undefined;

  constructor(sheet: PageMessage, options: PrepareOptions | undefined, interest: Interest) {
    this.sheet = sheet;
    this.options = options;
    this.interest = interest;
  }

  placeOf(offset: number): string | undefined {
    const { places } = this.sheet;
    if (typeof places !== "string") return `${places.unit} ${places.number + offset}`;
    this.places ??= JSON.parse(places) as ReadonlyArray<string | null>;
    return this.places[offset] ?? undefined;
  }
}

/** One of its entries, which is its own slice of the bytes and what is known of it already. */
class ArrivedText implements Utf8Slice, Precomputed {
  private readonly page: Arrived;
  private readonly offset: number;

  constructor(page: Arrived, offset: number) {
    this.page = page;
    this.offset = offset;
  }

  get bytes(): Uint8Array {
    return this.page.sheet.bytes;
  }

  get from(): number {
    return this.page.sheet.texts[2 * this.offset]!;
  }

  get to(): number {
    return this.page.sheet.texts[2 * this.offset + 1]!;
  }

  get utf8(): this {
    return this;
  }

  get precomputed(): this {
    return this;
  }

  get text(): string {
    return decoder.decode(this.bytes.subarray(this.from, this.to));
  }

  get at(): string | undefined {
    return this.page.placeOf(this.offset);
  }

  get fingerprint(): string {
    const { sheet, interest } = this.page;
    interest.fingerprints = true;
    const at = printLength * this.offset;
    return sheet.fingerprints?.slice(at, at + printLength) ?? fingerprintOf(this);
  }

  get guess(): string | undefined {
    const { sheet, interest } = this.page;
    interest.guesses = true;
    return sheet.guesses ? sheet.guesses[this.offset] : guessId(this.text);
  }

  prepare(index: number, fingerprint: string, options: PrepareOptions): Prepared | undefined {
    const { sheet, interest, options: checkedFor } = this.page;
    // The other thread knows no other model.
    if (options.model === everyKind) interest.options = options;
    const { checked } = sheet;
    if (checked === undefined || options !== checkedFor) return undefined;
    const { offset } = this;
    const exception = checked.exceptions.size === 0 ? undefined : checked.exceptions.get(offset);
    if (exception && "refused" in exception) return exception.refused;
    const from = checked.json[2 * offset]!;
    const to = checked.json[2 * offset + 1]!;
    const json: Item["json"] = from === this.from ? this : { bytes: sheet.bytes, from, to };
    return new Item(
      index,
      this as Entry,
      fingerprint,
      checked.kinds[checked.kindOf[offset]!]!,
      checked.originIds[offset]!,
      exception ? exception.children : none,
      exception ? exception.childKinds : none,
      json,
      to - from
    );
  }
}

/** The entries of a page that has come from another thread, which had checked it for these options. */
export const entriesOf = (
  sheet: PageMessage,
  options: PrepareOptions | undefined,
  interest: Interest
): ReadonlyArray<Entry> => {
  const page = new Arrived(sheet, options, interest);
  const entries: Array<Entry> = [];
  for (let offset = 0; offset < sheet.count; offset++) {
    const other = sheet.others.get(offset);
    const at = other && page.placeOf(offset);
    if (other) entries.push(at === undefined ? other : { ...other, at });
    else entries.push(new ArrivedText(page, offset) as Entry);
  }
  return entries;
};
