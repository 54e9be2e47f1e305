type Members = Record<string, unknown>;

const isMembers = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const given = (value: unknown): boolean => value !== undefined;

/**
 * Makes the members of a generated value agree with each other: the rules of the platform that JSON Schema has no words for,
 * told once more and independently of the package.
 */
export const settle = (value: unknown, units?: unknown): unknown => {
  if (Array.isArray(value)) {
    const starts = value.every((item) => isMembers(item) && "start" in item && !("days" in item));
    return value.map((item, index) =>
      settle(starts ? { ...(item as Members), start: index * 3_600_000 } : item, units)
    );
  }
  if (!isMembers(value)) return value;
  const own = isMembers(value["units"]) ? value["units"]["bg"] : value["type"] === undefined ? units : value["units"];
  const inside = "type" in value && "time" in value ? own : units;
  const members: Members = Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, settle(member, inside)])
  );
  for (const rule of rules) rule(members, inside);
  return members;
};

const is = (members: Members, ...names: ReadonlyArray<string>): boolean => names.every((name) => name in members);
const onlyWhere = (members: Members, name: string, condition: boolean, needed?: unknown): void => {
  if (!condition) delete members[name];
  else if (needed !== undefined) members[name] ??= needed;
};
const isMgdl = (units: unknown): boolean => units === "mg/dL" || units === "mg/dl";
const kindOf = ({ type, subType, deliveryType }: Members): string =>
  [type, subType ?? deliveryType].filter(given).join("/");

