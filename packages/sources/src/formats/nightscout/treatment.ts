import type { BasalChange } from "./basals.ts";
import { insulinOf } from "./bolus.ts";
import { deviceName } from "./device-name.ts";
import { type Fields, numberIn, textIn } from "./document.ts";
import { foodOf, isEquivalent } from "./food.ts";
import { meterCheckOf } from "./meter-check.ts";
import { treatmentOriginId } from "./origin-id.ts";
import type { Override } from "./overrides.ts";

type Members = Readonly<Record<string, unknown>>;

const minute = 60_000;
/** In minutes. */
const week = 10_080;

/** What becomes of a treatment: any number of datums, a change of the basal, an override. Where there is none, what it is. */
export interface Treatment {
  /** Without time and origin; `part`: what of the treatment it is. */
  readonly datums: ReadonlyArray<{ readonly part: string; readonly members: Members }>;
  readonly basal?: BasalChange;
  readonly override?: Override;
  readonly notMapped?: string;
  readonly fault?: string;
}

/** By event, what is no datum of Tidepool's. */
const withoutKind = "an event that Tidepool has no kind for";

const isLoop = ({ enteredBy, app, automatic }: Fields): boolean =>
  automatic !== false &&
  (automatic === true ||
    /loop|iaps|trio|openaps|androidaps|aaps/iu.test(`${String(enteredBy ?? "")} ${String(app ?? "")}`));

/** How long something lasted, in minutes: AndroidAPS writes whole minutes, and beside them the milliseconds. */
const minutesOf = ({ duration, durationInMilliseconds }: Fields): number | undefined => {
  const exact = numberIn(durationInMilliseconds);
  return exact === undefined ? numberIn(duration) : exact / minute;
};

const basalOf = (fields: Fields, from: number, originId: string): Treatment => {
  const minutes = minutesOf(fields) ?? 0;
  const rate = numberIn(fields["absolute"]) ?? numberIn(fields["rate"]);
  const percent = numberIn(fields["percent"]);
  const kind = isLoop(fields) ? "automated" : "temp";
  if (minutes < 0 || minutes > week) return { datums: [], fault: "A temporary basal lasts 0 to 10,080 minutes." };
  if (rate !== undefined && !(rate >= 0 && rate <= 100)) {
    return { datums: [], fault: "The rate of a temporary basal is 0 to 100 units an hour." };
  }
  const share = percent === undefined ? undefined : (100 + percent) / 100;
  if (rate === undefined && share !== undefined && !(share >= 0 && share <= 10)) {
    return { datums: [], fault: "A temporary basal is 0 to 1000 percent of the scheduled one." };
  }
  const isSuspended = fields["reason"] === "suspend" || String(fields["type"] ?? "").endsWith("PUMP_SUSPEND");
  const delivery: BasalChange["delivery"] = isSuspended
    ? { kind: "suspend" }
    : minutes === 0 || (rate === undefined && share === undefined)
      ? { kind: "resume" }
      : rate === undefined
        ? { kind, share: share! }
        : { kind, rate };
  if (minutes > 0 && delivery.kind === "resume") return { datums: [], fault: "A temporary basal says no rate." };
  const duration = delivery.kind === "resume" ? 0 : minutes * minute;
  return {
    datums: [],
    basal: { from, duration, originId, deviceId: deviceName(fields["enteredBy"]), delivery },
    ...(duration === 0 ? { notMapped: "end of a temporary basal" } : {})
  };
};

const target = (fields: Fields, ...bounds: ReadonlyArray<unknown>): Members => {
  const [low, high] = bounds.map(numberIn).sort((a, b) => (a ?? 0) - (b ?? 0));
  if (low === undefined || high === undefined || low <= 0) return {};
  const mmol = String(fields["units"] ?? "").startsWith("mmol") || high < 33.3;
  return { bgTarget: { low, high }, units: { bg: mmol ? "mmol/L" : "mg/dL" } };
};

const lastingOf = (fields: Fields): number | undefined => {
  if (fields["durationType"] === "indefinite") return undefined;
  return Math.max(0, minutesOf(fields) ?? 0) * minute;
};

const targetOf = (fields: Fields, from: number, originId: string): Treatment => {
  const reason = String(fields["reason"] ?? "");
  const overrideType = /activity|exercise/iu.test(reason)
    ? "physicalActivity"
    : /eating|meal/iu.test(reason)
      ? "preprandial"
      : "custom";
  const members = { overrideType, ...target(fields, fields["targetBottom"], fields["targetTop"]) };
  return overriding({ from, duration: lastingOf(fields), kind: "target", members }, originId);
};

const overrideOf = (fields: Fields, from: number, originId: string): Treatment => {
  const name = textIn(fields["reason"]);
  const factor = numberIn(fields["insulinNeedsScaleFactor"]);
  const range = Array.isArray(fields["correctionRange"]) ? fields["correctionRange"] : [];
  const isNamed = name !== undefined && !/^(?:custom|pre-?meal|workout)/iu.test(name);
  const members = {
    ...(isNamed
      ? { overrideType: "preset", overridePreset: [...name].slice(0, 100).join("") }
      : { overrideType: /^pre-?meal/iu.test(name ?? "") ? "preprandial" : "custom" }),
    ...(range.length === 2 ? target(fields, range[0], range[1]) : {}),
    // More insulin means more of the basal, and fewer grams and less of a fall for each unit.
    ...(factor !== undefined && factor >= 0.1 && factor <= 10
      ? { basalRateScaleFactor: factor, carbRatioScaleFactor: 1 / factor, insulinSensitivityScaleFactor: 1 / factor }
      : {})
  };
  return overriding({ from, duration: lastingOf(fields), kind: "override", members }, originId);
};

