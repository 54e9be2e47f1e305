import { InvalidOption } from "../invalid-option.ts";
import type { Mapping } from "./mapping.ts";

type Check = (value: unknown, path: string) => void;

const wrong = (path: string, rule: string, example: string): never => {
  throw new InvalidOption("mapping", `is wrong at ${path}: it ${rule}, as in ${example}.`);
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const test =
  (isRight: (value: unknown) => boolean, rule: string, example: string): Check =>
  (value, path) => {
    if (!isRight(value)) wrong(path, rule, example);
  };

const oneOf = (words: ReadonlyArray<string>, example: string): Check =>
  test((value) => words.includes(value as string), `must be one of ${words.join(", ")}`, example);

const isText = (value: unknown): boolean => typeof value === "string" && value.trim() !== "";
const isPlace = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 1;
const texts = (value: unknown): boolean => Array.isArray(value) && value.length > 0 && value.every(isText);
const flag = (example: string): Check => test((value) => typeof value === "boolean", "must be true or false", example);

const column: Check = test(
  (value) => isText(value) || isPlace(value) || texts(value),
  "must be the heading of a column, a list of headings that it may have, or its number from 1 on",
  '"Glucose (mg/dL)" or 3'
);

const list =
  (each: Check, rule: string, example: string): Check =>
  (value, path) => {
    if (!Array.isArray(value) || value.length === 0) return wrong(path, rule, example);
    for (const [index, item] of value.entries()) each(item, `${path}[${index}]`);
  };

/** An object with these members and no others: a misspelled one would be overlooked. */
const members =
  (checks: Readonly<Record<string, Check>>, required: ReadonlyArray<string>, example: string): Check =>
  (value, path) => {
    if (!isObject(value)) return wrong(path, "must be an object", example);
    const inside = (name: string): string => (path === "the top" ? name : `${path}.${name}`);
    for (const name of required) if (value[name] === undefined) wrong(inside(name), "is missing", example);
    for (const [name, item] of Object.entries(value)) {
      const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
      if (check) check(item, inside(name));
      else wrong(inside(name), `is no member here; the members are ${Object.keys(checks).join(", ")}`, example);
    }
  };

const where: Check = (value, path) => {
  const example = '"where": { "Type": ["Meter", "Manual*"] }';
  if (!isObject(value)) return wrong(path, "must be an object of columns with the texts that they may have", example);
  for (const [name, expected] of Object.entries(value)) {
    const all: ReadonlyArray<unknown> = Array.isArray(expected) ? expected : [expected];
    if (all.length === 0 || !all.every((item) => typeof item === "string"))
      wrong(`${path}.${name}`, "must be a text or a list of texts", example);
  }
};

const range = members(
  {
    low: test((value) => Number(value) > 0, "must be a number of mg/dL", '"low": 20'),
    high: test((value) => Number(value) > 0, "must be a number of mg/dL", '"high": 600')
  },
  ["low", "high"],
  '"range": { "low": 20, "high": 600 }'
);

const units: Check = (value, path) => {
  const example = '"units": "mg/dL" or "units": { "column": "Unit" }';
  if (isObject(value)) return members({ column }, ["column"], example)(value, path);
  return oneOf(["mg/dL", "mmol/L"], example)(value, path);
};

const any: Check = () => {};
const common = {
  kind: any,
  column,
  sum: list(column, "must be a list of columns", '"sum": ["Meal insulin", "Correction insulin"]'),
  where,
  optional: flag('"optional": true'),
  zeroIsBlank: flag('"zeroIsBlank": true')
};
const glucose = {
  ...common,
  units,
  range,
  clamps: flag('"clamps": true'),
  subType: oneOf(["manual", "linked", "scanned"], '"subType": "manual"')
};
const acting = oneOf(["rapid", "short", "intermediate", "long"], '"acting": "rapid"');
const positive = test(
  (value) => typeof value === "number" && value > 0,
  "must be a number above 0",
  '"gramsPerUnit": 12'
);
const byKind: Readonly<Record<string, readonly [Readonly<Record<string, Check>>, ReadonlyArray<string>]>> = {
  cbg: [glucose, []],
  smbg: [glucose, []],
  calibration: [glucose, []],
  insulin: [{ ...common, acting, food: column, correction: column }, ["acting"]],
  bolus: [{ ...common, automated: flag('"automated": true'), extended: column, minutes: column }, []],
  food: [{ ...common, gramsPerUnit: positive }, []],
  ketone: [common, []],
  exercise: [common, []],
  ignore: [{ ...common, as: test(isText, "must be a text", '"as": "blood pressure"') }, ["as"]]
};

const rule: Check = (value, path) => {
  const example = '{ "kind": "smbg", "column": "Glucose (mg/dL)" }';
  if (!isObject(value)) return wrong(path, "must be an object", example);
  oneOf(Object.keys(byKind), example)(value["kind"], `${path}.kind`);
  const [checks, required] = byKind[value["kind"] as string]!;
  members(checks, required, example)(value, path);
  const { column: one, sum, extended, minutes } = value;
  if ((one === undefined) === (sum === undefined) && extended === undefined)
    wrong(path, "must have either column or sum", example);
  if ((extended === undefined) !== (minutes === undefined))
    wrong(path, "must have extended and minutes together", '"extended": "Extended (U)", "minutes": "Duration (min)"');
};

const time: Check = (value, path) =>
  isObject(value)
    ? members(
        { date: column, time: column },
        ["date", "time"],
        '"time": { "date": "Date", "time": "Time" }'
      )(value, path)
    : column(value, path);

const mapping = members(
  {
    id: test(
      (value) => typeof value === "string" && /^[a-z\d][a-z\d-]{1,23}$/u.test(value),
      "must be 2 to 24 small letters, figures and hyphens",
      '"id": "my-meter"'
    ),
    time,
    clock: oneOf(["local", "utc", "epoch-seconds", "epoch-milliseconds"], '"clock": "utc"'),
    dateOrder: oneOf(["dmy", "mdy", "ymd"], '"dateOrder": "dmy"'),
    decimal: oneOf([",", "."], '"decimal": ","'),
    headings: test((value) => value === false, "must be false or left out", '"headings": false'),
    device: members(
      {
        model: test(isText, "must be a text", '"model": "Contour Next One"'),
        column,
        above: test(isText, "must be a text", '"above": "Serial number"')
      },
      [],
      '"device": { "model": "Contour Next One" }'
    ),
    person: column,
    key: list(column, "must be a list of columns", '"key": ["Record ID"]'),
    notes: column,
    records: list(rule, "must be a list of rules", '"records": [{ "kind": "smbg", "column": "Glucose (mg/dL)" }]')
  },
  ["id", "time", "records"],
  '{ "id": "my-meter", "time": "Date", "records": [{ "kind": "smbg", "column": "Glucose (mg/dL)" }] }'
);

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/u, ""));
  } catch (cause) {
    throw new InvalidOption("mapping", "must be JSON: a bracket, a comma or a quotation mark is wrong.", { cause });
  }
};

/**
 * A mapping, or the JSON text of one, checked.
 *
 * @throws {InvalidOption} where it is wrong, by the path of the member, with its rule and an example.
 */
export const checkMapping = (value: unknown): Mapping => {
  const parsed = typeof value === "string" ? parse(value) : value;
  mapping(parsed, "the top");
  return parsed as Mapping;
};
