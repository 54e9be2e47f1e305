import { join } from "../../byte-stream.ts";
import type { RowFault } from "../../row-fault.ts";
import { decode, firstDamage } from "../../text/decode-utf8.ts";
import { UnreadableInput } from "../../unreadable-input.ts";
import { type HealthItem, quantities, wantedMetadata } from "./health-element.ts";
import { type Attributes, readAttributes } from "./read-attributes.ts";
import { bytesOf, endsName, find, hasAt, tagEnd } from "./tag-bytes.ts";

/** The longest tag: a record has 500 bytes, and workouts of hours some thousand. */
const longest = 262_144;
/** The most statistics of a workout: there is one for each kind of quantity. */
const mostStatistics = 64;

const prefix = bytesOf("HKQuantityTypeIdentifier");
const suffixes = quantities.map(bytesOf);
const [record, workout, correlation] = [bytesOf("Record"), bytesOf("Workout"), bytesOf("Correlation")];
const [metadataEntry, statistics] = [bytesOf("MetadataEntry"), bytesOf("WorkoutStatistics")];
const [commentStart, commentEnd] = [bytesOf("!--"), bytesOf("-->")];
const [cdataStart, cdataEnd, entity] = [bytesOf("![CDATA["), bytesOf("]]>"), bytesOf("!ENTITY")];
const typeStart = bytesOf(" type=");
/** More than has to be seen of a tag to pass it over. */
const lookAhead = 96;

const faults = {
  broken: {
    code: "bad-xml",
    message: "A quote or a bracket is missing, or an attribute is there twice: the file was changed or damaged."
  },
  "too-long": { code: "too-long", message: "A tag is longer than any of Apple Health is: the file is damaged." },
  unfinished: { code: "cut-short", message: "The file ends inside a tag or a comment: export it again." },
  undecodable: { code: "undecodable", message: "It holds bytes that are no text in the encoding of the file." }
} as const satisfies Readonly<Record<string, RowFault>>;

interface OpenElement {
  readonly name: "Record" | "Workout";
  readonly row: number;
  readonly attributes: Attributes;
  readonly metadata: Map<string, string>;
  readonly statistics: Array<Attributes>;
  fault: RowFault | undefined;
}

/** Whether a record, whose tag begins there, may be of a wanted type: where that is not plain to see, it may. */
const mayMatter = (bytes: Uint8Array, from: number): boolean => {
  if (!hasAt(bytes, from + 7, typeStart)) return true;
  const quote = bytes[from + 13]!;
  if (quote !== 0x22 && quote !== 0x27) return true;
  const value = from + 14;
  if (hasAt(bytes, value, prefix)) {
    const kind = value + prefix.length;
    if (suffixes.some((suffix) => hasAt(bytes, kind, suffix) && bytes[kind + suffix.length] === quote)) return true;
  }
  // References and control characters may hide a type.
  for (let at = value; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === quote) return false;
    if (byte < 32 || byte === 0x26 || at - value > lookAhead) return true;
  }
  return true;
};

const isWanted = (attributes: Attributes): boolean =>
  quantities.some((quantity) => attributes.get("type") === `HKQuantityTypeIdentifier${quantity}`);

const used = ["type", "unit", "value", "sourceName", "startDate", "endDate", "workoutActivityType", "duration"];

/**
 * Finds the records and workouts that matter among gigabytes of steps and heart rates: looks at nothing but the beginning of each tag
 * until one may matter, and reads that one alone. Comments and CDATA are passed over; the DTD, which several versions of iOS
 * write wrongly, is not looked at, except that entities are refused. Memory is bounded by one tag.
 */
export class ElementScanner {
  private readonly file: string;
  private rest: Uint8Array = new Uint8Array(0);
  private closing: Uint8Array | undefined;
  private open: OpenElement | undefined;
  private items: Array<HealthItem> = [];
  /** The line of the first byte that was not counted yet, and where that is in the bytes at hand. */
  private line = 1;
  private counted = 0;

  /** `file`: its name, for errors. */
  constructor(file: string) {
    this.file = file;
  }

  /**
   * Takes the next bytes and gives what is complete.
   *
   * @throws {UnreadableInput} `unsafe` for a file that defines entities.
   */
  push(piece: Uint8Array): ReadonlyArray<HealthItem> {
    return this.advance(piece, false);
  }

  /** To be called after the last bytes. */
  end(): ReadonlyArray<HealthItem> {
    const items = this.advance(new Uint8Array(0), true);
    return this.closing ? [...items, { row: this.line, fault: faults.unfinished }] : items;
  }

  private advance(piece: Uint8Array, last: boolean): ReadonlyArray<HealthItem> {
    const bytes = this.rest.length === 0 ? piece : join(this.rest, piece);
    const rest = this.scan(bytes, last);
    this.countTo(bytes, rest);
    this.counted = 0;
    this.rest = bytes.slice(rest);
    if (last) this.close();
    const { items } = this;
    this.items = [];
    return items;
  }

