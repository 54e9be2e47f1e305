import type { Acknowledged } from "../../contract/ledger.ts";
import { printLength } from "../../prepare/hash.ts";
import { damage } from "../damage.ts";

/** How many entries a block has at most: so many that writing one costs little, so few that reading one does. */
export const blockSize = 64;

type Kinds = Array<Acknowledged["kind"]>;

/** A block as it is saved. */
interface Saved {
  readonly ids: Array<string | null>;
  /** One after another where each is of the usual length: that is parsed in half the time. */
  readonly prints: Array<string> | string;
  /** One where all have the same. */
  readonly kinds: Kinds | Acknowledged["kind"];
  readonly children: Record<number, ReadonlyArray<string>>;
}

const none: ReadonlyArray<string> = [];

/** Undefined where that is no block: SQLite does not notice when what is inside a row is damaged. */
const parse = (text: string): Saved | undefined => {
  try {
    const saved = JSON.parse(text) as Saved;
    const { ids, prints, kinds, children } = saved;
    const count = typeof prints === "string" ? prints.length / printLength : prints.length;
    const isWhole = count === ids.length && (typeof kinds === "string" || kinds.length === ids.length);
    return isWhole && typeof children === "object" ? saved : undefined;
  } catch {
    return undefined;
  }
};

/** By a class and not a literal, for the same reason as `Item`. */
class Known implements Acknowledged {
  declare readonly originId: string;
  declare readonly fingerprint: string;
  declare readonly kind: Acknowledged["kind"];
  declare readonly children: ReadonlyArray<string>;

  constructor(originId: string, fingerprint: string, kind: Acknowledged["kind"], children: ReadonlyArray<string>) {
    this.originId = originId;
    this.fingerprint = fingerprint;
    this.kind = kind;
    this.children = children;
  }
}

/** What is known of up to 64 datums, in the order in which they became known: a row of the ledger. */
export class Block {
  readonly number: number;
  /** Null where one was forgotten. */
  private readonly ids: Saved["ids"];
  private prints: Saved["prints"];
  private readonly kinds: Kinds;
  /** By position, where there are any. */
  private readonly children: Saved["children"];

  private constructor(number: number, { ids, prints, kinds, children }: Saved) {
    this.number = number;
    this.ids = ids;
    this.prints = prints;
    this.kinds = typeof kinds === "string" ? ids.map(() => kinds) : kinds;
    this.children = children;
  }

  static empty(number: number): Block {
    return new Block(number, { ids: [], prints: [], kinds: [], children: {} });
  }

  /** `text` is what `toText` gave. */
  static fromText(number: number, text: string): Block {
    const saved = parse(text);
    // Without the words of a parser, which quote.
    if (!saved) throw damage("A block of entries cannot be read.");
    return new Block(number, saved);
  }

  toText(): string {
    const { ids, children } = this;
    const [first = "unknown"] = this.kinds;
    const kinds = this.kinds.every((kind) => kind === first) ? first : this.kinds;
    const own = this.ownPrints();
    const prints = own.every(({ length }) => length === printLength) ? own.join("") : own;
    return JSON.stringify({ ids, prints, kinds, children } satisfies Saved);
  }

  get length(): number {
    return this.ids.length;
  }

  get isFull(): boolean {
    return this.ids.length >= blockSize;
  }

  /** Whether all that was in it was forgotten. */
  get isVacant(): boolean {
    return this.ids.every((id) => id === null);
  }

  /** The id at a position; null or undefined where there is none. */
  idAt(position: number): string | null | undefined {
    return this.ids[position];
  }

  /** What is known at a position that has an id. */
  entryAt(position: number): Acknowledged {
    return new Known(
      this.ids[position]!,
      this.printAt(position),
      this.kinds[position]!,
      this.children[position] ?? none
    );
  }

  /** Puts an entry at a position: at `length` for one more. */
  put(position: number, { originId, fingerprint, kind, children }: Acknowledged) {
    this.ids[position] = originId;
    this.ownPrints()[position] = fingerprint;
    this.kinds[position] = kind;
    if (children.length > 0) this.children[position] = children;
    else delete this.children[position];
  }

  forget(position: number) {
    this.ids[position] = null;
    this.ownPrints()[position] = "";
    delete this.children[position];
  }

  private printAt(position: number): string {
    const { prints } = this;
    if (typeof prints !== "string") return prints[position]!;
    return prints.slice(position * printLength, (position + 1) * printLength);
  }

  /** To be changed in place. */
  private ownPrints(): Array<string> {
    if (typeof this.prints === "string") this.prints = this.ids.map((_, position) => this.printAt(position));
    return this.prints;
  }
}
