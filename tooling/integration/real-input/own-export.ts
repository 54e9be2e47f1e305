const server = { uploadId: "upid_0123456789ab", guid: "6b0e9c3a-0000-4000-8000-000000000000", _state: "open" };
const id = (letter: string) => letter.repeat(32);
const at = (minute: number) => {
  const clock = String(minute).padStart(2, "0");
  return {
    time: `2026-03-01T12:${clock}:00.000Z`,
    deviceTime: `2026-03-01T13:${clock}:00`,
    timezoneOffset: 60,
    deviceId: "pump-1"
  };
};

/** Records as Tidepool exports them, invented: one of each thing that an upload has to deal with. */
export const ownExport: ReadonlyArray<{ readonly type: string; readonly [key: string]: unknown }> = [
  { type: "upload", ...server, ...at(0), id: id("u"), deviceTags: ["insulin-pump"], byUser: "0123456789" },
  { type: "cbg", ...server, ...at(1), id: id("c"), units: "mmol/L", value: 6.716405069165096 },
  { type: "cbg", ...server, ...at(6), id: id("d"), units: "mmol/L", value: 7.1, payload: "{'logIndices': [88]}" },
  { type: "smbg", ...server, ...at(7), id: id("c"), units: "mmol/L", value: 6.5, subType: "manual", source: "Tandem" },
  { type: "bolus", ...server, ...at(8), id: id("b"), subType: "normal", normal: 5.5 },
  {
    type: "wizard",
    ...server,
    ...at(8),
    id: id("w"),
    units: "mmol/L",
    carbInput: 55,
    insulinCarbRatio: 10,
    recommended: { carb: 5.5, correction: 0, net: 5.5 },
    bolus: id("b")
  },
  {
    type: "basal",
    ...server,
    ...at(10),
    id: id("t"),
    deliveryType: "temp",
    duration: 1_800_000,
    rate: 0,
    percent: 0,
    suppressed: "{'deliveryType': 'scheduled', 'rate': 0.8, 'type': 'basal'}",
    scheduleName: null
  },
  { type: "food", ...server, ...at(11), id: id("f"), origin: { id: "meal-1", name: "org.example.food" }, name: "Soup" },
  { type: "deviceEvent", ...server, ...at(12), id: id("e"), subType: "sensorChange" }
];
