import { type Amounts, known, rounded } from "../../records/amounts.ts";
import type { DatumMembers } from "../../records/device-record.ts";

/** A row of basals: what was delivered and for how long, in milliseconds. */
export interface GlookoBasal {
  readonly members: DatumMembers;
  readonly duration: number | undefined;
  readonly hasUnknownRate?: boolean;
}

/** How a basal was delivered, by a word in the account's language; what is not known is told by its percentage. */
const deliveryOf = (type: string, percent: number | undefined): "automated" | "temp" | "suspend" | "scheduled" => {
  if (/auto|loop/iu.test(type)) return "automated";
  if (/temp/iu.test(type)) return "temp";
  if (/susp|pause|paus|stop|ausgesetzt|angehalten|unterbroch/iu.test(type)) return "suspend";
  return percent === undefined || percent === 1 || /sched|plan|progr/iu.test(type) ? "scheduled" : "temp";
};

/** Understands a row of basals. Older exports have no column of percentages. */
export const glookoBasal = (
  cells: ReadonlyArray<string>,
  { amounts, names }: { readonly amounts: Amounts; readonly names: ReadonlyArray<string> }
): GlookoBasal => {
  const rateAt = names.length === 6 ? 3 : 4;
  const read = (index: number, most: number): number | undefined =>
    amounts.read(cells[index] ?? "", { column: names[index]!, most });
  const minutes = read(2, 10_080);
  const percentage = rateAt === 3 ? undefined : read(3, 1000);
  const percent = percentage === undefined ? undefined : percentage / 100;
  const delivered = read(rateAt + 1, 1000);
  const told = read(rateAt, 100);
  const rate = told ?? (delivered === undefined || !minutes ? undefined : rounded((delivered * 60) / minutes));
  const duration = minutes === undefined ? undefined : Math.round(minutes * 60_000);
  const deliveryType = deliveryOf(cells[1] ?? "", percent);
  if (deliveryType === "suspend") return { members: { type: "basal", deliveryType }, duration };
  if (rate === undefined) return { members: { type: "basal", deliveryType, rate: 0 }, duration, hasUnknownRate: true };
  const share = deliveryType === "temp" ? known({ percent }) : {};
  return { members: { type: "basal", deliveryType, rate, ...share }, duration };
};
