/** A stretch of time of which the source still holds everything: a mirror deletes inside of it only. */
export interface MirrorWindow {
  /** Milliseconds since 1970, both included: by the `time` of the datum in the session. */
  readonly from: number;
  readonly to: number;
  /** Types as on the wire, such as `cbg`, that it is about. Default: all. */
  readonly types?: ReadonlyArray<string>;
}

/**
 * What a mirror may delete: everything, or what lies in one of some windows. A function is asked once the source was read to its end:
 * a source that forgets, such as a site that deletes old documents, knows only then what it still holds.
 */
export type Mirror = boolean | ReadonlyArray<MirrorWindow> | (() => ReadonlyArray<MirrorWindow>);
