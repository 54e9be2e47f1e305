import { sampleDatums } from "@tideway/sandbox/sample";

/** Two datums that no Tidepool takes, as an app with a fault would send them: to show that they hold up nothing else. */
const faulty = [
  { type: "bolus", subType: "normal", normal: 120, time: "2026-10-09T11:55:00.000Z", origin: { id: "faulty-bolus" } },
  { type: "cbg", units: "mg/dL", value: -26, time: "2026-10-14T16:40:00.000Z", origin: { id: "faulty-cbg" } }
];

/** Thirty days of an invented person as a file, so that it goes the way that every file goes. */
export const sampleFile = (): File => {
  const datums = [...sampleDatums({ days: 30 }), ...faulty];
  return new File(
    datums.map((datum) => `${JSON.stringify(datum)}\n`),
    "made-up.ndjson",
    { type: "application/x-ndjson" }
  );
};
