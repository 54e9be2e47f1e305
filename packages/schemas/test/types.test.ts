import {
  type DataSetCreate,
  type Datum,
  type DatumOf,
  type Kind,
  type StoredDatum,
  type StoredDatumOf,
  check,
  glucose
} from "@tideway/schemas";
import { describe, expect, expectTypeOf, it } from "vitest";

const time = "2026-05-14T08:17:08Z";

describe("Datum", () => {
  it("narrows by type, and by subType or deliveryType", () => {
    const read = (datum: Datum): number | undefined => {
      if (datum.type === "cbg") {
        expectTypeOf(datum).toEqualTypeOf<DatumOf<"cbg">>();
        return datum.value;
      }
      if (datum.type === "bolus" && datum.subType === "dual/square") {
        expectTypeOf(datum).toEqualTypeOf<DatumOf<"bolus/dual/square">>();
        return datum.extended + datum.normal;
      }
      if (datum.type === "basal" && datum.deliveryType === "suspend") {
        expectTypeOf(datum.duration).toBeNumber();
        // @ts-expect-error a suspended basal has no rate
        return datum.rate;
      }
      return undefined;
    };
    expect(read({ type: "cbg", time, units: "mg/dL", value: 100 })).toBe(100);
  });

  it("tells the member that a kind is told by, so that all kinds can be gone through", () => {
    expectTypeOf<DatumOf<"deviceEvent/status">["subType"]>().toEqualTypeOf<"status">();
    expectTypeOf<Datum["type"]>().toEqualTypeOf<
      | "alert"
      | "basal"
      | "bloodKetone"
      | "bolus"
      | "cbg"
      | "cgmSettings"
      | "controllerSettings"
      | "controllerStatus"
      | "deviceEvent"
      | "dosingDecision"
      | "food"
      | "insulin"
      | "physicalActivity"
      | "pumpSettings"
      | "pumpStatus"
      | "reportedState"
      | "smbg"
      | "water"
      | "wizard"
    >();
    expectTypeOf<"basal/temporary">().not.toExtend<Kind>();
  });

  it("does not let the usual mistakes compile", () => {
    const mistakes: ReadonlyArray<Datum> = [
      // @ts-expect-error units are needed: 5.5 and 100 are both plausible without
      { type: "cbg", time, value: 5.5 },
      // @ts-expect-error not a spelling that the platform takes
      { type: "cbg", time, units: "mgdl", value: 100 },
      // @ts-expect-error numbers are not texts
      { type: "smbg", time, units: "mg/dL", value: "100" },
      // @ts-expect-error times are texts
      { type: "food", time: new Date(0) },
      // @ts-expect-error the delivery type is `temp`
      { type: "basal", deliveryType: "temporary", time, duration: 0, rate: 1 },
      // @ts-expect-error a basal needs its duration
      { type: "basal", deliveryType: "scheduled", time, rate: 1 },
      // @ts-expect-error the subtype is `square`
      { type: "bolus", subType: "extended", time, duration: 0, extended: 1 },
      // @ts-expect-error a wizard holds its bolus; the id of one can only be read
      { type: "wizard", time, units: "mg/dL", bolus: "0123456789abcdef0123456789abcdef" },
      // @ts-expect-error a status needs its reason
      { type: "deviceEvent", subType: "status", time, status: "suspended" },
      // @ts-expect-error the member is `estimatedAbsorptionDuration`
      { type: "food", time, nutrition: { absorptionDuration: 60 } },
      // @ts-expect-error the platform reads `rateOfChangeAlerts`
      { type: "cgmSettings", time, rateOfChangeAlert: {} },
      // @ts-expect-error the platform sets it
      { type: "water", time, amount: { units: "liters", value: 1 }, uploadId: "x" },
      // @ts-expect-error uploads are sessions, not datums
      { type: "upload", time }
    ];
    expect(mistakes).toHaveLength(13);
  });

  it("takes what the builders make", () => {
    const datum: Datum = { type: "smbg", time, ...glucose(5.5, "mmol/L") };
    expect(check(datum)).toEqual({ ok: true });
  });
});

describe("StoredDatum", () => {
  it("has glucose in mmol/L, links for datums once embedded, and what the platform sets", () => {
    expectTypeOf<StoredDatumOf<"cbg">["units"]>().toEqualTypeOf<"mmol/L">();
    expectTypeOf<StoredDatumOf<"wizard">["bolus"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<StoredDatumOf<"deviceEvent/alarm">["status"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<StoredDatumOf<"food">["id"]>().toBeString();
    expectTypeOf<StoredDatum["uploadId"]>().toEqualTypeOf<string | undefined>();
  });

  it("narrows like what is written", () => {
    expectTypeOf<Extract<StoredDatum, { type: "bolus"; subType: "square" }>["extended"]>().toBeNumber();
  });

  it("cannot be written as it is", () => {
    expectTypeOf<StoredDatumOf<"wizard">>().not.toExtend<DatumOf<"wizard">>();
  });
});

it("knows the deduplicator and the type of a session that is to be opened", () => {
  expectTypeOf<DataSetCreate["dataSetType"]>().toEqualTypeOf<"continuous" | "normal" | undefined>();
  // @ts-expect-error the platform takes no tag of this name
  const wrong: DataSetCreate = { deviceTags: ["pen"] };
  expect(wrong.deviceTags).toEqual(["pen"]);
});
