import type { Column, Mapping, MappingRule, Where } from "./mapping.ts";
import { textPattern } from "./text-pattern.ts";

/** A condition on a row: some cell is one of some texts. A table without the column has it empty in every row. */
export type Condition = (cells: ReadonlyArray<string>) => boolean;

/** A rule with the places of its columns in a table, from 0. */
export interface PlacedRule {
  readonly rule: MappingRule;
  readonly amounts: ReadonlyArray<number>;
  readonly heading: string;
  readonly conditions: ReadonlyArray<Condition>;
  readonly units: number | undefined;
  readonly food: number | undefined;
  readonly correction: number | undefined;
  readonly extended: number | undefined;
  readonly minutes: number | undefined;
}

/** Where the columns of a mapping stand in a table. */
export interface MappedColumns {
  readonly width: number;
  readonly names: ReadonlyArray<string>;
  /** One place, or those of date and time. */
  readonly time: ReadonlyArray<number>;
  readonly device: number | undefined;
  readonly person: number | undefined;
  readonly key: ReadonlyArray<number>;
  readonly notes: number | undefined;
  readonly rules: ReadonlyArray<PlacedRule>;
  /** The paths of the mapping whose columns the table does not have. */
  readonly missing: ReadonlyArray<string>;
}

/** The place of a column among headings, from 0. */
export const placeOf = (column: Column, headings: ReadonlyArray<string>): number | undefined => {
  if (typeof column === "number") return column - 1;
  for (const name of typeof column === "string" ? [column] : column) {
    const isIt = textPattern(name);
    const place = headings.findIndex((heading) => isIt(heading));
    if (place >= 0) return place;
  }
  return undefined;
};

const conditionsOf = (where: Where, headings: ReadonlyArray<string>): ReadonlyArray<Condition> =>
  Object.entries(where).map(([column, expected]) => {
    const place = placeOf(/^\d+$/u.test(column) && headings.length === 0 ? Number(column) : column, headings);
    const patterns = (typeof expected === "string" ? [expected] : expected).map(textPattern);
    return (cells) => {
      const text = place === undefined ? "" : (cells[place] ?? "");
      return patterns.some((isIt) => isIt(text));
    };
  });

/** Places the columns of a mapping by a row of headings; by their numbers where the mapping has no headings. */
class Placing {
  readonly missing: Array<string> = [];
  private readonly headings: ReadonlyArray<string>;

  constructor(headings: ReadonlyArray<string>) {
    this.headings = headings;
  }

  optional(column: Column | undefined): number | undefined {
    return column === undefined ? undefined : placeOf(column, this.headings);
  }

  needed(column: Column | undefined, path: string): number | undefined {
    const place = this.optional(column);
    if (column !== undefined && place === undefined) this.missing.push(path);
    return place;
  }

  rule(rule: MappingRule, path: string): PlacedRule | undefined {
    const wanted = "sum" in rule && rule.sum ? rule.sum : rule.column === undefined ? [] : [rule.column];
    const places = wanted.map((column) => this.optional(column));
    const amounts = places.filter((place) => place !== undefined);
    const extended = rule.kind === "bolus" ? this.optional(rule.extended) : undefined;
    const isThere = amounts.length > 0 || extended !== undefined;
    if (amounts.length < wanted.length && rule.optional !== true) this.missing.push(path);
    // A bolus must not lose its extended part.
    if (isThere && rule.kind === "bolus") this.needed(rule.extended, `${path}.extended`);
    if (!isThere) return undefined;
    const isGlucose = rule.kind === "cbg" || rule.kind === "smbg" || rule.kind === "calibration";
    return {
      rule,
      amounts,
      heading: this.headings[amounts[0] ?? extended!] ?? `column ${(amounts[0] ?? extended!) + 1}`,
      conditions: conditionsOf(rule.where ?? {}, this.headings),
      units:
        isGlucose && typeof rule.units === "object"
          ? this.needed(rule.units.column, `${path}.units.column`)
          : undefined,
      food: rule.kind === "insulin" ? this.optional(rule.food) : undefined,
      correction: rule.kind === "insulin" ? this.optional(rule.correction) : undefined,
      extended,
      minutes: rule.kind === "bolus" ? this.needed(rule.minutes, `${path}.minutes`) : undefined
    };
  }
}

/**
 * Where the columns of a mapping stand, by a row that may be the headings: it is where it has the time and at least one amount.
 * `undefined`: it is another row.
 */
export const mappedColumns = (mapping: Mapping, headings: ReadonlyArray<string>): MappedColumns | undefined => {
  const { time, device, person, key = [], notes, records } = mapping;
  const placing = new Placing(headings);
  const isPair = typeof time === "object" && "date" in time;
  const times = (isPair ? [time.date, time.time] : [time]).map((column) => placing.optional(column));
  if (times.some((place) => place === undefined)) return undefined;
  const rules = records.flatMap((rule, index) => placing.rule(rule, `records[${index}]`) ?? []);
  if (rules.length === 0) return undefined;
  return {
    width: headings.length,
    names: headings.map((heading) => heading.trim()),
    time: times as ReadonlyArray<number>,
    device: placing.needed(device?.column, "device.column"),
    person: placing.needed(person, "person"),
    key: key.flatMap((column, index) => placing.needed(column, `key[${index}]`) ?? []),
    notes: placing.needed(notes, "notes"),
    rules,
    missing: placing.missing
  };
};
