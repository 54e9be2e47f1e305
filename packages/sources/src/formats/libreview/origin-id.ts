import { originId } from "../../identity/origin-of.ts";
import type { WallTime } from "../../time/zone-clock.ts";
import type { LibreviewRecord } from "./libreview-record.ts";

/** Where and when a record was made, as the device has it. */
export interface LibreviewPlace {
  /** The reader's serial number, or the id of the app's installation. */
  readonly serial: string;
  readonly wall: WallTime;
}

const types = {
  historic: "cbg",
  scan: "smbg",
  strip: "smbg",
  ketone: "bloodKetone",
  rapid: "insulin",
  long: "insulin",
  food: "food"
} as const satisfies Readonly<Record<LibreviewRecord["kind"], string>>;

/** LibreView's number of the record type; both insulins share one. */
const numbers: Readonly<Record<LibreviewRecord["kind"], string>> = {
  historic: "0",
  scan: "1",
  strip: "2",
  ketone: "3",
  rapid: "4-rapid",
  long: "4-long",
  food: "5"
};

const keyOf = ({ serial, wall }: LibreviewPlace, { kind }: LibreviewRecord): ReadonlyArray<string> => [
  serial,
  new Date(wall).toISOString().slice(0, 16),
  numbers[kind]
];

/** What tells a record apart in its file: the device, the minute on its clock, and what kind of record it is. */
export const libreviewKey = ({ serial, wall }: LibreviewPlace, { kind }: LibreviewRecord): string =>
  `${serial}:${Math.floor(wall / 60_000)}:${kind}`;

/** The origin id of a record; `occurrence` where one minute has several of a kind. */
export const libreviewOriginId = (place: LibreviewPlace, record: LibreviewRecord, occurrence: number): string =>
  originId({ source: "libreview", parts: keyOf(place, record), type: types[record.kind], occurrence });
