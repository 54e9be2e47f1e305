import { existsSync, readFileSync, readdirSync } from "node:fs";
import { type Kind, check, kinds } from "@tideway/schemas";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { fileNameOf, jsonSchemas } from "../scripts/json-schemas.ts";
import { generatedPart, referenceWith } from "../scripts/reference.ts";
import { withoutNulls } from "./without-nulls.ts";

const folder = new URL("../json-schema/", import.meta.url);
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), "utf8"));

/** As zod reads it, which ends whole numbers at 2^53; the platform does not. */
const readable = (kind: Kind): z.ZodType =>
  z.fromJSONSchema(
    JSON.parse(JSON.stringify(read(`${fileNameOf(kind)}.json`)), (_key, value: unknown) =>
      value === "integer" ? "number" : value
    )
  );
const generate = "run `pnpm --filter @tideway/schemas generate` and `pnpm format`";

describe("the published JSON Schemas", () => {
  it("are there for every kind, and for nothing else", () =>
    expect(readdirSync(folder).sort(), generate).toEqual(kinds.map((kind) => `${fileNameOf(kind)}.json`).sort()));

  it("say what the schemas say", () => {
    for (const [kind, schema] of jsonSchemas()) expect(read(`${fileNameOf(kind)}.json`), generate).toEqual(schema);
  });

  it("refuse what a schema can refuse: types, ranges, texts outside of a list, missing members", () => {
    const cbg = readable("cbg");
    const good = { type: "cbg", time: "2026-05-14T08:17:08Z", units: "mg/dL", value: 120 };
    expect(cbg.safeParse({ ...good, anything: 1 }).success).toBe(true);
    for (const bad of [
      { value: "120" },
      { value: 1001 },
      { units: "mg" },
      { value: undefined },
      { tags: ["a", "a"] }
    ]) {
      expect({ bad, accepted: cbg.safeParse({ ...good, ...bad }).success }).toEqual({ bad, accepted: false });
    }
  });

  it("tell ranges that hang on units", () => {
    const water = readable("water");
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
      expect({ datum, ok: water.safeParse(datum).success }).toEqual({ datum, ok: check(datum).ok });
    }
  });
});

it("shows in its reference the tables that follow from the schemas", () => {
  const reference = readFileSync(new URL("../REFERENCE.md", import.meta.url), "utf8");
  expect(generatedPart(reference), generate).toBe(generatedPart(referenceWith(reference)));
});

const records = new URL("../../../../shared/conformance/records/", import.meta.url);

describe.skipIf(!existsSync(records))("the JSON Schemas, held against the platform as it was recorded", () => {
  it.each(kinds)("accept every recorded %s that it accepted", (kind: Kind) => {
    const schema = readable(kind);
    for (const line of readFileSync(new URL(`${fileNameOf(kind)}.jsonl`, records), "utf8")
      .trim()
      .split("\n")) {
      const { id, record, accepted } = JSON.parse(line) as { id: string; record: unknown; accepted: boolean };
      if (!accepted) continue;
      const { success, error } = schema.safeParse(withoutNulls(record));
      expect({ id, success, error: error?.message }).toEqual({ id, success: true, error: undefined });
    }
  });
});
