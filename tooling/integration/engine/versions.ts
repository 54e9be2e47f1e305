import type { Version } from "./scenario.ts";

/** The program that uploads them. */
export const app = { name: "org.example.machine", version: "1.0.0" };

const instant = (id: number) => new Date(Date.UTC(2026, 0, 1) + id * 300_000).toISOString();

/** Whether it is a wizard with a bolus inside: one of its versions has none. */
const hasBolus = ({ kind, value }: Pick<Version, "kind" | "value">) => kind === "wizard" && value !== 300;

/** The number in an origin id. */
export const numberOf = (originId: string) => Number(/\d+/.exec(originId)![0]);

/** A bolus that turns out to be another kind of bolus. */
const amountsOf = (value: number) => {
  const [normal, extended, duration] = [1, 2, 3_600_000];
  if (value === 100) return { subType: "normal", normal };
  return value === 200
    ? { subType: "square", extended, duration }
    : { subType: "dual/square", normal, extended, duration };
};

/** What the source has of a version. */
export const datumOf = ({ id, kind, value }: Version): Readonly<Record<string, unknown>> => {
  const base = { time: instant(id), origin: { id: `id-${id}`, name: app.name, type: "application" } };
  if (kind === "cbg") return { ...base, type: "cbg", units: "mg/dL", value };
  if (kind === "food") return { ...base, type: "food", name: `version ${value}` };
  if (kind === "bolus") return { ...base, type: "bolus", ...amountsOf(value) };
  if (kind === "refused") return { ...base, type: "food", name: `refused ${value}` };
  if (kind === "unusable") return { ...base, type: "cbg", units: "mg/dL", value: -value };
  const wizard = { ...base, type: "wizard", units: "mg/dL", bgInput: value };
  if (!hasBolus({ kind, value })) return wizard;
  return { ...wizard, bolus: { type: "bolus", subType: "normal", time: instant(id), normal: value / 100 } };
};

/** What the server has to hold in the end: origin id → something that tells the version. */
export const expectedOf = (source: ReadonlyArray<Version>): ReadonlyMap<string, string> => {
  const expected = new Map<string, string>();
  for (const { id, kind, value } of source) {
    if (kind === "unusable" || kind === "refused") continue;
    expected.set(`id-${id}`, `${kind} ${value}`);
    if (hasBolus({ kind, value })) expected.set(`id-${id}/bolus`, `bolus ${value}`);
    else expected.delete(`id-${id}/bolus`);
  }
  return expected;
};

/** The same of what is stored. */
export const versionOf = (stored: Readonly<Record<string, unknown>>): string => {
  const { type } = stored;
  if (type === "cbg") return `cbg ${Math.round(Number(stored["value"]) * 18.01559)}`;
  if (type === "food") return `food ${String(stored["name"]).slice(8)}`;
  if (type === "bolus")
    return `bolus ${Math.round((Number(stored["normal"] ?? 0) + Number(stored["extended"] ?? 0)) * 100)}`;
  return `wizard ${Math.round(Number(stored["bgInput"]) * 18.01559)}`;
};
