type Members = Readonly<Record<string, unknown>>;

const membersOf = (value: unknown): Members => (typeof value === "object" && value !== null ? (value as Members) : {});
const isNumber = (value: unknown): value is number => typeof value === "number";
const round = (value: number, digits = 2): string => String(Number(value.toFixed(digits)));
const minutes = (milliseconds: unknown, before: "for" | "over"): string =>
  isNumber(milliseconds) ? ` ${before} ${round(milliseconds / 60_000, 0)} min` : "";

const bolusText = ({ normal, extended, duration }: Members): string =>
  [
    ...(isNumber(normal) && normal > 0 ? [`${round(normal)} U`] : []),
    ...(isNumber(extended) && extended > 0 ? [`${round(extended)} U${minutes(duration, "over")}`] : [])
  ].join(" + ") || "0 U";

/** What a datum says, in short: `112 mg/dL`, `3.5 U`, `60 g`; empty where there is nothing short to say. */
export const datumInWords = (datum: Members): string => {
  const { type, value, units, rate, carbInput, duration, subType } = datum;
  switch (type) {
    case "cbg":
    case "smbg":
    case "bloodKetone":
      return isNumber(value) ? `${round(value)} ${String(units)}` : "";
    case "bolus":
      return bolusText(datum);
    case "insulin":
      return `${round(Number(membersOf(datum["dose"])["total"] ?? 0))} U`;
    case "basal":
      return datum["deliveryType"] === "suspend"
        ? "suspended"
        : `${isNumber(rate) ? round(rate, 3) : "?"} U/h${minutes(duration, "for")}`;
    case "wizard":
      return isNumber(carbInput) ? `${round(carbInput)} g` : "";
    case "food": {
      const { net } = membersOf(membersOf(membersOf(datum["nutrition"])["carbohydrate"]));
      return isNumber(net) ? `${round(net)} g` : "";
    }
    case "physicalActivity":
      return String(datum["name"] ?? "");
    case "deviceEvent":
      return String(datum["alarmType"] ?? datum["primeTarget"] ?? datum["status"] ?? subType ?? "");
    default:
      return "";
  }
};
