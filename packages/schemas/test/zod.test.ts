import { existsSync, readFileSync } from "node:fs";
import { type Kind, check, definitionOf, kindOf, kinds } from "@tideway/schemas";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { fileNameOf } from "../scripts/json-schemas.ts";
import { withoutNulls } from "./without-nulls.ts";

const records = new URL("../../../../shared/conformance/records/", import.meta.url);
const time = "2026-05-14T08:17:08Z";

describe("the zod schema of a kind", () => {
  it("gives a parsed datum without the members that the platform ignores", () => {
    const cbg = definitionOf("cbg").zod(z);
    expect(cbg.parse({ type: "cbg", time, units: "mg/dL", value: 120, guid: "x" })).toEqual({
      type: "cbg",
      time,
      units: "mg/dL",
      value: 120
    });
  });

  it("knows the rules that no schema can express, in the platform's codes", () => {
    const food = definitionOf("food").zod(z);
    const { success, error } = food.safeParse({ type: "food", time, meal: "other" });
    expect(success).toBe(false);
    expect(error?.issues).toMatchObject([{ path: ["mealOther"], params: { code: "value-not-exists" } }]);
  });
});

describe.skipIf(!existsSync(records))("zod and check", () => {
  const read = (kind: Kind): ReadonlyArray<unknown> =>
    readFileSync(new URL(`${fileNameOf(kind)}.jsonl`, records), "utf8")
      .trim()
      .split("\n")
      .map((line) => withoutNulls((JSON.parse(line) as { record: unknown }).record))
      .filter((record) => kindOf(record) === kind);

  it.each(kinds)("say yes and no alike to every recorded %s", (kind) => {
    const schema = definitionOf(kind).zod(z) as z.ZodMiniType;
    for (const record of read(kind)) {
      expect({ record, ok: schema.safeParse(record).success }).toEqual({ record, ok: check(record).ok });
    }
  });

  it.each(kinds)("do not drift apart: what zod alone refuses in a %s, check refuses as well", (kind) => {
    const structure = z.object((definitionOf(kind).zod(z) as z.ZodMiniObject).shape);
    for (const record of read(kind)) {
      if (!structure.safeParse(record).success) expect({ record, ok: check(record).ok }).toEqual({ record, ok: false });
    }
  });
});
