import type { UnreadableFormat } from "../../format.ts";
import { unreadable } from "./by-content.ts";

const clarity = "Sign in at clarity.dexcom.com or clarity.dexcom.eu, choose Export, and give that CSV file.";

/** What the servers of apps answer, saved as a file: some hours of a record at most. */
export const serviceAnswers: ReadonlyArray<UnreadableFormat> = [
  unreadable({
    id: "librelinkup-json",
    name: "an answer of LibreLinkUp",
    evidence: ({ text }) =>
      /"(?:FactoryTimestamp|ValueInMgPerDl|GlucoseUnits)"\s*:/u.test(text)
        ? "it has members that LibreLinkUp's service gives"
        : undefined,
    instead:
      "It holds twelve hours at most. The whole record: sign in at libreview.com, choose Download glucose data, and give that CSV file."
  }),
  unreadable({
    id: "dexcom-share-json",
    name: "an answer of Dexcom Share",
    evidence: ({ text }) =>
      /"[WSD]T"\s*:\s*"\\?\/?Date\(/u.test(text) ? 'its times are written as Share does: "Date(…)"' : undefined,
    instead: `It holds 24 hours at most. The whole record: ${clarity}`
  }),
  unreadable({
    id: "dexcom-api-json",
    name: "an answer of Dexcom's web API",
    evidence: ({ text }) => (/"recordType"\s*:\s*"egv"/u.test(text) ? "its records are of the type egv" : undefined),
    instead: `The same readings: ${clarity}`
  }),
  unreadable({
    id: "carelink-connect-json",
    name: "an answer of CareLink Connect",
    evidence: ({ text }) =>
      /"sgs"\s*:\s*\[/u.test(text) && text.includes('"lastSensorTS')
        ? "it has members that CareLink Connect gives"
        : undefined,
    instead:
      "It holds 24 hours at most. The whole record: sign in at CareLink, choose Reports, then Data Export (CSV), and give that file."
  }),
  unreadable({
    id: "refused-request",
    name: "a site's answer that refuses the request",
    evidence: ({ text }) =>
      /^\s*\{\s*"status"\s*:\s*40[134]\b/u.test(text) ? "it begins with a status of 401, 403 or 404" : undefined,
    instead:
      "The site asked for a token or a secret, and the download has none of the records: download it again with one."
  }),
  unreadable({
    id: "androidaps-settings",
    name: "the settings of AndroidAPS",
    evidence: ({ text }) =>
      /"format"\s*:\s*"aaps_/u.test(text) ? 'it says of itself that it is of a format "aaps_…"' : undefined,
    instead:
      "Settings hold no records. Those are on the Nightscout site that AndroidAPS sends them to: export them there."
  }),
  unreadable({
    id: "web-page",
    name: "a web page",
    evidence: ({ text }) => (/^\s*<(?:!doctype html|html)/iu.test(text) ? "it begins like HTML" : undefined),
    instead: "The download was perhaps answered by a sign-in page: sign in, and download the export again."
  })
];