  /** Reads what is complete, and says where the rest begins. */
  private scan(bytes: Uint8Array, last: boolean): number {
    let at = 0;
    for (;;) {
      if (this.closing) {
        const end = find(bytes, this.closing, at);
        if (end < 0) return last ? bytes.length : Math.max(at, bytes.length - this.closing.length + 1);
        at = end + this.closing.length;
        this.closing = undefined;
      }
      const from = bytes.indexOf(0x3c, at);
      if (from < 0) return bytes.length;
      if (bytes.length - from < lookAhead && !last) return from;
      const name = this.wantedName(bytes, from);
      at = from + 1;
      if (name === undefined) continue;
      const end = tagEnd(bytes, at + name.length);
      if (end === "unfinished" && !last && bytes.length - from <= longest) return from;
      if (typeof end !== "number" || end - from > longest) {
        // With a quote too few, a tag seems to go on to the end of the file.
        const isBroken = end === "broken" || (last && bytes.indexOf(0x3c, at) >= 0);
        const fault = isBroken ? faults.broken : last ? faults.unfinished : faults["too-long"];
        this.refuse(fault, name, this.rowAt(bytes, from));
      } else if (this.take(name, bytes, from, end)) at = end;
    }
  }

  /** The name of a tag that has to be read; what a tag closes or hides is done at once. */
  private wantedName(bytes: Uint8Array, from: number): Uint8Array | undefined {
    const at = from + 1;
    const is = (name: Uint8Array): boolean => hasAt(bytes, at, name) && endsName(bytes[at + name.length]);
    switch (bytes[at]) {
      case 0x52: // R
        if (!is(record)) return undefined;
        this.close();
        return mayMatter(bytes, from) ? record : undefined;
      case 0x4d: // M
        return this.open && is(metadataEntry) ? metadataEntry : undefined;
      case 0x57: // W
        if (is(workout)) {
          this.close();
          return workout;
        }
        return this.open && is(statistics) ? statistics : undefined;
      case 0x43: // C
        if (is(correlation)) this.close();
        return undefined;
      case 0x2f: // /
        this.closeAt(bytes, at + 1);
        return undefined;
      case 0x21: // !
        if (hasAt(bytes, at, commentStart)) this.closing = commentEnd;
        else if (hasAt(bytes, at, cdataStart)) this.closing = cdataEnd;
        else if (hasAt(bytes, at, entity)) {
          const message = `${this.file} is not read: it defines entities of its own, with which a small file can grow without end. No export of Apple Health does.`;
          throw new UnreadableInput("unsafe", message);
        }
        return undefined;
      default:
        return undefined;
    }
  }

  /** Takes a whole tag; `false` where it is no sound one, so that the next may begin inside it. */
  private take(name: Uint8Array, bytes: Uint8Array, from: number, end: number): boolean {
    const isEmpty = bytes[end - 2] === 0x2f;
    const { text } = decode(bytes.subarray(from + 1 + name.length, end - (isEmpty ? 2 : 1)));
    const attributes = readAttributes(text);
    if (!attributes) {
      this.refuse(faults.broken, name, this.rowAt(bytes, from));
      return false;
    }
    if (name === metadataEntry) this.addMetadata(attributes);
    else if (name === statistics) {
      if (this.open!.statistics.length < mostStatistics) this.open!.statistics.push(attributes);
    } else if (name === workout || isWanted(attributes)) {
      const isDamaged = used.some((attribute) => firstDamage(attributes.get(attribute) ?? "") >= 0);
      this.open = {
        name: name === workout ? "Workout" : "Record",
        row: this.rowAt(bytes, from),
        attributes,
        metadata: new Map(),
        statistics: [],
        fault: isDamaged ? faults.undecodable : undefined
      };
      if (isEmpty) this.close();
    }
    return true;
  }

  private addMetadata(attributes: Attributes): void {
    const [key, value] = [attributes.get("key"), attributes.get("value")];
    if (key === undefined || value === undefined || !wantedMetadata.has(key)) return;
    if (firstDamage(value) >= 0) this.open!.fault = faults.undecodable;
    this.open!.metadata.set(key, value);
  }

  /** A record whose metadata is damaged is refused as a whole: it may be what says that insulin was basal. */
  private refuse(fault: RowFault, name: Uint8Array, row: number): void {
    if (this.open && (name === metadataEntry || name === statistics)) this.open.fault ??= fault;
    else this.items.push({ row, fault });
  }

  /** At the end tag of the open element, or of another one whose start was not read. */
  private closeAt(bytes: Uint8Array, at: number): void {
    if (!this.open) return;
    const name = this.open.name === "Record" ? record : workout;
    if (hasAt(bytes, at, name) && endsName(bytes[at + name.length])) this.close();
  }

  private close(): void {
    const { open } = this;
    if (!open) return;
    this.open = undefined;
    const { fault, ...element } = open;
    this.items.push(fault ? { row: open.row, fault } : element);
  }

  private rowAt(bytes: Uint8Array, at: number): number {
    this.countTo(bytes, at);
    return this.line;
  }

  private countTo(bytes: Uint8Array, to: number): void {
    const uncounted = bytes.subarray(this.counted, to);
    for (let at = uncounted.indexOf(10); at >= 0; at = uncounted.indexOf(10, at + 1)) this.line++;
    this.counted = Math.max(this.counted, to);
  }
}
