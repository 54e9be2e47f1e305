import * as fc from "fast-check";

/** A datum of a made-up file: what it is, who it is, and what is inside it. */
export interface Line {
  readonly shape: "bolus" | "dual bolus" | "status" | "wizard" | "alarm";
  readonly id: string;
  readonly value: number;
  /** `derived` where what is inside has no origin of its own. */
  readonly inside?: { readonly id: string | "derived"; readonly value: number };
}

const bolusIds = ["b1", "b2", "w1/bolus"];
const statusIds = ["s1", "a1/status"];
// Few of everything: what comes back as it was is the hardest to tell from what never went.
const value = fc.integer({ min: 1, max: 2 });

const withInside = (shape: "wizard" | "alarm", ids: ReadonlyArray<string>, inside: ReadonlyArray<string>) =>
  fc
    .tuple(fc.constantFrom(...ids), value, fc.constantFrom("none", "derived", "derived", ...inside), value)
    .map(([id, own, insideId, insideValue]): Line => ({
      shape,
      id,
      value: own,
      ...(insideId === "none" ? {} : { inside: { id: insideId, value: insideValue } })
    }));

/** Files of few ids, in which the same ids stand by themselves, inside others, and inside several others. */
export const file: fc.Arbitrary<ReadonlyArray<Line>> = fc.array(
  fc.oneof(
    fc.record({
      shape: fc.constantFrom("bolus" as const, "dual bolus" as const),
      id: fc.constantFrom(...bolusIds),
      value
    }),
    fc.record({ shape: fc.constant("status" as const), id: fc.constantFrom(...statusIds), value }),
    { arbitrary: withInside("wizard", ["w1", "w2"], bolusIds), weight: 2 },
    withInside("alarm", ["a1"], statusIds)
  ),
  { maxLength: 7 }
);

/** All ids that a file can have. */
export const ids: ReadonlyArray<string> = [...bolusIds, ...statusIds, "w1", "w2", "a1"];

const time = "2026-01-01T12:00:00Z";
const originOf = (id: string) => ({ origin: { id, name: "org.example.app", type: "application" } });

const memberOf = { wizard: "bolus", alarm: "status" } as const;

const shapes = {
  bolus: { type: "bolus", subType: "normal", normal: 1 },
  "dual bolus": { type: "bolus", subType: "dual/square", normal: 1, extended: 1, duration: 60_000 },
  status: { type: "deviceEvent", subType: "status", status: "suspended", reason: { suspended: "manual" } },
  wizard: { type: "wizard", units: "mg/dL" },
  alarm: { type: "deviceEvent", subType: "alarm", alarmType: "other" }
} as const;

/** The datum as a source gives it. */
export const datumOf = ({ shape, id, value, inside }: Line): Readonly<Record<string, unknown>> => {
  const datum = { ...shapes[shape], time, payload: { value }, ...originOf(id) };
  if (!inside || (shape !== "wizard" && shape !== "alarm")) return datum;
  const child = { ...shapes[shape === "wizard" ? "bolus" : "status"], time, payload: { value: inside.value } };
  return { ...datum, [memberOf[shape]]: inside.id === "derived" ? child : { ...child, ...originOf(inside.id) } };
};

/** What tells a stored datum from its other versions. */
export const versionOf = (stored: Readonly<Record<string, unknown>>): string => {
  const { value } = stored["payload"] as { readonly value: number };
  return `${String(stored["type"])} ${String(stored["subType"] ?? "")} ${value}`;
};

interface Stored {
  readonly version: string;
  /** The datum that it was inside of when it was sent. */
  readonly parent?: string;
  /** What was inside it. */
  readonly child?: string;
}

/**
 * What a session holds when a program without any memory sends one datum after another, in the order of the file: the last one to write an id
 * wins, and a newer version takes with it what was inside the older one under an id derived from it.
 */
export class PlainReading {
  private readonly stored = new Map<string, Stored>();

  private drop(id: string, parent: string) {
    if (this.stored.get(id)?.parent === parent) this.stored.delete(id);
  }

  private write(line: Line): ReadonlyArray<string> {
    const { shape, id, inside } = line;
    const derived = shape === "wizard" || shape === "alarm" ? `${id}/${memberOf[shape]}` : undefined;
    const child = inside && derived ? (inside.id === "derived" ? derived : inside.id) : undefined;
    if (derived !== undefined && derived !== child) this.drop(derived, id);
    this.stored.set(id, { version: versionOf(datumOf(line)), ...(child === undefined ? {} : { child }) });
    if (child === undefined) return [id];
    const datum = datumOf(line)[shape === "wizard" ? "bolus" : "status"] as Readonly<Record<string, unknown>>;
    this.stored.set(child, { version: versionOf(datum), parent: id });
    return [id, child];
  }

  /** Sends a file; a mirror then deletes what is not in it. */
  upload(lines: ReadonlyArray<Line>, mirror: boolean) {
    const touched = new Set(lines.flatMap((line) => this.write(line)));
    if (mirror) for (const id of this.stored.keys()) if (!touched.has(id)) this.stored.delete(id);
  }

  /** Deletes a datum and what is inside it. */
  remove(id: string) {
    const { child } = this.stored.get(id) ?? {};
    this.stored.delete(id);
    for (const inside of [`${id}/bolus`, `${id}/status`, ...(child === undefined ? [] : [child])])
      this.drop(inside, id);
  }

  /** Each id and its one version, in order of ids. */
  state(): ReadonlyArray<string> {
    return [...this.stored].map(([id, { version }]) => `${id}: ${version}`).sort();
  }
}
