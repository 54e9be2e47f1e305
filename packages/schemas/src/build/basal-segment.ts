import type { DatumOf } from "../datum.ts";

export type Basal = DatumOf<"basal/automated" | "basal/scheduled" | "basal/suspend" | "basal/temp">;
type WithoutTimes<B> = B extends Basal ? Omit<B, "time" | "duration" | "expectedDuration"> : never;
/** A basal without its times. */
export type BasalContent = WithoutTimes<Basal>;
/** A basal that may be open at its end: then it lasts until the next begins. */
export type BasalSegment = BasalContent & {
  readonly time: string;
  /** Milliseconds. Default: until the next begins. */
  readonly duration?: number | undefined;
  readonly expectedDuration?: number | undefined;
};

/** A stretch of a timeline in which one basal runs. Times are milliseconds since 1970. */
export interface Piece {
  readonly content: BasalContent;
  /** The instant that the content's `deviceTime` and `origin.time` belong to. */
  readonly start: number;
  /** Whether the content's `id` and `origin.id` name a basal that begins at `start`: those of a fill name none. */
  readonly isNamed: boolean;
  readonly from: number;
  readonly to: number;
  /** When the basal was meant to end; undefined where nobody said. */
  readonly meantEnd: number | undefined;
  /** Whether the caller gave an `expectedDuration`, which then stands even where it is the duration. */
  readonly isExpectationGiven: boolean;
}
