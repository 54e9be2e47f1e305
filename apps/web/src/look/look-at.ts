import { createSummarizer, mgdlOf, type Reading } from "@tideway/metrics";
import { check, kindOf } from "@tideway/schemas";
import { readTidepool, type SourceProblem } from "@tideway/sources";
import type { Unit } from "../say/glucose.ts";
import { daysOf } from "./days.ts";
import { type LocalTime, timeByOffsets, timeInUtc, timeInZone } from "./local-time.ts";
import type { Preview, Problem } from "./preview.ts";
import { seriesOf } from "./series.ts";

type Fields = { readonly [key: string]: unknown };

/** What is gathered while a file goes by: no datum is kept. */
const gather = () => {
  const kinds = new Map<string, number>();
  const problems = new Map<string, Problem>();
  const summarizer = createSummarizer();
  const readings: Array<{ time: number; mgdl: number; offset: number | undefined }> = [];
  const times: Array<number> = [];
  const zones = new Map<string, number>();
  const units: Record<Unit, number> = { "mg/dL": 0, "mmol/L": 0 };
  let total = 0;

  const note = (fate: Problem["fate"], key: string, at: string, message: string): void => {
    const first = problems.get(key) ?? { fate, key, at, message, count: 0 };
    problems.set(key, { ...first, count: first.count + 1 });
  };

  const reading = (cbg: Reading, time: number): void => {
    summarizer.add(cbg);
    const mgdl = mgdlOf(cbg.value, cbg.units);
    if (mgdl === undefined) return;
    units[cbg.units.startsWith("mg") ? "mg/dL" : "mmol/L"] += 1;
    readings.push({ time, mgdl, offset: cbg.timezoneOffset ?? undefined });
  };

  return {
    problem: (at: string, { outcome, code, message }: SourceProblem): void => {
      total += 1;
      times.push(Number.NaN);
      note(outcome === "rejected" ? "unreadable" : "left out", code, at, message);
    },
    datum: (value: unknown, entry: { readonly at?: string }): void => {
      total += 1;
      const kind = kindOf(value) ?? "unknown";
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      const fields = (typeof value === "object" && value !== null ? value : {}) as Fields;
      const time = typeof fields["time"] === "string" ? Date.parse(fields["time"]) : Number.NaN;
      if (typeof fields["timezone"] === "string")
        zones.set(fields["timezone"], (zones.get(fields["timezone"]) ?? 0) + 1);
      const verdict = check(value);
      times.push(verdict.ok ? time : Number.NaN);
      if (verdict.ok) {
        if (kind === "cbg") reading(value as Reading, time);
        return;
      }
      const [{ pointer, code, message } = unknownIssue] = verdict.issues;
      note("refused", `${kind} ${pointer} ${code}`, entry.at ?? "", `${kind}: ${message}`);
    },
    count: (): number => total,
    preview: (file: File): Preview => {
      const localTime = localTimeOf(readings, zones);
      return {
        file,
        total,
        kinds: [...kinds].sort(([, a], [, b]) => b - a),
        problems: [...problems.values()],
        glucose: seriesOf(readings),
        summary: summarizer.summary(),
        unit: units["mg/dL"] > units["mmol/L"] ? "mg/dL" : "mmol/L",
        localTime,
        ...daysOf(times, localTime)
      };
    }
  };
};

const localTimeOf = (
  readings: ReadonlyArray<{ readonly time: number; readonly offset: number | undefined }>,
  zones: ReadonlyMap<string, number>
): LocalTime => {
  const told = readings.filter(({ offset }) => offset !== undefined).sort((a, b) => a.time - b.time);
  if (told.length > 0) {
    return timeByOffsets(
      told.map(({ time }) => time),
      told.map(({ offset }) => offset ?? 0)
    );
  }
  const [zone] = [...zones].sort(([, a], [, b]) => b - a)[0] ?? [];
  return (zone === undefined ? undefined : timeInZone(zone)) ?? timeInUtc;
};

const unknownIssue = { pointer: "", code: "unknown", message: "It breaks a rule." };

/** Milliseconds after which the page gets its turn: to draw, and to hear clicks. */
const longestBreath = 40;

const notJson: SourceProblem = { outcome: "rejected", code: "not-json", message: "This is not JSON." };

/** The value that a text is; undefined, which no JSON is, where it is none. */
const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** How to look. */
export interface LookOptions {
  /** Told now and then how many datums were seen. Default: nobody is told. */
  readonly onProgress?: (count: number) => void;
}

/**
 * Reads a file once, from its first byte to its last, and says what is in it. Rejects with sources' `UnreadableInput`
 * where it holds no datums at all.
 */
export const lookAt = async (file: File, { onProgress }: LookOptions = {}): Promise<Preview> => {
  const gathered = gather();
  let breathed = performance.now();
  for await (const page of readTidepool(file.stream()).pages) {
    for (const entry of page) {
      if ("problem" in entry) gathered.problem(entry.at ?? "", entry.problem);
      else if ("datum" in entry) gathered.datum(entry.datum, entry);
      else {
        const value = parse(entry.text);
        if (value === undefined) gathered.problem(entry.at ?? "", notJson);
        else gathered.datum(value, entry);
      }
    }
    if (performance.now() - breathed < longestBreath) continue;
    onProgress?.(gathered.count());
    await new Promise((resolve) => setTimeout(resolve));
    breathed = performance.now();
  }
  return gathered.preview(file);
};
