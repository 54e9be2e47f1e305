import { check } from "@tideway/schemas";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writableRecord, type TidepoolRecord } from "../src/formats/tidepool/writable-record.ts";
import { datumsOf, readAll } from "./read.ts";

type State = Map<string, TidepoolRecord>;

const links = ["bolus", "status"];

/** What a store that keeps the last version of each datum holds once this one was put into it, and what is inside it. */
const put = (state: State, datum: TidepoolRecord) => {
  const { type, origin } = datum;
  const own: Record<string, unknown> = { ...datum };
  for (const link of links) {
    if (typeof own[link] === "object" && own[link] !== null) put(state, own[link] as TidepoolRecord);
    if (type === "wizard" || own[link] !== "suspended") delete own[link];
  }
  state.set(`${String(type)} ${(origin as { readonly id: string }).id}`, own);
};

/** Plainly: the last record of each id in the file that is valid by itself. */
const meantBy = (records: ReadonlyArray<TidepoolRecord>): State => {
  const state: State = new Map();
  for (const record of records) {
    const datum: Record<string, unknown> = { ...(record["uploadId"] ? writableRecord(record) : record) };
    if (typeof datum["bolus"] === "string") delete datum["bolus"];
    if (check(datum).ok) put(state, datum);
  }
  return state;
};

const sentFor = async (records: ReadonlyArray<TidepoolRecord>, form: "array" | "lines") => {
  const text = form === "array" ? JSON.stringify(records) : records.map((each) => JSON.stringify(each)).join("\n");
  const { entries, notes } = await readAll(text, { sizes: [100] });
  const datums = datumsOf(entries).filter((each) => typeof each === "object") as ReadonlyArray<TidepoolRecord>;
  const state: State = new Map();
  for (const datum of datums) if (check(datum).ok) put(state, datum);
  return { state, datums, entries, notes };
};

const time = "2025-03-01T10:00:00Z";
const bolus = (id: string, originId: string, normal: number, more: object = {}) => ({
  id: id.padStart(32, "0"),
  type: "bolus",
  subType: "normal",
  normal,
  time,
  uploadId: "upload",
  origin: { id: originId },
  ...more
});
const wizard = (id: string, originId: string, bolusId: string, carbInput: number) => ({
  id: id.padStart(32, "0"),
  type: "wizard",
  units: "mg/dL",
  carbInput,
  bolus: bolusId.padStart(32, "0"),
  time,
  uploadId: "upload",
  origin: { id: originId }
});

describe("versions of one datum in an export", () => {
  it("count by their order in the file, though one of them waits for its wizard", async () => {
    const records = [bolus("c1", "b-1", 2), wizard("c2", "w-1", "c3", 40), bolus("c3", "b-1", 3)];
    const { state, datums, notes } = await sentFor(records, "array");
    expect(datums.at(-1)).toMatchObject({ type: "wizard", bolus: { normal: 3, origin: { id: "b-1" } } });
    expect(state.get("bolus b-1")).toMatchObject({ normal: 3 });
    expect(notes.linksLost).toBe(0);
  });

  it("go into the wizard that names an older one of them", async () => {
    const records = [bolus("c1", "b-1", 2), bolus("c3", "b-1", 3), wizard("c2", "w-1", "c1", 40)];
    const { datums, notes } = await sentFor(records, "array");
    expect(datums).toMatchObject([{ normal: 2 }, { type: "wizard", bolus: { normal: 3 } }]);
    expect(notes.linksLost).toBe(0);
  });

  it("count where the older one is in a wizard, and where the wizard itself has two", async () => {
    const older = await sentFor([bolus("c1", "b-1", 2), wizard("c2", "w-1", "c1", 40), bolus("c3", "b-1", 3)], "array");
    expect(older.state.get("bolus b-1")).toMatchObject({ normal: 3 });
    const wizards = [
      wizard("d1", "w-1", "c1", 10),
      wizard("d2", "w-1", "c2", 20),
      bolus("c2", "b-2", 2),
      bolus("c1", "b-1", 1)
    ];
    expect((await sentFor(wizards, "array")).state.get("wizard w-1")).toMatchObject({ carbInput: 20 });
  });

  it("are replaced by none that will be refused", async () => {
    const { state } = await sentFor(
      [bolus("c1", "b-1", 2), bolus("c3", "b-1", 3000), wizard("c2", "w-1", "c1", 40)],
      "array"
    );
    expect(state.get("bolus b-1")).toMatchObject({ normal: 2 });
  });

  it("mean the same as in a plain reading of the file, whatever is in it in whatever order", async () => {
    const ids = fc.constantFrom("1", "2", "3", "4", "5", "6");
    const origins = fc.constantFrom("x", "y", "z");
    const amount = fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 0, max: 90 }) },
      { weight: 1, arbitrary: fc.constant(1e6) }
    );
    const record = fc.oneof(
      fc.tuple(ids, origins, amount).map(([id, origin, normal]) => bolus(id, `b-${origin}`, normal)),
      fc.tuple(ids, origins, ids, amount).map(([id, origin, of, carbs]) => wizard(`9${id}`, `w-${origin}`, of, carbs)),
      fc
        .tuple(ids, origins, amount)
        .map(([id, origin, normal]) => bolus(id, `b-${origin}`, normal, { uploadId: undefined })),
      fc
        .tuple(ids, origins, amount)
        .map(([id, origin, normal]) =>
          bolus(id, `b-${origin}`, 0, { subType: "square", normal: undefined, extended: normal, duration: 60_000 })
        ),
      fc.tuple(ids, origins, amount, amount).map(([id, origin, normal, carbs]) => ({
        ...wizard(`9${id}`, `w-${origin}`, "", carbs),
        uploadId: undefined,
        bolus: bolus("7", `b-${origin}`, normal)
      }))
    ) as fc.Arbitrary<TidepoolRecord>;
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { maxLength: 14 }),
        fc.constantFrom("array", "lines"),
        async (records, form) => {
          const plain = JSON.parse(JSON.stringify(records)) as ReadonlyArray<TidepoolRecord>;
          // A wizard and a bolus in it are refused together where they were written together.
          const whole = plain.filter((each) => each["uploadId"] !== undefined || check(each).ok);
          fc.pre(whole.length > 0);
          const { state, entries } = await sentFor(whole, form);
          const strip = (all: State) =>
            Object.fromEntries([...all].map(([key, { id: _id, uploadId: _uploadId, ...datum }]) => [key, datum]));
          expect(strip(state)).toEqual(strip(meantBy(whole)));
          // Every record is told of once.
          expect(new Set(entries.map(({ at }) => at)).size).toBe(whole.length);
          expect(entries).toHaveLength(whole.length);
        }
      ),
      { numRuns: 500 }
    );
  });
});
