import { known } from "../../records/amounts.ts";
import type { DatumMembers, DeviceRecord, RecordItem, RowPlace } from "../../records/device-record.ts";
import { carelinkKey } from "./origin-id.ts";
import type { BolusEvent, CarelinkPlace, WizardEvent } from "./pump-event.ts";

/** A row of a bolus or of a calculation, with its place in a file. */
export type PlacedBolus = RowPlace & { readonly held: CarelinkPlace & (BolusEvent | WizardEvent) };

/** Rows of one bolus are no further apart: numbers begin anew some day. */
const longest = 86_400_000;
/** Pumps that do not number their boluses write the calculation right beside the bolus. */
const beside = 120_000;

/** Whether both rows may be of one bolus: its two parts, or what was programmed and what was delivered. */
const goTogether = (one: PlacedBolus["held"], other: PlacedBolus["held"]): boolean => {
  if (one.kind === "wizard" || other.kind === "wizard") return one.kind !== other.kind;
  return one.part !== other.part || (one.delivered === undefined) !== (other.delivered === undefined);
};

/** A number that begins anew: what was delivered is told once of each part. */
const areTwoBoluses = (one: PlacedBolus["held"], other: PlacedBolus["held"]): boolean =>
  one.kind === "bolus" &&
  other.kind === "bolus" &&
  one.part === other.part &&
  one.delivered !== undefined &&
  other.delivered !== undefined;

/** The rows that belong to one bolus or calculation. */
const groupsOf = (rows: ReadonlyArray<PlacedBolus>): ReadonlyArray<ReadonlyArray<PlacedBolus>> => {
  const groups: Array<Array<PlacedBolus>> = [];
  const open = new Map<string, Array<PlacedBolus>>();
  for (const placed of rows) {
    const { serial, number, wall } = placed.held;
    const key = `${serial}\n${number ?? ""}`;
    const group = open.get(key);
    const last = group?.at(-1)?.held;
    const isNear = last !== undefined && wall - last.wall <= (number === undefined ? beside : longest);
    const isPart =
      group?.every(({ held }) =>
        number === undefined ? goTogether(held, placed.held) : !areTwoBoluses(held, placed.held)
      ) === true;
    if (group && isNear && isPart) group.push(placed);
    else {
      const begun = [placed];
      groups.push(begun);
      open.set(key, begun);
    }
  }
  return groups;
};

/** What a part of a bolus was to be, and what became of it. */
interface Part {
  readonly amount: number;
  readonly expected: number | undefined;
  readonly duration: number;
  readonly expectedDuration: number | undefined;
}

const partOf = (rows: ReadonlyArray<BolusEvent>): Part | undefined => {
  const delivered = rows.find((row) => row.delivered !== undefined);
  if (!delivered) return undefined;
  const amount = delivered.delivered!;
  const selected = Math.max(...rows.map((row) => row.selected ?? 0));
  const expected = selected > amount ? selected : undefined;
  const programmed = rows.find((row) => row !== delivered)?.duration;
  const told = delivered.duration ?? programmed ?? 0;
  const meant = programmed ?? told;
  // Where only what was programmed is told, the share that was delivered took its share of the time.
  const duration =
    expected !== undefined && told === meant ? Math.round((amount / expected) * meant) : Math.min(told, meant);
  return { amount, expected, duration, expectedDuration: expected === undefined ? undefined : meant };
};

const membersOf = (rows: ReadonlyArray<BolusEvent>): DatumMembers | undefined => {
  const normal = partOf(rows.filter(({ part }) => part === "normal"));
  const square = partOf(rows.filter(({ part }) => part === "square"));
  const atOnce = normal && { normal: normal.amount, ...known({ expectedNormal: normal.expected }) };
  const over = square && {
    extended: square.amount,
    duration: square.duration,
    ...known({ expectedExtended: square.expected, expectedDuration: square.expectedDuration })
  };
  if (atOnce && over) return { type: "bolus", subType: "dual/square", ...atOnce, ...over };
  if (over) return { type: "bolus", subType: "square", ...over };
  if (!atOnce) return undefined;
  const isAutomatic = rows.some(({ by }) => by === "automatic");
  if (!isAutomatic) return { type: "bolus", subType: "normal", ...atOnce };
  // An automated bolus of nothing has to say what was expected.
  const expectation = atOnce.normal === 0 && normal.expected === undefined ? { expectedNormal: 0 } : {};
  return { type: "bolus", subType: "automated", ...atOnce, ...expectation };
};

const itemsOf = function* (group: ReadonlyArray<PlacedBolus>): Generator<RecordItem> {
  const boluses = group.flatMap(({ held }) => (held.kind === "bolus" ? [held] : []));
  const calculations = group.filter(({ held }) => held.kind === "wizard");
  // Who calculates again goes by the last result.
  for (const { file, row } of calculations.slice(0, -1)) {
    yield { file, row, notMapped: "calculation that was made again" };
  }
  const last = calculations.at(-1)?.held;
  const wizard = last?.kind === "wizard" ? last : undefined;
  const members = boluses.length > 0 ? membersOf(boluses) : undefined;
  const { file, row } = group[0]!;
  if (boluses.length > 0 && !members) yield { file, row, notMapped: "bolus of which nothing was delivered yet" };
  if (!members && !wizard) return;
  const { serial, deviceId, model, rawId, number } = boluses[0] ?? wizard!;
  const begin = boluses[0]?.wall ?? wizard!.wall;
  const key = carelinkKey({ serial, wall: begin, ...known({ bolusNumber: number, rawId }) });
  const base = { deviceId, model, key };
  const record: DeviceRecord = wizard
    ? { ...base, wall: wizard.wall, members: wizard.members, ...(members ? { bolus: { wall: begin, members } } : {}) }
    : { ...base, wall: begin, members: members! };
  yield { file, row, record };
};

/** Puts boluses together from what was programmed, delivered and calculated: rows in the order of time. */
export const assembleBoluses = (rows: ReadonlyArray<PlacedBolus>): ReadonlyArray<RecordItem> =>
  groupsOf(rows).flatMap((group) => [...itemsOf(group)]);
