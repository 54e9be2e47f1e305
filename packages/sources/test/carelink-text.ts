/** The columns of CareLink's export since 2018, in order. */
const columns = (units: string): ReadonlyArray<string> =>
  `Index;Date;Time;New Device Time;BG Reading (${units});Linked BG Meter ID;Basal Rate (U/h);Temp Basal Amount;Temp Basal Type;Temp Basal Duration (h:mm:ss);Bolus Type;Bolus Volume Selected (U);Bolus Volume Delivered (U);Bolus Duration (h:mm:ss);Prime Type;Prime Volume Delivered (U);Alert;Suspend;Rewind;BWZ Estimate (U);BWZ Target High BG (${units});BWZ Target Low BG (${units});BWZ Carb Ratio (g/U);BWZ Insulin Sensitivity (${units}/U);BWZ Carb Input (grams);BWZ BG/SG Input (${units});BWZ Correction Estimate (U);BWZ Food Estimate (U);BWZ Active Insulin (U);BWZ Status;Sensor Calibration BG (${units});Sensor Glucose (${units});ISIG Value;Event Marker;Bolus Number;Bolus Cancellation Reason;BWZ Unabsorbed Insulin Total (U);Final Bolus Estimate;Scroll Step Size;Insulin Action Curve Time;Sensor Calibration Rejected Reason;Preset Bolus;Bolus Source;Network Device Associated Reason;Network Device Disassociated Reason;Network Device Disconnected Reason;Sensor Exception;Preset Temp Basal Name`.split(
    ";"
  );

/** Cells by the start of the column's name: `{ "Bolus Type": "Normal" }`. */
export type CarelinkCells = Readonly<Record<string, string | number>> & { readonly at: string };

/** How an export is written. */
export interface CarelinkLook {
  readonly units?: string;
  readonly delimiter?: string;
  /** Another language: what the headings say beside their units. */
  readonly translate?: (heading: string) => string;
  readonly serial?: string;
}

const section = (
  rows: ReadonlyArray<CarelinkCells>,
  title: ReadonlyArray<string>,
  { units = "mg/dL", delimiter = ",", translate = (heading) => heading }: CarelinkLook,
  first: number
): ReadonlyArray<string> => {
  const names = columns(units);
  const isComma = delimiter === ";";
  const lines = rows.map(({ at, ...cells }, index) => {
    const line = names.map(() => "");
    const [date = "", time = ""] = at.split(" ");
    line[0] = `${first + index}${isComma ? ",00000" : ".00000"}`;
    line[1] = date;
    line[2] = time;
    for (const [name, value] of Object.entries(cells)) {
      const place = names.findIndex((heading) => heading.startsWith(name));
      if (place < 0) throw new Error(`no column ${name}`);
      line[place] = isComma ? String(value).replace(/^(-?\d+)\.(\d)/u, "$1,$2") : String(value);
    }
    return line.join(delimiter);
  });
  return [title.join(delimiter), names.map(translate).join(delimiter), ...lines, ""];
};

/** An export of CareLink: what the pump and the sensor told, and the totals of days. */
export const carelinkText = (
  pump: ReadonlyArray<CarelinkCells>,
  look: CarelinkLook & {
    readonly sensor?: ReadonlyArray<CarelinkCells>;
    readonly days?: ReadonlyArray<CarelinkCells>;
  } = {}
): string => {
  const { delimiter = ",", serial = "NG1234567H", sensor = [], days = [] } = look;
  const model = "MiniMed 780G MMT-1886";
  const preamble = [
    ["Last Name", "First Name", "Patient ID", "System ID", "Start Date", "End Date", "Device", model],
    ['"Marsh"', '"Yuri"', '"P-77"', '""', '"01.03.2026 00:00:00"', '"14.03.2026 23:59:59"', '"Serial Number"', serial],
    ["Patient DOB", "1970-05-05", "", "", "", "", "CGM", "Guardian"],
    ["Device data shown may exceed selected date range."]
  ].map((cells) => cells.join(delimiter));
  const title = (kind: string, end: string) => ["-------", model, kind, serial, `${end} `];
  const lines = [
    ...preamble,
    ...section(pump, title("Pump", "-------"), look, 0),
    ...section(days, title("Pump", "Aggregated Auto Insulin Data"), look, pump.length),
    ...section(sensor, title("Sensor", "-------"), look, pump.length + days.length)
  ];
  return `\uFEFF${lines.join("\r\n")}\r\n`;
};

/** A time of the day of which the records here are. */
export const at = (time: string): string => `2026/03/02 ${time}`;

/** A bolus as pumps tell it: what was calculated, programmed and delivered. */
export const mealBolus: ReadonlyArray<CarelinkCells> = [
  {
    at: at("12:00:20"),
    "BWZ Estimate": 5.5,
    "BWZ Target High": 120,
    "BWZ Target Low": 100,
    "BWZ Carb Ratio": 10,
    "BWZ Insulin Sensitivity": 50,
    "BWZ Carb Input": 45,
    "BWZ BG": 170,
    "BWZ Correction": 1,
    "BWZ Food": 4.5,
    "BWZ Active": 0.3,
    "BWZ Status": "Delivered",
    "Bolus Number": 69
  },
  {
    at: at("12:00:30"),
    "Bolus Type": "Normal",
    "Bolus Volume Selected": 5.5,
    "Bolus Number": 69,
    "Bolus Source": "BOLUS_WIZARD"
  },
  {
    at: at("12:02:00"),
    "Bolus Type": "Normal",
    "Bolus Volume Selected": 5.5,
    "Bolus Volume Delivered": 5.5,
    "Bolus Number": 69,
    "Bolus Source": "BOLUS_WIZARD"
  }
];

/** A record of each kind. */
export const everything: ReadonlyArray<CarelinkCells> = [
  ...mealBolus,
  { at: at("07:00:00"), "BG Reading": 95, "Linked BG Meter ID": "AB12" },
  { at: at("07:01:00"), "BG Reading": 97 },
  { at: at("07:02:00"), "Sensor Calibration BG": 96 },
  { at: at("07:03:00"), "Prime Type": "Cannula Fill", "Prime Volume": 0.3 },
  { at: at("07:04:00"), "Prime Type": "Tubing Fill", "Prime Volume": 8.1 },
  { at: at("07:05:00"), Rewind: "Rewind" },
  { at: at("07:06:00"), Alert: "LOW RESERVOIR" },
  { at: at("07:07:00"), Alert: "SENSOR UPDATING ALERT" },
  { at: at("07:08:00"), "Event Marker": "Meal: 45.00grams" },
  { at: at("07:09:00"), "Event Marker": "Insulin: 3.50" },
  { at: at("07:10:00"), "Event Marker": "Exercise" },
  { at: at("07:11:00"), "Basal Rate": 0.5 },
  { at: at("07:12:00"), "New Device Time": "2026/03/02 08:12:00" }
];
/** Readings, three minutes apart. */
export const sensor: ReadonlyArray<CarelinkCells> = Array.from({ length: 20 }, (_, index) => ({
  at: `2026/03/02 09:${String(index * 3).padStart(2, "0")}:10`,
  "Sensor Glucose": 100 + index,
  ISIG: 25.74
}));

/** An export that has them all. */
export const carelinkExample: string = carelinkText(everything, { sensor });
