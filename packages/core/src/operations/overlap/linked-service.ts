import type { LinkedService } from "../../contract/overlap.ts";

/** The names under which Tidepool fetches from others: `tidepool-org/platform`, and `src/utils/device.js` of `tidepool-org/viz`. */
const appNames: Readonly<Record<string, LinkedService>> = {
  "org.tidepool.oauth.dexcom.fetch": "Dexcom",
  "org.tidepool.abbott.libreview.partner.api": "LibreView",
  "com.sequelmedtech.tidepool-service": "twiist"
};

/** The service that a data set is fetched from, by the name of the program that made it. */
export const linkedServiceOf = (appName: string | undefined): LinkedService | undefined =>
  appName !== undefined && Object.hasOwn(appNames, appName) ? appNames[appName] : undefined;
