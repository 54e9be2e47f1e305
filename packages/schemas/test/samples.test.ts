import { existsSync, readFileSync } from "node:fs";
import { check, kindOf, writable } from "@tideway/schemas";
import { describe, expect, it } from "vitest";

// Tidepool's own exports. They are not part of this repository.
const folder = new URL("../../../../shared/samples/tidepool/", import.meta.url);

describe.skipIf(!existsSync(folder))("Tidepool's own exports", () => {
  it.each(["device-Tandem-G6.json", "device-Loop.json"])(
    "can be written again from %s, without what only the platform sets",
    (file) => {
      const datums = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as ReadonlyArray<unknown>;
      const refused = datums.flatMap((datum) => {
        const verdict = check(writable(datum).datum);
        return verdict.ok
          ? []
          : [{ type: (datum as { type: string }).type, issues: verdict.issues.map(({ code }) => code) }];
      });
      for (const one of refused) expect(one).toEqual({ type: "upload", issues: ["value-not-allowed"] });
      expect(refused.length).toBeLessThan(3);
    }
  );

  it("are written the same way twice: writable has nothing left to do the second time", () => {
    const datums = JSON.parse(readFileSync(new URL("device-Tandem-G6.json", folder), "utf8")) as ReadonlyArray<unknown>;
    for (const datum of datums.filter((datum) => kindOf(datum) !== undefined)) {
      const once = writable(datum).datum;
      expect(writable(once)).toEqual({ datum: once, dropped: [] });
    }
  });
});
