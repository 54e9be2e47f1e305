import { mappedFormat } from "../../mapping/mapped-format.ts";
import type { Mapping } from "../../mapping/mapping.ts";

const time = ["Date and Time", "Datum und Zeit"] as const;
const glucose = ["Readings [*]", "BGValue[*]", "Messungen [*]"] as const;
const marker = ["Meal Marker", "Mahlzeit-Markierung"] as const;
const ignored = (column: string, as: string) => ({ kind: "ignore", column, as, optional: true }) as const;

/**
 * `ContourCSVReport….csv` of the Contour Diabetes app (Ascensia): `#`, date and time in the phone's way, glucose with its units
 * in the heading, meal marker, data source, notes, activity, `Meal[g]`, medication, location. Headings as three public readers of
 * such files name them, in English and German; no file was at hand. The meters measure from 20 to 600 mg/dL.
 */
const mapping: Mapping = {
  id: "contour",
  time,
  device: { model: "Contour" },
  records: [
    { kind: "smbg", column: glucose, range: { low: 20, high: 600 } },
    { kind: "food", column: "Meal[g]", optional: true, zeroIsBlank: true },
    ignored("Medication", "medication as text"),
    ignored("Activity", "activity as text"),
    ignored("Notes", "note")
  ]
};

/** The CSV report of the Contour Diabetes app. */
export const contour = mappedFormat({ name: "Contour Diabetes app CSV", mapping, headings: [time, glucose, marker] });
