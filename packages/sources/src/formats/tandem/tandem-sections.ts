import { filledWidth } from "../../records/sound-rows.ts";
import { type GlucoseUnits, unitsIn } from "../../values/glucose.ts";

/** What the rows of a section, or of a file of one, are. */
export type TandemKind = "cgm" | "bg" | "bolus" | "basal" | "dose" | "hourly basal" | "insulin on board" | "unknown";

/** The headings of a section. */
export interface TandemSection {
  readonly kind: TandemKind;
  /** As the file names them: for problems. */
  readonly names: ReadonlyArray<string>;
  /** Where a column stands, by its name in small letters, without spaces and units: `completiondatetime`. */
  readonly at: ReadonlyMap<string, number>;
  /** Of its glucose. `undefined`: the headings do not say. */
  readonly units: GlucoseUnits | undefined;
}

const plain = (heading: string): string => heading.replace(/\(.*$/u, "").replaceAll(/\s+/gu, "").toLowerCase();

const kindOf = (has: (name: string) => boolean): TandemKind | undefined => {
  if (has("commandedbasaldose")) return "dose";
  if (has("insulindelivered") && has("completiondatetime")) return "bolus";
  if (has("basalrate")) return "basal";
  if (has("description") && has("eventdatetime")) return has("readings") ? "cgm" : has("bg") ? "bg" : undefined;
  if (has("eventdate") && (has("12am") || has("00"))) return "hourly basal";
  return has("iob") && has("eventid") ? "insulin on board" : undefined;
};

/** The section that a row of headings begins, or `undefined` where it is another row. Exports are always in English. */
export const tandemSection = (cells: ReadonlyArray<string>): TandemSection | undefined => {
  const first = plain(cells[0]?.trim() ?? "");
  const isFirst = first === "type" || first === "devicetype" || first === "serialnumber";
  const width = filledWidth(cells);
  if (!isFirst || width < 3) return undefined;
  const names = cells.slice(0, width).map((cell) => cell.trim());
  const at = new Map<string, number>();
  for (const [index, name] of names.entries()) if (!at.has(plain(name))) at.set(plain(name), index);
  const kind = kindOf((name) => at.has(name)) ?? "unknown";
  return { kind, names, at, units: names.map(unitsIn).find((units) => units !== undefined) };
};
