import type { DatumMembers } from "./device-record.ts";

const alarms: ReadonlyArray<readonly [type: string, words: RegExp]> = [
  ["occlusion", /occlu|flow blocked|okklus|oclus/iu],
  ["no_insulin", /empty (?:reservoir|cartridge)|(?:reservoir|cartridge) empty|no (?:reservoir|insulin)/iu],
  ["low_insulin", /low (?:reservoir|insulin)|(?:reservoir|insulin) low/iu],
  ["low_power", /low (?:pump )?(?:battery|power)|(?:battery|power) low|replace battery soon/iu],
  [
    "no_power",
    /(?:dead|weak|off no|replace|insert|empty|fail(?:ed)?) batt|battery (?:out|fail|failed|depleted)|power (?:loss|error)/iu
  ],
  ["auto_off", /auto[ -]?off/iu],
  ["over_limit", /max(?:imum)?\.? .*(?:bolus|delivery)|hourly bolus/iu],
  ["no_delivery", /no delivery|delivery stopped/iu]
];

/** The kind of alarm that Tidepool has for a text, if it has one. */
export const alarmType = (text: string): string | undefined => alarms.find(([, words]) => words.test(text))?.[0];

/** What a pump told, as an alarm or a change of its parts; `undefined` where Tidepool has no kind for it. */
export const pumpEvent = (text: string): DatumMembers | undefined => {
  const type = alarmType(text);
  if (type !== undefined) return { type: "deviceEvent", subType: "alarm", alarmType: type };
  if (/cannula (?:fill|prime)/iu.test(text)) return { type: "deviceEvent", subType: "prime", primeTarget: "cannula" };
  if (/tubing (?:fill|prime)/iu.test(text)) return { type: "deviceEvent", subType: "prime", primeTarget: "tubing" };
  return /(?:reservoir|cartridge|pod) (?:chang|activat|fill)/iu.test(text)
    ? { type: "deviceEvent", subType: "reservoirChange" }
    : undefined;
};
