import { createHash } from "node:crypto";
import { type TidepoolRecord, writableRecord } from "@tideway/sources";

const mask = (1n << 128n) - 1n;

/** With the members of every object in one order. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(members.map(([key, member]) => [key, sorted(member)]));
};

/** What links two records of one upload: the platform gives each upload other ids. */
const isLink = (key: string, value: unknown, { type }: TidepoolRecord): boolean =>
  typeof value === "string" &&
  ((key === "bolus" && type === "wizard") ||
    (key === "status" && type === "deviceEvent" && /^[\da-z]{32}$/u.test(value)));

const essenceOf = (record: TidepoolRecord): unknown =>
  sorted(
    Object.fromEntries(Object.entries(writableRecord(record)).filter(([key, value]) => !isLink(key, value, record)))
  );

/**
 * A hash of what records say, whatever their order, and whatever ids the platform has given them: two accounts with the same data have the
 * same. The sum of a hash of each record, modulo 2^128: against accidents, not against forgers.
 */
export class ContentsHash {
  private sum: bigint;

  constructor(text = "0") {
    this.sum = BigInt(`0x${text}`);
  }

  add(record: TidepoolRecord): void {
    const digest = createHash("sha256")
      .update(JSON.stringify(essenceOf(record)))
      .digest("hex");
    this.sum = (this.sum + BigInt(`0x${digest.slice(0, 32)}`)) & mask;
  }

  /** Joins another one to it. */
  join(text: string): void {
    this.sum = (this.sum + BigInt(`0x${text}`)) & mask;
  }

  toString(): string {
    return this.sum.toString(16).padStart(32, "0");
  }
}
