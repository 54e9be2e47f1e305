import type { Fault } from "@tideway/sandbox";
import * as fc from "fast-check";

/**
 * What a datum says: a glucose value, a food, a wizard, mostly with a bolus inside, or a bolus, whose versions are of different sub
 * types; `value` tells its versions apart.
 * What is unusable the schemas refuse; what is refused, only the server.
 */
export interface Version {
  readonly id: number;
  readonly kind: "cbg" | "food" | "wizard" | "bolus" | "unusable" | "refused";
  readonly value: number;
}

/** How a run ends where nothing stops it. */
export type Ending =
  | { readonly how: "undisturbed" }
  /** The process is gone at once: nothing more is written or heard. */
  | { readonly how: "killed"; readonly after: number }
  | { readonly how: "aborted"; readonly after: number }
  /** The ledger's disk is full from this call on. */
  | { readonly how: "disk full"; readonly after: number };

/** One run of the engine with all that is known at that time. */
export interface Run {
  /** Whether it is in the program of the run before, unless that was killed. */
  readonly program: "another" | "the same";
  /** Ids that are gone from the source before. */
  readonly removed: ReadonlyArray<number>;
  /** Whether what is gone from the source is to be deleted. */
  readonly mirror: boolean;
  /** What changes before: new data, newer versions, older versions left in the source before them. */
  readonly edits: ReadonlyArray<Version>;
  /** Whether the versions before stand in the source, too. */
  readonly history: boolean;
  readonly form: "objects" | "texts";
  readonly chunkSize: number;
  readonly concurrency: number;
  readonly faults: ReadonlyArray<Fault>;
  /** What becomes of requests with more than so many bytes: they never get an answer. */
  readonly line: { readonly bytes: number; readonly how: "lost" | "done" | "done late" } | undefined;
  /** What becomes of connections that are not used for a second. */
  readonly connections: "kept" | "closed" | "closed, and known";
  readonly ending: Ending;
  /** Whether the ledger is lost before. */
  readonly ledger: "kept" | "lost";
  /**
   * Who else uploads the same at the same time: another device with a ledger of its own, or the same program, both without, or the
   * same program with the same ledger.
   */
  readonly beside: "nobody" | "another device" | "the same program" | "the same ledger";
  /** What somebody else does to the session, before or after so many steps; during it only where nobody else uploads. */
  readonly session: { readonly how: "left" | "deleted" | "closed"; readonly after: number };
}

export type Scenario = ReadonlyArray<Run>;

// Few values: what comes back as it was is the hardest to tell from what never went.
const version: fc.Arbitrary<Version> = fc
  .tuple(fc.nat(12), fc.constantFrom(100, 200, 300), fc.nat(19))
  .map(([id, value, luck]) => {
    const kinds = ["cbg", "food", "wizard", "bolus"] as const;
    if (id === 12) return { id: id + value, kind: "refused", value };
    return { id, kind: luck === 0 ? "unusable" : kinds[id % 4]!, value };
  });

const on = fc.constantFrom(
  "POST */data",
  "POST */data",
  "POST */data",
  "DELETE */data",
  "GET */data_sets",
  "POST */data_sets"
);
const when = fc.constantFrom("before" as const, "after" as const);
const times = fc.integer({ min: 1, max: 3 });
const skip = fc.nat(3);

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({
    on,
    times,
    skip,
    effect: fc.record({
      kind: fc.constant("status" as const),
      status: fc.constantFrom(500, 502, 504),
      when
    })
  }),
  fc.record({
    on,
    times,
    skip,
    effect: fc.record({
      kind: fc.constant("status" as const),
      status: fc.constantFrom(429, 503),
      retryAfter: fc.constantFrom(0, 1, 7)
    })
  }),
  fc.record({ on, times, skip, effect: fc.record({ kind: fc.constant("reset" as const), when }) }),
  fc.record({ on, times, skip, effect: fc.record({ kind: fc.constant("half" as const) }) }),
  fc.record({
    on,
    times,
    skip,
    effect: fc.record({ kind: fc.constant("delay" as const), milliseconds: fc.integer({ min: 1, max: 30_000 }), when })
  }),
  fc.record({
    on: fc.constant("POST */data"),
    times,
    skip,
    effect: fc.record({
      kind: fc.constant("hold" as const),
      between: fc.constantFrom("mark-insert" as const, "insert-destroy" as const),
      // Three at once still end before a request counts as dead.
      milliseconds: fc.integer({ min: 1, max: 20_000 })
    })
  }),
  fc.record({
    on: fc.constant("POST */data"),
    times,
    skip,
    effect: fc.record({
      kind: fc.constant("fail" as const),
      between: fc.constantFrom("mark-insert" as const, "insert-destroy" as const)
    })
  })
);

const ending: fc.Arbitrary<Ending> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Ending>({ how: "undisturbed" }) },
  { weight: 2, arbitrary: fc.record({ how: fc.constant("killed" as const), after: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ how: fc.constant("aborted" as const), after: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ how: fc.constant("disk full" as const), after: fc.nat(20) }) }
);

const run: fc.Arbitrary<Run> = fc.record({
  program: fc.constantFrom("another", "the same"),
  removed: fc.array(fc.nat(11), { maxLength: 3 }),
  mirror: fc.boolean(),
  edits: fc.array(version, { minLength: 1, maxLength: 10 }),
  history: fc.boolean(),
  form: fc.constantFrom("objects", "texts"),
  chunkSize: fc.integer({ min: 1, max: 4 }),
  concurrency: fc.integer({ min: 1, max: 4 }),
  faults: fc.array(fault, { maxLength: 3 }),
  line: fc.option(
    fc.record({ bytes: fc.integer({ min: 150, max: 800 }), how: fc.constantFrom("lost", "done", "done late") }),
    { nil: undefined, freq: 3 }
  ),
  connections: fc.constantFrom("kept", "kept", "kept", "closed", "closed, and known"),
  ending,
  ledger: fc.constantFrom("kept", "kept", "kept", "lost"),
  beside: fc
    .nat(9)
    .map((luck) => (["another device", "the same program", "the same ledger"] as const)[luck] ?? "nobody"),
  session: fc.record({
    how: fc.nat(11).map((luck) => (luck < 2 ? "deleted" : luck < 4 ? "closed" : "left")),
    after: fc.oneof(fc.constant(0), fc.nat(40))
  })
});

/** Random histories: data, faults, crashes, lost ledgers, sessions taken away, two devices at once. */
export const scenario: fc.Arbitrary<Scenario> = fc.array(run, { minLength: 1, maxLength: 4 });
