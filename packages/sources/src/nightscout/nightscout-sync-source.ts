import type { Entry } from "../entry.ts";
import type { Notes } from "../notes.ts";
import { openNightscout, type OpenNightscoutOptions } from "./open-nightscout.ts";

type Members = Readonly<Record<string, unknown>>;

/** What `synchronize` of `@tideway/core/effect` asks a source for. */
export interface NightscoutSyncRequest {
  /** Milliseconds since 1970; undefined: all that the site holds. */
  readonly from: number | undefined;
  readonly now: number;
  readonly signal: AbortSignal;
}

/** A site as it is being read for one pass, as `synchronize` takes it. */
export interface NightscoutSyncReading {
  readonly pages: AsyncIterable<ReadonlyArray<Entry>>;
  readonly notes: Notes;
  readonly held: () => ReadonlyArray<{
    readonly types: ReadonlyArray<string>;
    readonly from: number;
    readonly to: number;
    readonly concerns?: (stored: Members) => boolean;
    readonly derived?: boolean;
  }>;
  readonly deleted: () => ReadonlySet<string>;
}

/** A site that is read again and again: a `SyncSource` for `synchronize` of `@tideway/core/effect`. */
export interface NightscoutSyncSource {
  /** The address without a login. */
  readonly name: string;
  readonly open: (request: NightscoutSyncRequest) => NightscoutSyncReading;
}

const isScheduled = ({ deliveryType }: Members): boolean => deliveryType === "scheduled";

/** The address of a site, which names it, without a login or anything else that is asked with it. */
const nameOf = (url: string | URL): string => {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname.replace(/\/(?:api(?:\/.*)?)?$/u, "")}`;
};

/**
 * A site as a source to keep in step with. What the site has dropped by itself stays in Tidepool; settings of the pump are never removed.
 *
 * @throws {InvalidOption} an option that cannot be meant, when it is opened.
 */
export const nightscoutSyncSource = (
  options: Omit<OpenNightscoutOptions, "now" | "since" | "overlap" | "signal">
): NightscoutSyncSource => ({
  name: nameOf(options.url),
  open: ({ from, now, signal }) => {
    const site = openNightscout({
      ...options,
      now,
      signal,
      overlap: 0,
      ...(from === undefined ? {} : { since: from })
    });
    const held = () => {
      const { treatments, basals } = site.held;
      return [
        ...site.mirrorWindows().filter(({ types }) => !types.includes("basal")),
        // Temporary ones as far as treatments go; scheduled ones follow from others, and go even where nothing is mirrored.
        ...(treatments
          ? [{ types: ["basal"], ...treatments, concerns: (stored: Members) => !isScheduled(stored) }]
          : []),
        ...(basals ? [{ types: ["basal"], ...basals, concerns: isScheduled, derived: true }] : [])
      ];
    };
    return { pages: site.pages, notes: site.notes, held, deleted: () => site.deleted };
  }
});