const rules: ReadonlyArray<(members: Members, units: unknown) => void> = [
  // Glucose in the units that hold: both ranges have 0 to 55 in common.
  (members) => {
    for (const name of ["value", "bgInput", "bgSafetyLimit", "insulinSensitivity"]) {
      const value = members[name];
      if (typeof value === "number" && typeof members["units"] !== "object" && kindOf(members) !== "bloodKetone") {
        if (is(members, "time") && "units" in members) members[name] = Math.min(value, 55);
        else if (is(members, "time") && name === "value") members[name] = Math.min(Math.max(value, 0), 55);
      }
    }
    if (is(members, "bgSafetyLimit")) members["bgSafetyLimit"] = 50;
    if (is(members, "amount", "start")) members["amount"] = Math.min(Math.abs(Number(members["amount"])), 55);
  },
  // A glucose target is one of four.
  (members, units) => {
    if (!["high", "low", "range", "target"].some((name) => typeof members[name] === "number")) {
      if (is(members, "start") && Object.keys(members).length === 1) members["target"] = isMgdl(units) ? 100 : 5;
      return;
    }
    const { high, range } = members;
    for (const name of ["high", "low", "range", "target"]) delete members[name];
    if (given(high)) Object.assign(members, { low: 5, high: 5 });
    else Object.assign(members, { target: 10 }, given(range) ? { range: 10 } : { high: 55 });
  },
  (members) => {
    if (is(members, "bgTarget") && isMembers(members["bgTarget"]) && Object.keys(members["bgTarget"]).length === 0) {
      members["bgTarget"] = { target: 5 };
    }
    for (const name of ["bgTargetPhysicalActivity", "bgTargetPreprandial"]) {
      if (name in members) members[name] = { target: 5 };
    }
  },
  // Members that others decide about.
  (members) => {
    onlyWhere(members, "mealOther", members["meal"] === "other", "x");
    onlyWhere(members, "stateOther", members["state"] === "other", "x");
    onlyWhere(members, "activityTypeOther", members["activityType"] === "other");
    onlyWhere(members, "modelTypeOther", members["modelType"] === "other", "x");
    onlyWhere(members, "overridePreset", members["overrideType"] === "preset", "x");
    onlyWhere(members, "soundName", members["sound"] === "name", "x");
    onlyWhere(members, "triggerDelay", ["delayed", "repeating"].includes(String(members["trigger"])), 1);
    onlyWhere(members, "trendRateUnits", is(members, "trendRate"));
    if (is(members, "trendRate")) members["trendRate"] = 5;
    if (members["actionPeakOffset"] !== undefined) members["actionPeakOffset"] = 0;
    if (kindOf(members) === "deviceEvent/pumpSettingsOverride") {
      onlyWhere(members, "units", is(members, "bgTarget"), { bg: "mmol/L" });
    }
  },
  // What was expected is never less than what was.
  (members) => {
    const { duration, expectedDuration, normal, expectedNormal, extended, expectedExtended } = members as Record<
      string,
      number
    >;
    if (kindOf(members).endsWith("square")) {
      onlyWhere(members, "expectedDuration", expectedExtended !== undefined, 0);
      if (expectedExtended !== undefined) members["duration"] = Math.min(duration ?? 0, expectedDuration ?? 0);
      members["extended"] = Math.min(extended ?? 0, expectedExtended ?? 100);
    } else if (duration !== undefined && expectedDuration !== undefined) {
      members["expectedDuration"] = Math.max(duration, expectedDuration);
    }
    if (expectedNormal !== undefined && normal !== undefined)
      members["expectedNormal"] = Math.max(normal, expectedNormal);
    if (kindOf(members) === "bolus/automated" && normal === 0) members["expectedNormal"] ??= 0;
  },
  // Times that follow others.
  (members) => {
    for (const name of ["acknowledgedTime", "retractedTime"])
      if (name in members) members[name] = members["issuedTime"];
    if (is(members, "endTime")) members["startTime"] = members["endTime"];
  },
  // One of several, or at least one.
  (members) => {
    if (is(members, "compounds", "simple")) delete members["compounds"];
    if (isMembers(members["insulinFormulation"])) members["insulinFormulation"]["name"] ??= "x";
    if (isMembers(members["formulation"])) members["formulation"]["name"] ??= "x";
    if (isMembers(members["location"])) members["location"]["name"] ??= "x";
    if (isMembers(members["device"])) members["device"]["name"] ??= "x";
    if (isMembers(members["notifications"])) members["notifications"]["alert"] ??= true;
    if (kindOf(members) === "controllerSettings") members["device"] ??= { name: "x" };
    if (kindOf(members) === "pumpStatus") members["deliveryIndeterminant"] ??= false;
    for (const name of ["basalSchedule", "bgTarget", "carbRatio"]) if (name in members) delete members[`${name}s`];
    if (is(members, "insulinSensitivity")) delete members["insulinSensitivities"];
    if (kindOf(members) === "deviceEvent/timeChange") {
      if (is(members, "change")) for (const name of ["from", "method", "to"]) delete members[name];
      else for (const name of ["from", "to"]) members[name] = { timeZoneName: "UTC", ...(members[name] as object) };
    }
  },
  (members) => {
    for (const name of ["recommendedBolus", "requestedBolus"])
      if (name in members) members[name] = { extended: 1, duration: 2 };
    if (isMembers(members["battery"])) settleBattery(members["battery"]);
    if (isMembers(members["basalDelivery"])) {
      const delivery = members["basalDelivery"];
      onlyWhere(
        delivery,
        "time",
        ["scheduled", "suspended"].includes(String(delivery["state"])),
        "2026-05-14T08:17:08Z"
      );
      onlyWhere(delivery, "dose", delivery["state"] === "temporary", { rate: 1 });
    }
    if (isMembers(members["bolusDelivery"])) {
      const delivery = members["bolusDelivery"];
      onlyWhere(delivery, "dose", delivery["state"] === "delivering", { amount: 1 });
    }
  },
  // The older alerts of a glucose monitor are in the units of their settings.
  (members, units) => {
    const two = isMgdl(units) ? 2 : 0.111_014_959_820_910_67;
    for (const name of ["highAlerts", "lowAlerts"]) {
      if (isMembers(members[name])) members[name]["level"] = isMgdl(units) ? 100 : 6;
    }
    if (is(members, "riseRate")) Object.assign(members["riseRate"] as Members, { rate: two });
    if (is(members, "fallRate")) Object.assign(members["fallRate"] as Members, { rate: -two });
  },
  // The newer alerts have units of their own, and associations are told by their type.
  (members) => {
    if (is(members, "enabled")) settleAlert(members);
    const { type } = members;
    if (type === "url") Object.assign(members, { url: "http://x.org", id: undefined });
    if (["blob", "datum", "image"].includes(String(type)))
      Object.assign(members, { id: "0".repeat(32), url: undefined });
  }
];

const settleBattery = (battery: Members): void => {
  battery["state"] ??= "full";
  onlyWhere(battery, "units", is(battery, "remaining"), "percent");
};

const settleAlert = (alert: Members): void => {
  for (const name of ["fall", "rise"]) {
    const newer = alert[name];
    if (isMembers(newer) && !("units" in newer)) delete newer["rate"];
  }
  const measure = ["level", "rate", "duration"].find((name) => name in alert);
  const older = is(alert, "rate") || typeof alert["snooze"] === "number";
  if (measure === undefined) delete alert["units"];
  else if (!older && !("units" in alert)) delete alert[measure];
};
