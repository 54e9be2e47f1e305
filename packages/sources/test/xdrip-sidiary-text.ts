/** An export of xDrip+ for SiDiary with its three blocks: 24 readings, a calibration, and treatments with notes as people type them. */
export const sidiaryExample = [
  "DAY;TIME;UDT_CGMS;BG_LEVEL;CH_GR;BOLUS;REMARK",
  ...Array.from({ length: 24 }, (_, index) => {
    const minutes = String((index % 12) * 5).padStart(2, "0");
    return `13.03.2026;0${8 + Math.floor(index / 12)}:${minutes};${101 + index};;;;`;
  }),
  "13.03.2026;08:02;;110;;;",
  '13.03.2026;08:30;;;45;3.5;pizza; "with Yuri"||again',
  "13.03.2026;09:10;;;12,5;;",
  "13.03.2026;09:20;;;;0.125;",
  "13.03.2026;09:25;;;;;Sensor Start",
  "13.03.2026;09:26;;;;;-> Yuri: 2;3",
  ""
].join("\n");
