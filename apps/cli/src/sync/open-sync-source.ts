import { resolve } from "node:path";
import type { SyncSource } from "@tideway/core/effect";
import type { OpenSourceOptions } from "@tideway/sources";
import { nightscoutSyncSource } from "@tideway/sources/nightscout";
import { usageError } from "../lifecycle/command-error.ts";
import type { CommandContext } from "../lifecycle/run-command.ts";
import { fileSyncSource } from "./file-sync-source.ts";
import { findSiteLogin } from "./site-login.ts";

/** Longest that a site may take to answer, in milliseconds: those that sleep take half a minute to wake. */
const patience = 120_000;

const askSite = (
  url: string,
  { signal, ...init }: { readonly headers: Record<string, string>; readonly signal?: AbortSignal }
) => {
  const late = AbortSignal.timeout(patience);
  return fetch(url, { ...init, signal: signal ? AbortSignal.any([signal, late]) : late });
};

/** Whether a source is a site, by its address. */
export const isSite = (source: string): boolean => /^https?:\/\//iu.test(source);

/** The address of a site, refused where it holds a login or would send one in the open. */
export const siteAddress = (source: string, allowInsecure: boolean): string => {
  if (!URL.canParse(source)) throw usageError(`${source} is no address: it should be like https://example.org.`);
  const url = new URL(source);
  if (url.search !== "" || url.username !== "" || url.password !== "") {
    throw usageError(
      `The address of ${url.host} holds a login, or something after a question mark: other programs can read that. Leave it away, and set NIGHTSCOUT_TOKEN or NIGHTSCOUT_API_SECRET, or run this in a terminal to be asked.`
    );
  }
  const isHere = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/u.test(url.hostname);
  if (url.protocol === "http:" && !isHere && !allowInsecure) {
    throw usageError(
      `The address of ${url.host} begins with http://: anyone on the way could read the login and the data. Use https://, or add --allow-insecure on a network of your own.`
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/u, "")}`;
};

/** How sources are to be read. */
export interface SourceOptions {
  readonly allowInsecure: boolean;
  readonly mirror: boolean;
  readonly reading: OpenSourceOptions;
}

/** A site by its address, or a file or a folder by its path. */
export const openSyncSource = async (
  source: string,
  { allowInsecure, mirror, reading }: SourceOptions,
  context: CommandContext
): Promise<SyncSource> => {
  if (!isSite(source)) return fileSyncSource(resolve(source), reading, mirror);
  const url = siteAddress(source, allowInsecure);
  const login = await findSiteLogin(url, context);
  const { timezone, travel } = reading;
  return nightscoutSyncSource({
    url,
    ...login,
    fetch: askSite,
    ...(timezone === undefined ? {} : { timezone }),
    ...(travel === undefined ? {} : { travel })
  });
};
