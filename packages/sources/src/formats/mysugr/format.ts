import { mappedFormat } from "../../mapping/mapped-format.ts";
import type { Mapping } from "../../mapping/mapping.ts";

const glucose = ["Blood Sugar Measurement (*)", "Blood Glucose Measurement (*)", "Blutzuckermessung (*)"] as const;
const pen = ["Insulin Injection Units (Pen)", "Bolusinjektionseinheiten (Pen)"] as const;
const pump = ["Insulin Injection Units (pump)", "Bolusinjektionseinheiten (Pump*)"] as const;
const meal = ["Insulin (Meal)", "Bolus (Mahlzeit)"] as const;
const correction = ["Insulin (Correction)", "Bolus (Korrektur)"] as const;
const carbs = ["Meal Carbohydrates", "Mahlzeitkohlenhydrate"] as const;

const ignored = (column: ReadonlyArray<string>, as: string) =>
  ({ kind: "ignore", column, as, optional: true }) as const;
/** Carbohydrates are in grams or in exchanges of so many grams: the heading's factor says which. */
const food = (factor: number) =>
  ({
    kind: "food",
    column: carbs.flatMap((words) => [`${words} (*Factor ${factor})`, `${words} (*Faktor ${factor})`]),
    gramsPerUnit: factor,
    optional: true
  }) as const;

/**
 * The logbook of mySugr. Headings as in the public importer of OpenDiabetes Vault (English and German) and in a product
 * specification that lists the 28 columns of a recent file; no file was at hand. The amount of a pen or a pump is the whole dose, and
 * `Insulin (Meal)` and `(Correction)` are its parts: they count by themselves only where neither of the two is there.
 */
const mapping: Mapping = {
  id: "mysugr",
  time: { date: ["Date", "Datum"], time: ["Time", "Zeit", "Uhrzeit"] },
  device: { model: "mySugr" },
  records: [
    { kind: "smbg", column: glucose },
    { kind: "insulin", acting: "rapid", column: pen, food: meal, correction, optional: true },
    { kind: "bolus", column: pump, optional: true },
    {
      kind: "insulin",
      acting: "rapid",
      sum: [meal, correction],
      where: {
        "Insulin Injection Units (Pen)": "",
        "Bolusinjektionseinheiten (Pen)": "",
        "Insulin Injection Units (pump)": "",
        "Bolusinjektionseinheiten (Pump*)": ""
      },
      optional: true
    },
    {
      kind: "insulin",
      acting: "long",
      column: ["Basal Injection Units", "Basalinjektionseinheiten"],
      optional: true
    },
    ...[1, 10, 12, 15].map(food),
    {
      kind: "exercise",
      column: ["Activity Duration (Minutes)", "Aktivitätsdauer (Minuten)"],
      optional: true,
      zeroIsBlank: true
    },
    ignored(["Temporary Basal Percentage"], "temporary basal rate of a diary"),
    ignored(["Ketones", "Ketone"], "ketones without units"),
    ignored(["Blood pressure", "Blutdruck"], "blood pressure"),
    ignored(["Body weight (*)"], "body weight"),
    ignored(["HbA1c (*)"], "HbA1c"),
    ignored(["Steps"], "steps"),
    ignored(["Medication"], "medication"),
    ignored(["Note", "Notiz"], "note"),
    ignored(["Meal Descriptions", "Mahlzeitbeschreibung"], "description of a meal")
  ]
};

/** The CSV file of the diary app mySugr. */
export const mysugr = mappedFormat({ name: "mySugr CSV", mapping, headings: [glucose, meal, correction] });
