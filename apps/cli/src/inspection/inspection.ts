import { type Entry } from "@tideway/core";
import { createSummarizer } from "@tideway/metrics";
import { check, kindOf } from "@tideway/schemas";
import { datumOf } from "../input/datum-of.ts";
import { createReasons } from "../output/reasons.ts";

/** A stretch without glucose readings. */
export interface StepBoundary {
  /** The last reading before it and the first after it, RFC 3339. */
  readonly from: string;
  readonly to: string;
  readonly minutes: number;
}

/** A gap is at least so long. */
const shortestGap = 3_600_000;
const keptGaps = 20;

interface Member {
  readonly time?: unknown;
  readonly timezone?: unknown;
  readonly timezoneOffset?: unknown;
  readonly units?: unknown;
}

/** Gathers what there is to say of the datums of an input, without sending anything. */
export const createInspection = (now: number) => {
  const reasons = createReasons();
  const kinds = new Map<string, number>();
  const zones = new Set<string>();
  const units = new Set<string>();
  const summarizer = createSummarizer({ now });
  const readings: Array<number> = [];
  let first: string | undefined;
  let last: string | undefined;
  let index = 0;
  let refused = 0;

  const span = (time: unknown) => {
    const instant = typeof time === "string" ? Date.parse(time) : Number.NaN;
    if (Number.isNaN(instant)) return undefined;
    const utc = new Date(instant).toISOString();
    if (first === undefined || utc < first) first = utc;
    if (last === undefined || utc > last) last = utc;
    return instant;
  };

  const addDatum = (datum: unknown, at: string) => {
    const kind = kindOf(datum);
    const verdict = check(datum);
    if (!verdict.ok) {
      refused++;
      const [issue] = verdict.issues;
      const told = { code: issue?.code ?? "refused", message: issue?.message ?? "", issues: verdict.issues };
      reasons.add({ outcome: "rejected", by: "check", index, at, ...told, ...(kind === undefined ? {} : { kind }) });
      return;
    }
    kinds.set(kind!, (kinds.get(kind!) ?? 0) + 1);
    const { time, timezone, timezoneOffset, units: itsUnits } = datum as Member;
    const instant = span(time);
    if (typeof timezone === "string") zones.add(timezone);
    else if (typeof timezoneOffset === "number")
      zones.add(`UTC${timezoneOffset < 0 ? "−" : "+"}${Math.abs(timezoneOffset)} min`);
    if (kind === "cbg") {
      if (typeof itsUnits === "string") units.add(itsUnits);
      summarizer.add(datum as Parameters<typeof summarizer.add>[0]);
      if (instant !== undefined) readings.push(instant);
    } else if (kind === "smbg" && typeof itsUnits === "string") units.add(itsUnits);
  };

  return {
    add(entry: Entry): void {
      const at = entry.at ?? `datum ${index}`;
      if ("problem" in entry) {
        const { outcome, code, message } = entry.problem;
        if (outcome === "rejected") refused++;
        reasons.add({ outcome, by: "source", index, at, code, message, issues: [] });
      } else {
        const datum = datumOf(entry);
        if (datum === undefined) {
          refused++;
          reasons.add({
            outcome: "rejected",
            by: "check",
            index,
            at,
            code: "not-json",
            message: "It is not JSON.",
            issues: []
          });
        } else addDatum(datum, at);
      }
      index++;
    },
    result() {
      const times = Float64Array.from(readings).sort();
      const gaps: Array<StepBoundary> = [];
      for (let at = 1; at < times.length; at++) {
        const [from, to] = [times[at - 1]!, times[at]!];
        if (to - from < shortestGap) continue;
        gaps.push({
          from: new Date(from).toISOString(),
          to: new Date(to).toISOString(),
          minutes: Math.round((to - from) / 60_000)
        });
      }
      const { bands, mean, sensorActive, count } = summarizer.summary();
      return {
        read: index,
        refused,
        first,
        last,
        zones: [...zones].sort(),
        units: [...units].sort(),
        kinds: Object.fromEntries([...kinds].sort(([, a], [, b]) => b - a)),
        gaps: gaps.length,
        longestGaps: gaps.sort((a, b) => b.minutes - a.minutes).slice(0, keptGaps),
        glucose: count === 0 ? undefined : { readings: count, mean, sensorActive, bands },
        reasons: reasons.all()
      };
    }
  };
};

/** What an inspection found. */
export type Inspection = ReturnType<ReturnType<typeof createInspection>["result"]>;
