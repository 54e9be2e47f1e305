import { sampleDatums } from "@tideway/sandbox/sample";

const dayLength = 86_400_000;

/** Two datums that no Tidepool takes, as an app with a fault would send them: to show that they hold up nothing else. */
const faulty = (end: number) => [
  {
    type: "bolus",
    subType: "normal",
    normal: 120,
    time: new Date(end - 20 * dayLength).toISOString(),
    origin: { id: "faulty-bolus" }
  },
  {
    type: "cbg",
    units: "mg/dL",
    value: -26,
    time: new Date(end - 15 * dayLength).toISOString(),
    origin: { id: "faulty-cbg" }
  }
];

/** Thirty days of an invented person, up to the last midnight (UTC) before a moment, as a file: so that it goes the way of every file. */
export const sampleFile = (now: number): File => {
  const end = Math.floor(now / dayLength) * dayLength;
  const datums = [...sampleDatums({ days: 30, end: new Date(end).toISOString() }), ...faulty(end)];
  return new File(
    datums.map((datum) => `${JSON.stringify(datum)}\n`),
    "made-up.ndjson",
    { type: "application/x-ndjson" }
  );
};
