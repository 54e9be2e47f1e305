import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { thirdPartyLicences } from "../third-party-licences.ts";

const effect = fileURLToPath(import.meta.resolve("effect/Effect"));

it("the licences of what is bundled go along with the bundle, each once", () => {
  const written: Array<{ readonly fileName: string; readonly source: string }> = [];
  const emitFile = (file: { fileName: string; source: string }) => String(written.push(file));
  const moduleIds = [effect, effect.replace("Effect", "Exit"), "/home/me/tideway/apps/cli/src/main.ts"];
  thirdPartyLicences("THIRD-PARTY-LICENSES.txt").generateBundle.call({ emitFile }, undefined, {
    "main.js": { type: "chunk", moduleIds }
  });
  expect(written).toHaveLength(1);
  const [{ source } = { source: "" }] = written;
  expect(source.match(/^effect \d+\.\d+\.\d+ \(MIT\)$/gmu)).toHaveLength(1);
  expect(source).toContain("Permission is hereby granted");
});
