import type { Counts } from "@tideway/core";
import { duration, number } from "./in-words.ts";
import { terminalText } from "./terminal-text.ts";

/** What is drawn. */
export interface ProgressState {
  readonly counts: Counts;
  /** Bytes of the input read so far, and in all where that is known. */
  readonly bytes: number;
  readonly size: number | undefined;
  /** Time of the newest datum sent. */
  readonly newest?: string;
  /** Why nothing moves just now. */
  readonly waiting?: string;
}

/** Where and when to draw. */
export interface ProgressOptions {
  readonly write: (text: string) => void;
  /** Columns of the terminal; undefined where lines are collected in a log. */
  readonly columns: number | undefined;
  /** Milliseconds, ever rising. */
  readonly now: () => number;
}

const doneOf = ({ sent, unchanged, rejected, skipped }: Counts): number => sent + unchanged + rejected + skipped;

/** How much of what was read is known to have got in or been refused: the rest is under way, and may be long. */
const settledOf = ({ counts, bytes }: Pick<ProgressState, "counts" | "bytes">): number =>
  counts.read === 0 ? 0 : bytes * Math.min(1, doneOf(counts) / counts.read);

const percentOf = (part: number, whole: number): number => Math.min(100, Math.floor((100 * part) / whole));

const frame = 100;
const logEvery = 10_000;
/** The pace is that of the last quarter of a minute: an average over all would hide that a server became slow. */
const paceWindow = 15_000;
const barWidth = 20;
/** Fewer columns than this have no room for the bar. */
const narrow = 60;

/** A part of the line: what it says, in fewer characters where there is no room, and how soon it is left out then. */
interface Part {
  readonly text: string;
  readonly short?: string;
  /** 0 stays to the last. */
  readonly rank: number;
}

/** The parts beside each other, in so many columns: shortened first, then without those that matter least. */
const fitted = (parts: ReadonlyArray<Part>, columns = Number.POSITIVE_INFINITY): string => {
  const whole = parts.map(({ text }) => text).join("  ");
  if (whole.length < columns) return whole;
  const kept = [...parts];
  const shortened = () => kept.map(({ text, short = text }) => short).join("  ");
  while (kept.length > 1 && shortened().length >= columns) {
    const least = Math.max(...kept.map(({ rank }) => rank));
    kept.splice(
      kept.findLastIndex(({ rank }) => rank === least),
      1
    );
  }
  return shortened();
};

/**
 * Says how far an upload is: on a terminal in one line that is drawn anew at most ten times a second, in a log as a line
 * each ten seconds.
 */
export const createProgressLine = ({ write, columns, now }: ProgressOptions) => {
  const past: Array<{ readonly at: number; readonly datums: number; readonly bytes: number }> = [
    { at: now(), datums: 0, bytes: 0 }
  ];
  let drawn = columns === undefined ? now() : -Infinity;
  let onScreen = false;

  const words = ({ counts, bytes, size, newest, waiting }: ProgressState, at: number): string => {
    const done = doneOf(counts);
    const settled = settledOf({ counts, bytes });
    const from = past[0]!;
    const seconds = Math.max(0.001, (at - from.at) / 1000);
    const parts: Array<Part> = [{ text: `${number(done)} done`, rank: 0 }];
    if (size !== undefined && size > 0 && (columns ?? Infinity) >= narrow) {
      const share = Math.min(1, settled / size);
      const filled = Math.floor(share * barWidth);
      const bar = `${"█".repeat(filled)}${"░".repeat(barWidth - filled)} ${percentOf(settled, size)} %`;
      parts.unshift({ text: bar, rank: 2 });
    }
    const bytesPerSecond = (settled - from.bytes) / seconds;
    if (waiting !== undefined) return [...parts.map(({ text }) => text), terminalText(waiting)].join("  ");
    parts.push({ text: `${number(Math.round((done - from.datums) / seconds))}/s`, rank: 5 });
    if (size !== undefined && bytesPerSecond > 0 && settled < size) {
      parts.push({ text: `ETA ${duration((size - settled) / bytesPerSecond)}`, rank: 1 });
    }
    // An upload that finds everything there already hears of no answers: that it reads is all there is to see.
    if (size !== undefined && done === 0 && bytes > 0)
      parts.push({ text: `${percentOf(bytes, size)} % read`, rank: 2 });
    if (newest !== undefined) {
      const date = terminalText(newest.slice(0, 10));
      parts.push({ text: `sent up to ${date}`, short: date, rank: 3 });
    }
    if (counts.rejected > 0) parts.push({ text: `${number(counts.rejected)} refused`, rank: 4 });
    return fitted(parts, columns);
  };

  return {
    update(state: ProgressState): void {
      const at = now();
      if (at - drawn < (columns === undefined ? logEvery : frame)) return;
      drawn = at;
      const text = words(state, at);
      past.push({ at, datums: doneOf(state.counts), bytes: settledOf(state) });
      while (past.length > 2 && at - past[1]!.at > paceWindow) past.shift();
      if (columns === undefined) write(`${text}\n`);
      else {
        write(`\r\u001B[K${text.slice(0, Math.max(10, columns - 1))}`);
        onScreen = true;
      }
    },
    /** Takes the line off the screen. */
    clear(): void {
      if (onScreen) write("\r\u001B[K");
      onScreen = false;
    }
  };
};
