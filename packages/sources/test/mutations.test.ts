import { readFileSync } from "node:fs";
import { check } from "@tideway/schemas";
import { describe, expect, it } from "vitest";
import { healthExample } from "./apple-health-file.ts";
import { carelinkExample } from "./carelink-text.ts";
import { everyRow, glookoBytes, glookoTexts } from "./glooko-files.ts";
import { connectDatabase, connectExample } from "./health-connect-file.ts";
import { fileOf, hasSamples, samplePath } from "./input-files.ts";
import { mutate } from "./mutate.ts";
import { type GivenOptions, openFiles } from "./open-files.ts";
import { tandemRows, tandemSourceText, tconnectText } from "./tandem-files.ts";
import { sidiaryExample } from "./xdrip-sidiary-text.ts";

/** How often each sample is changed: `TIDEWAY_MUTATIONS=5000` for the whole trial. */
const times = Number(process.env["TIDEWAY_MUTATIONS"] ?? 60);

/** The start of a sample is enough: a mutation finds no more in a hundred thousand rows than in some hundred. */
const enough = 30_000;

/** Exports that are no samples: of formats, or parts of formats, that nobody has given a file of. */
const written: ReadonlyArray<{ readonly name: string; readonly bytes: Uint8Array }> = [
  { name: "apple-health", bytes: Buffer.from(healthExample) },
  { name: "xdrip-sidiary", bytes: Buffer.from(sidiaryExample) },
  { name: "carelink", bytes: Buffer.from(carelinkExample) },
  { name: "t:connect", bytes: Buffer.from(tconnectText()) },
  ...(["CGM", "BG", "Bolus", "Basal-doses"] as const).map((kind) => ({
    name: `tandem ${kind}`,
    bytes: Buffer.from(tandemSourceText(kind, tandemRows[kind]))
  })),
  { name: "glooko", bytes: glookoBytes(everyRow) },
  ...Object.entries(glookoTexts(everyRow)).map(([name, text]) => ({
    name: `glooko ${name}`,
    bytes: Buffer.from(text)
  })),
  { name: "health-connect", bytes: connectDatabase(connectExample) }
];

/** Samples by format. A new format adds its own here: with `whole`, where a part of it would be another file (a zip). */
const samples: ReadonlyArray<{ readonly path: string; readonly whole?: boolean }> = [
  { path: "apple-health/export6s3sample.xml" },
  { path: "carelink/guardian_connect_eu.csv" },
  { path: "dexcom-clarity/Clarity_Export_synthetic.csv" },
  { path: "libreview/us_mgdl_12h.csv" },
  { path: "libreview/FreeStyle_Libre_3_synthetic.csv" },
  { path: "nightscout/iaps_entries_v1.csv" },
  { path: "nightscout/iaps_nightscout_profile.json" },
  { path: "nightscout/patient_a_entries.json" },
  { path: "nightscout/patient_a_treatments.json" },
  { path: "nightscout/trio_dynisf_treatments.json" },
  { path: "azt1d/subject_07.csv" },
  { path: "iglu/example_data_1_subject.csv" },
  { path: "tidepool/device-Loop.json" },
  { path: "tidepool/example-from-j-jellyfish.json" }
];

const ownErrors = new Set(["UnreadableInput", "AnswersNeeded", "InvalidOption"]);
const answers: GivenOptions = { timezone: "Europe/Berlin", now: Date.parse("2026-11-26T12:00:00Z") };

/** Reads a changed file to its end, and says what was wrong with that: nothing, if all is well. */
const faultOf = async (bytes: Uint8Array): Promise<string | undefined> => {
  try {
    const source = await openFiles([fileOf("changed", bytes)], answers);
    for await (const page of source.pages) {
      for (const entry of page) {
        // Text is given on as it is: whoever parses it finds out.
        if ("datum" in entry && !check(entry.datum).ok)
          return `a datum that Tidepool refuses: ${JSON.stringify(entry.datum)}`;
        if (typeof entry.at !== "string") return "an entry without a place";
      }
    }
    return undefined;
  } catch (error) {
    const tag = error instanceof Error && "_tag" in error ? String(error._tag) : "";
    return ownErrors.has(tag) ? undefined : `${String(error)}\n${error instanceof Error ? error.stack : ""}`;
  }
};

const expectSoundness = async (bytes: Uint8Array): Promise<void> => {
  for (let number = 0; number < times; number++) {
    const mutated = mutate(bytes, number);
    expect(await faultOf(mutated.bytes), `mutation ${number}: ${mutated.how}`).toBeUndefined();
  }
};

describe("a damaged export", () => {
  it.each(written)(
    "gives only datums that pass, problems and errors of this package: $name",
    ({ bytes }) => expectSoundness(bytes),
    times * 1000
  );
});

describe.skipIf(!hasSamples)("a damaged file", () => {
  it.each(samples)(
    "gives only datums that pass, problems and errors of this package: $path",
    async ({ path, whole = false }) => {
      const bytes = readFileSync(samplePath(path)).subarray(0, whole ? undefined : enough);
      await expectSoundness(bytes);
    },
    times * 1000
  );
});
