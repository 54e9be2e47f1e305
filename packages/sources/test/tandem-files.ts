/** The headings of Tandem Source's files, one for each kind of record. */
const headings = {
  CGM: "Device Type,Serial Number,Description,Event Date Time,Readings (mg/dL)",
  BG: "Device Type,Serial Number,Description,Event Date Time,BG (mg/dL),Note",
  Bolus:
    "Type,Bolus Type,Bolus Delivery Method,BG (mg/dL),Serial Number,Completion Date Time,Insulin Delivered,Food Delivered,Correction Delivered,Completion Status Desc,Bolex Start Date Time,Bolex Completion Date Time,Bolex Insulin Delivered,Bolex Completion Status Desc,Standard Percent,Duration (mins),Carb Size,Target BG (mg/dL),Correction Factor,Carb Ratio",
  "Basal-doses": "Device Type,Serial Number,Event Date Time,Commanded Basal Dose (units of insulin)",
  "Hourly-basal-delivery": `Serial Number,Event Date,${Array.from({ length: 24 }, (_, hour) => `${hour % 12 || 12} ${hour < 12 ? "AM" : "PM"}`).join(",")}`
} as const;

/** A kind of file of Tandem Source, as their names have it. */
export type TandemSourceKind = keyof typeof headings;

/** A file of Tandem Source with these rows. */
export const tandemSourceText = (kind: TandemSourceKind, rows: ReadonlyArray<string>, units = "mg/dL"): string =>
  `\uFEFF${[headings[kind].replaceAll("mg/dL", units), ...rows].join("\r\n")}\r\n`;

const pump = "t:slim X2 Insulin Pump,11111111";

const time = (minutes: number, seconds = "07"): string =>
  `2026-03-02T${String(8 + Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}:${seconds}`;

/** Rows of each kind: a standard, an automated, a dual and a square bolus, and an hour of doses. */
export const tandemRows: Readonly<Record<TandemSourceKind, ReadonlyArray<string>>> = {
  CGM: Array.from({ length: 14 }, (_, index) => `${pump},EGV,${time(index * 5)},${120 + index}`),
  BG: [`${pump},BG,${time(3)},131,`, `${pump},BG,${time(9)},88,Yuri at work`],
  Bolus: [
    `Bolus,Carb,Standard,141,11111111,${time(10)},13.53,12.50,1.03,Completed,,,,,100,0,75,110,30,6`,
    `Bolus,Automatic,Auto,0,11111111,${time(40)},0.62,0,0.62,Completed,,,,,100,0,0,0,0,0`,
    `Bolus,Carb,Extended,0,11111111,${time(60)},5.00,5.00,0,Completed,${time(60)},${time(180)},3.00,Completed,40,120,30,0,0,0`,
    `Bolus,Carb,Extended,0,11111111,${time(200)},2.00,2.00,0,Completed,${time(200)},${time(230)},2.00,Completed,0,30,0,0,0,0`
  ],
  "Basal-doses": Array.from(
    { length: 12 },
    (_, index) => `${pump},${time(index * 5, index % 2 === 0 ? "07" : "08")},${index < 6 ? "0.070" : "0.100"}`
  ),
  "Hourly-basal-delivery": [`11111111,2026-03-02,${Array.from({ length: 24 }, () => "0.8").join(",")}`]
};

/** A therapy timeline of t:connect, with its sections in any order. */
export const tconnectSections = {
  about: `Tandem Diabetes Care Inc.
t:connect Therapy Timeline Data Export
Patient Name, Yuri Marsh
Patient DOB, 1/1/1990
Report Generated On, 4/24/2021 7:50:04 PM`,
  cgm: `DeviceType,SerialNumber,Description,EventDateTime,Readings (CGM / BGM)
"t:slim X2 Insulin Pump","11111111","EGV","2021-04-01T00:01:33","235",
"t:slim X2 Insulin Pump","11111111","EGV","2021-04-01T00:06:33","230",`,
  bg: `DeviceType,SerialNumber,Description,EventDateTime,BG,IOB,Note
"t:slim X2 Insulin Pump","11111111","BG","2021-04-01T00:02:00","141","1.2","",`,
  iob: `Type,EventID,EventDateTime,IOB
"IOB","81","2021-04-01T00:00:19","13.24"`,
  basal: `Type,EventDateTime,BasalRate
"Basal","2021-04-01T00:00:00","0.800"
"Basal","2021-04-01T06:30:00","1.100"
"Basal","2021-04-01T09:00:00","0.000"`,
  bolus: `Type,Description,BG,IOB,BolusRequestID,BolusCompletionID,CompletionDateTime,InsulinDelivered,FoodDelivered,CorrectionDelivered,CompletionStatusID,CompletionStatusDesc,BolusIsComplete,BolexCompletionID,BolexSize,BolexStartDateTime,BolexCompletionDateTime,BolexInsulinDelivered,BolexIOB,BolexCompletionStatusID,BolexCompletionStatusDesc,ExtendedBolusIsComplete,EventDateTime,RequestDateTime,BolusType,BolusRequestOptions,StandardPercent,Duration,CarbSize,UserOverride,TargetBG,CorrectionFactor,FoodBolusSize,CorrectionBolusSize,ActualTotalBolusRequested,IsQuickBolus,EventHistoryReportEventDesc,EventHistoryReportDetails,NoteID,IndexID,Note
"Bolus","Standard/Correction","141","0.71","7001.000","7001.000","2021-04-01T12:58:26","13.53","12.50","1.03","3","Completed","1",,,,,,,,,,"2021-04-01T12:53:36","2021-04-01T12:53:36","Carb","Standard/Correction","100.00","0","75","0","110","30.00","12.50","1.03","13.53","0","0","Correction & Food Bolus","CF 1:30 - Carb Ratio 1:6 - Target BG 110","0","1181649","",
"Bolus","Extended","","0","7002.000","7002.000","2021-04-01T14:00:30","2.00","2.00","0.00","3","Completed","1","7002.000","3.00","2021-04-01T14:00:00","2021-04-01T15:00:00","1.50","0","1","User Terminated","1","2021-04-01T14:00:00","2021-04-01T14:00:00","Carb","Extended","40.00","120","30","0","0","0","5.00","0.00","5.00","0","0","Food Bolus","","0","1181650","",`
} as const;

/** All sections of t:connect in one file. */
export const tconnectText = (
  order: ReadonlyArray<keyof typeof tconnectSections> = ["about", "cgm", "bg", "iob", "basal", "bolus"]
): string => order.map((name) => tconnectSections[name]).join("\n\n");
