import { existsSync, readFileSync, readdirSync } from "node:fs";
import { type Datum, check, checkBatch, normalize } from "@tideway/schemas";
import { describe, expect, it } from "vitest";

// Verdicts recorded from the real platform. The recordings are not part of this repository.
const folder = new URL("../../../../shared/conformance/records/", import.meta.url);

interface Case {
  readonly id: string;
  readonly case: string;
  readonly record: unknown;
  readonly accepted: boolean;
  readonly phase?: "parse" | "validate";
  readonly errors?: ReadonlyArray<{ readonly code: string; readonly pointer: string }>;
  readonly stored?: ReadonlyArray<unknown>;
  /** The platform tells these in random order. */
  readonly unordered?: boolean;
  /** Hangs on the processor that the platform ran on. */
  readonly arch?: string;
}

const read = (file: string): ReadonlyArray<Case> =>
  readFileSync(new URL(file, folder), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Case)
    .filter(({ arch }) => arch === undefined);

/** The recordings name made ids in the order of appearance, and leave out times that the platform cannot give back. */
const stored = (record: unknown): unknown => {
  let made = 0;
  const records = record === null ? [] : normalize(record as Datum, { newId: () => `<id:${++made}>` });
  return JSON.parse(JSON.stringify(records), (_key, value: unknown) =>
    typeof value === "string" && /^[+-]\d{6}-\d\d-\d\dT/.test(value) ? "<unserializable>" : value
  );
};

const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(".jsonl")) : [];

describe.skipIf(files.length === 0)("as the platform was recorded", () => {
  it.each(files)("judges and stores every case of %s alike", (file) => {
    for (const { id, record, accepted, phase, errors = [], stored: kept, unordered = false } of read(file)) {
      const verdict = check(record);
      const told = verdict.ok ? [] : verdict.issues.map(({ code, pointer }) => `${pointer} ${code}`);
      const recorded = errors.map(({ code, pointer }) => `${pointer} ${code}`);
      expect({ id, ok: verdict.ok, phase: verdict.ok ? undefined : verdict.phase }).toEqual({
        id,
        ok: accepted,
        phase
      });
      expect({ id, told: unordered ? told.sort() : told }).toEqual({
        id,
        told: unordered ? recorded.sort() : recorded
      });
      if (accepted) expect({ id, stored: stored(record) }).toEqual({ id, stored: kept });
    }
  });

  it("answers to a batch of all of them with every fault of reading, and nothing else", () => {
    const cases = files.flatMap((file) => read(file)).filter(({ unordered }) => unordered !== true);
    const verdict = checkBatch(cases.map(({ record }) => record));
    expect(verdict).toMatchObject({ ok: false, phase: "parse" });
    const told = verdict.ok ? [] : verdict.issues.map(({ code, pointer }) => `${pointer} ${code}`);
    const recorded = cases.flatMap(({ phase, errors = [] }, index) =>
      phase === "parse" ? errors.map(({ code, pointer }) => `/${index}${pointer} ${code}`) : []
    );
    expect(told).toEqual(recorded);
  });
});