const overriding = (override: Omit<Override, "members"> & { readonly members: Members }, id: string): Treatment => ({
  datums: [],
  override: { ...override, members: { ...override.members, origin: { id, name: "nightscout", type: "service" } } },
  ...(override.duration === 0 ? { notMapped: "end of an override or a target" } : {})
});

const one = (members: Members, part: string): Treatment => ({ datums: [{ part, members }] });

/** Pumps write that delivery was stopped as a note. */
const noteOf = (fields: Fields, from: number, originId: string): Treatment | undefined => {
  const [, verb] = /^\s*pump\s?-?(suspend|resume)/iu.exec(String(fields["notes"] ?? "")) ?? [];
  return verb === undefined ? undefined : deliveryOf(verb.toLowerCase() === "suspend", fields, from, originId);
};

const deliveryOf = (isSuspended: boolean, fields: Fields, from: number, originId: string): Treatment => ({
  ...one(
    {
      type: "deviceEvent",
      subType: "status",
      status: isSuspended ? "suspended" : "resumed",
      reason: isSuspended ? { suspended: "unknown" } : { resumed: "unknown" }
    },
    "status"
  ),
  basal: {
    from,
    duration: isSuspended ? undefined : 0,
    originId,
    deviceId: deviceName(fields["enteredBy"]),
    delivery: { kind: isSuspended ? "suspend" : "resume" }
  }
});

/** By kind of event, what it is besides insulin and food. */
const eventOf = (fields: Fields, from: number, key: string): Treatment => {
  const event = String(fields["eventType"] ?? "");
  const originId = (part: string) => treatmentOriginId(key, part);
  switch (event) {
    case "Temp Basal":
    case "Temp Basal Start":
    case "Temp Basal End":
      return basalOf(
        event === "Temp Basal End" ? { ...fields, duration: 0, durationInMilliseconds: 0 } : fields,
        from,
        originId("basal")
      );
    case "Temporary Target":
    case "Temporary Target Cancel":
      return targetOf(event === "Temporary Target" ? fields : { duration: 0 }, from, originId("override"));
    case "Temporary Override":
      return overrideOf(fields, from, originId("override"));
    case "Exercise": {
      const minutes = minutesOf(fields);
      const duration = minutes === undefined || minutes <= 0 ? {} : { duration: { value: minutes, units: "minutes" } };
      return one({ type: "physicalActivity", ...duration }, "physicalActivity");
    }
    case "Site Change":
      // A pod is cannula and reservoir in one.
      return /\bpod\b/iu.test(String(fields["notes"] ?? ""))
        ? one({ type: "deviceEvent", subType: "reservoirChange" }, "reservoirChange")
        : one({ type: "deviceEvent", subType: "prime", primeTarget: "cannula" }, "prime");
    case "Pod Change":
    case "Insulin Change":
    case "Insulin Cartridge Change":
      return one({ type: "deviceEvent", subType: "reservoirChange" }, "reservoirChange");
    case "Suspend Pump":
    case "Resume Pump":
      return deliveryOf(event === "Suspend Pump", fields, from, originId("basal"));
    default:
      return noteOf(fields, from, originId("basal")) ?? { datums: [], notMapped: named(event) };
  }
};

/** Kinds of events that Nightscout and its apps have: what else stands there may be anybody's words. */
const knownEvents =
  /^(?:Note|Announcement|Question|Sensor (?:Start|Change|Stop|Code)|Pump Battery Change|Profile Switch|D\.A\.D\. Alert|OpenAPS Offline|BG Check|Bolus Wizard|(?:Meal |Correction |Snack |Combo )?Bolus|SMB|Carb Correction|Carbs|External Insulin|Remote \w+|Sensor Calibration|Calibration)$/u;

const named = (event: string): string => (knownEvents.test(event) ? event : withoutKind);

/** What a treatment is, in Tidepool's words: one event may be a bolus, a food and more. `key` tells it apart. */
export const treatmentOf = (fields: Fields, from: number, key: string): Treatment => {
  if (isEquivalent(fields)) return { datums: [], notMapped: "carbohydrate equivalent of fat and protein" };
  const insulin = insulinOf(fields);
  const food = foodOf(fields);
  const event = eventOf(fields, from, key);
  const amounts = [
    ...(insulin ? [{ part: String(insulin["type"]), members: insulin }] : []),
    ...(food ? [{ part: "food", members: food }] : [])
  ];
  if (amounts.length === 0) return event;
  const { notMapped: _notMapped, ...rest } = event;
  return { ...rest, datums: [...event.datums, ...amounts] };
};

/** The origin ids of all that becomes of a treatment, for one that was deleted. */
export const originIdsOf = (fields: Fields, from: number, key: string): ReadonlyArray<string> => {
  const { datums, basal, override } = treatmentOf(fields, from, key);
  const parts = [
    ...datums.map(({ part }) => part),
    ...(basal ? ["basal"] : []),
    ...(override ? ["override"] : []),
    ...(meterCheckOf(fields) ? ["smbg"] : [])
  ];
  return parts.map((part) => treatmentOriginId(key, part));
};
