import { check } from "@tideway/schemas";
import { type NightscoutSource, openNightscout, type OpenNightscoutOptions } from "@tideway/sources/nightscout";

/** A datum as the tests look at it. */
export interface SiteDatum {
  readonly type: string;
  readonly time: string;
  readonly origin: { readonly id: string };
  readonly [member: string]: unknown;
}

/** Everything that a site gives. */
export interface SiteRead {
  readonly source: NightscoutSource;
  readonly datums: ReadonlyArray<SiteDatum>;
  readonly codes: ReadonlyArray<string>;
}

/** Reads a site to its end. Throws for a datum that Tidepool would refuse, and for an id that comes twice. */
export const readSite = async (
  options: Omit<OpenNightscoutOptions, "fetch"> & Partial<Pick<OpenNightscoutOptions, "fetch">>
): Promise<SiteRead> => {
  const source = openNightscout({ fetch, ...options });
  const datums: Array<SiteDatum> = [];
  const codes: Array<string> = [];
  const ids = new Set<string>();
  for await (const page of source.pages) {
    for (const entry of page) {
      if ("problem" in entry) codes.push(entry.problem.code);
      else {
        const datum = ("text" in entry ? JSON.parse(entry.text) : entry.datum) as SiteDatum;
        if (!check(datum).ok) throw new Error(`Tidepool would refuse ${entry.at}.`);
        if (ids.has(datum.origin.id)) throw new Error(`${datum.origin.id} comes twice.`);
        ids.add(datum.origin.id);
        datums.push(datum);
      }
    }
  }
  return { source, datums, codes };
};
