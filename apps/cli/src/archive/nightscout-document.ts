import { toMgdl } from "@tideway/schemas";
import type { TidepoolRecord } from "@tideway/sources";

/** A document for a collection of a Nightscout site. */
export interface NightscoutDocument {
  readonly collection: "entries" | "treatments";
  readonly document: Readonly<Record<string, unknown>>;
}

const directions: Readonly<Record<string, string>> = {
  constant: "Flat",
  slowRise: "FortyFiveUp",
  moderateRise: "SingleUp",
  rapidRise: "DoubleUp",
  slowFall: "FortyFiveDown",
  moderateFall: "SingleDown",
  rapidFall: "DoubleDown"
};

const numberOf = (value: unknown): number => (typeof value === "number" ? value : 0);
const minutes = (milliseconds: unknown): number => Math.round(numberOf(milliseconds) / 60_000);
const mgdlOf = ({ value, units }: TidepoolRecord): number =>
  units === "mg/dL" ? numberOf(value) : Math.round(toMgdl(numberOf(value)));

const carbsOf = ({ nutrition }: TidepoolRecord): number =>
  numberOf((nutrition as { readonly carbohydrate?: { readonly net?: unknown } } | undefined)?.carbohydrate?.net);

/** The origin id, by which the site itself tells documents apart when they are written again. */
const identityOf = ({ origin, id, type, deviceId }: TidepoolRecord) => {
  const { id: given } = (origin ?? {}) as { readonly id?: unknown };
  return {
    identifier: `${String(given ?? id)}/${String(type)}`,
    ...(typeof deviceId === "string" ? { device: deviceId } : {}),
    app: "tideway"
  };
};

const bolusOf = (record: TidepoolRecord): Readonly<Record<string, unknown>> => {
  const { subType, normal, extended, duration } = record;
  const now = numberOf(normal);
  const later = numberOf(extended);
  if (subType !== "square" && subType !== "dual/square") return { eventType: "Bolus", insulin: now };
  const total = now + later;
  const share = total === 0 ? 0 : Math.round((100 * now) / total);
  return {
    eventType: "Combo Bolus",
    insulin: now,
    enteredinsulin: String(total),
    splitNow: String(share),
    splitExt: String(100 - share),
    duration: minutes(duration),
    relative: numberOf(duration) === 0 ? 0 : later / (numberOf(duration) / 3_600_000)
  };
};

const treatmentOf = (record: TidepoolRecord): Readonly<Record<string, unknown>> | undefined => {
  const { type, subType, deliveryType, duration } = record;
  switch (type) {
    case "bolus":
      return bolusOf(record);
    case "wizard":
      return numberOf(record["carbInput"]) > 0
        ? { eventType: "Carb Correction", carbs: record["carbInput"] }
        : undefined;
    case "food":
      return carbsOf(record) > 0 ? { eventType: "Carb Correction", carbs: carbsOf(record) } : undefined;
    case "insulin":
      return {
        eventType: "Bolus",
        insulin: numberOf((record["dose"] as { readonly total?: unknown } | undefined)?.total)
      };
    case "basal":
      // The scheduled one is what a site's profile says.
      if (deliveryType === "scheduled") return undefined;
      return {
        eventType: "Temp Basal",
        absolute: deliveryType === "suspend" ? 0 : record["rate"],
        duration: minutes(duration)
      };
    case "physicalActivity":
      return { eventType: "Exercise", duration: minutes((duration as { readonly value?: number } | undefined)?.value) };
    case "deviceEvent":
      if (subType === "reservoirChange") return { eventType: "Insulin Change" };
      return subType === "prime" ? { eventType: "Site Change" } : undefined;
    default:
      return undefined;
  }
};

/** A record as a document of a Nightscout site; undefined for what it has no place for. */
export const nightscoutDocument = (record: TidepoolRecord): NightscoutDocument | undefined => {
  const { type, subType, time } = record;
  if (typeof time !== "string") return undefined;
  const iso = new Date(time).toISOString();
  const date = Date.parse(time);
  const common = identityOf(record);
  const isCalibration = type === "deviceEvent" && subType === "calibration";
  if (type === "cbg" || type === "smbg" || isCalibration) {
    const mgdl = mgdlOf(record);
    const entry = { ...common, date, dateString: iso, sysTime: iso };
    if (type !== "cbg") return { collection: "entries", document: { ...entry, type: "mbg", mbg: mgdl } };
    const direction = directions[String(record["trend"])];
    const document = { ...entry, type: "sgv", sgv: mgdl, ...(direction === undefined ? {} : { direction }) };
    return { collection: "entries", document };
  }
  const treatment = treatmentOf(record);
  return (
    treatment && {
      collection: "treatments",
      document: { ...common, created_at: iso, enteredBy: "tideway", ...treatment }
    }
  );
};
