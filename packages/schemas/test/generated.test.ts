import { existsSync, readFileSync, readdirSync } from "node:fs";
import { type Kind, check, kinds } from "@tideway/schemas";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { fileNameOf, publishedSchemas } from "../scripts/json-schemas.ts";
import { generatedPart, referenceWith } from "../scripts/reference.ts";
import { generate as generated } from "./generate.ts";
import { randomFrom } from "./random-json.ts";

const folder = new URL("../json-schema/", import.meta.url);
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), "utf8"));

const ajv = new Ajv2020({ strict: true, allErrors: false });
/** Why a validator that knows nothing of this package refuses a datum; `undefined` where it does not. */
const validatorOf = (kind: Kind): ((datum: unknown) => string | undefined) => {
  const validate = ajv.compile(read(`${fileNameOf(kind)}.json`) as object);
  return (datum) => (validate(datum) ? undefined : ajv.errorsText(validate.errors));
};
const validators = new Map(kinds.map((kind) => [kind, validatorOf(kind)]));
const refusal = (kind: Kind, datum: unknown): string | undefined => validators.get(kind)?.(datum);
const generate = "run `pnpm --filter @tideway/schemas generate` and `pnpm format`";

describe("the published JSON Schemas", () => {
  it("are there for every kind, and for nothing else", () =>
    expect(readdirSync(folder).sort(), generate).toEqual(kinds.map((kind) => `${fileNameOf(kind)}.json`).sort()));

  it("say what the schemas say", () => {
    for (const [kind, schema] of publishedSchemas()) expect(read(`${fileNameOf(kind)}.json`), generate).toEqual(schema);
  });

  it("refuse what a schema can refuse: types, ranges, texts outside of a list, missing members", () => {
    const good = { type: "cbg", time: "2026-05-14T08:17:08Z", units: "mg/dL", value: 120 };
    expect(refusal("cbg", { ...good, anything: 1 })).toBeUndefined();
    for (const bad of [
      { value: "120" },
      { value: 1001 },
      { units: "mg" },
      { value: undefined },
      { value: null },
      { tags: ["a", "a"] }
    ]) {
      expect({ bad, refusal: refusal("cbg", { ...good, ...bad }) }).not.toEqual({ bad, refusal: undefined });
    }
  });

  it("tell ranges that depend on units", () => {
    const of = (units: string, value: number) => ({
      type: "water",
      time: "2026-05-14T08:17:08Z",
      amount: { units, value }
    });
    for (const [units, value] of [
      ["gallons", 10],
      ["gallons", 10.1],
      ["ounces", 1280],
      ["ounces", 1281]
    ] as const) {
      const datum = of(units, value);
      expect({ datum, ok: refusal("water", datum) === undefined }).toEqual({ datum, ok: check(datum).ok });
    }
  });
});

describe("what check accepts, the JSON Schemas accept", () => {
  it.each(kinds)("in whatever %s is generated, and where members are null", (kind: Kind) => {
    for (let seed = 0; seed < 100; seed++) {
      const datum = generated(kind, randomFrom(seed));
      for (const name of ["none", ...Object.keys(datum)]) {
        const other = { ...datum, [name]: null };
        if (check(other).ok) expect({ other, refusal: refusal(kind, other) }).toEqual({ other });
      }
    }
  });

  it.each(["http://h:70000/", "http://h:999999", "foo://h", "http://h/ ?a b", "http://münchen.de", "http://h%25/"])(
    "in the address %s",
    (url) => {
      const food = { type: "food", time: "2026-05-14T08:17:08Z", associations: [{ type: "url", url }] };
      expect(check(food)).toEqual({ ok: true });
      expect(refusal("food", food)).toBeUndefined();
    }
  );

  it("however a validator takes the keyword format: they have none", () =>
    expect(kinds.filter((kind) => JSON.stringify(read(`${fileNameOf(kind)}.json`)).includes('"format":'))).toEqual([]));
});

it("shows in its reference the tables that follow from the schemas", () => {
  const reference = readFileSync(new URL("../REFERENCE.md", import.meta.url), "utf8");
  expect(generatedPart(reference), generate).toBe(generatedPart(referenceWith(reference)));
});

const records = new URL("../../../../shared/conformance/records/", import.meta.url);

describe.skipIf(!existsSync(records))("the JSON Schemas, held against the platform as it was recorded", () => {
  it.each(kinds)("accept every recorded %s that it accepted", (kind: Kind) => {
    for (const line of readFileSync(new URL(`${fileNameOf(kind)}.jsonl`, records), "utf8")
      .trim()
      .split("\n")) {
      const { id, record, accepted } = JSON.parse(line) as { id: string; record: unknown; accepted: boolean };
      if (accepted && record !== null) expect({ id, refusal: refusal(kind, record) }).toEqual({ id });
    }
  });
});
