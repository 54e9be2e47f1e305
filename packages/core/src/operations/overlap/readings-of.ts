import { toMmolL } from "@tideway/schemas";
import type { Quantity, ComparedReading } from "../../contract/overlap.ts";

type Members = Readonly<Record<string, unknown>>;

const membersOf = (value: unknown): Members =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Members) : {};

const number = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isFinite(value) ? value : undefined;

const sum = (...values: ReadonlyArray<unknown>): number | undefined => {
  const numbers = values.map(number).filter((value) => value !== undefined);
  return numbers.length === 0 ? undefined : numbers.reduce((total, value) => total + value, 0);
};

const glucose = ({ value, units }: Members): number | undefined => {
  const amount = number(value);
  return amount !== undefined && String(units).toLowerCase() === "mg/dl" ? toMmolL(amount) : amount;
};

/** By type: the quantity, and how much of it a datum tells. */
const amounts: Readonly<Record<string, readonly [Quantity, (datum: Members) => number | undefined]>> = {
  cbg: ["glucose", glucose],
  smbg: ["glucose", glucose],
  bloodKetone: ["ketone", ({ value }) => number(value)],
  bolus: ["bolus", ({ normal, extended }) => sum(normal, extended)],
  insulin: ["bolus", ({ dose }) => number(membersOf(dose)["total"])],
  basal: ["basal", ({ rate }) => number(rate)],
  wizard: ["carbohydrate", ({ carbInput }) => number(carbInput) || undefined],
  food: ["carbohydrate", ({ nutrition }) => number(membersOf(membersOf(nutrition)["carbohydrate"])["net"])]
};

/** Types that may tell the same as one of these. */
export const comparableTypes = (types: Iterable<string>): ReadonlyArray<string> => {
  const given = [...types];
  const quantities = new Set(given.map((type) => amounts[type]?.[0]));
  const alike = Object.entries(amounts).flatMap(([type, [quantity]]) => (quantities.has(quantity) ? [type] : []));
  return [...new Set([...given, ...alike])].sort();
};

/** The datum and the one inside it, where it has one. */
export const withInner = (datum: Members): ReadonlyArray<Members> => {
  const bolus = membersOf(datum["bolus"]);
  return datum["type"] === "wizard" && bolus["type"] === "bolus" ? [datum, bolus] : [datum];
};

/** The reading that a datum is, with units as written or as stored; undefined for what has no amount. */
export const readingOf = (datum: Members): ComparedReading | undefined => {
  const [quantity, amountOf] = amounts[String(datum["type"])] ?? [];
  const amount = amountOf?.(datum);
  const time = Date.parse(String(datum["time"]));
  return quantity === undefined || amount === undefined || Number.isNaN(time) ? undefined : { quantity, time, amount };
};
