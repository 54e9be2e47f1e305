// `pnpm --filter @tideway/schemas generate`: writes what follows from the schemas. A test fails while it is not up to date.
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { fileNameOf, jsonSchemas } from "./json-schemas.ts";
import { readmeWith } from "./readme.ts";

const folder = new URL("../json-schema/", import.meta.url);
for (const file of readdirSync(folder)) rmSync(new URL(file, folder));
for (const [kind, schema] of jsonSchemas()) {
  writeFileSync(new URL(`${fileNameOf(kind)}.json`, folder), `${JSON.stringify(schema, null, 2)}\n`);
}

const readme = new URL("../README.md", import.meta.url);
writeFileSync(readme, readmeWith(readFileSync(readme, "utf8")));
process.stdout.write("Written. Now run `pnpm format`.\n");
