export type { HeldWindow } from "./held-window.ts";
export type { SiteWindow } from "./mirror-windows.ts";
export { NightscoutError, type NightscoutErrorCode } from "./nightscout-error.ts";
export {
  nightscoutSyncSource,
  type NightscoutSyncReading,
  type NightscoutSyncRequest,
  type NightscoutSyncSource
} from "./nightscout-sync-source.ts";
export { openNightscout, type NightscoutSource, type OpenNightscoutOptions } from "./open-nightscout.ts";
export type { NightscoutFetch, NightscoutLogin } from "./site.ts";
